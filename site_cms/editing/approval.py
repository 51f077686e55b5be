"""What an approval does. Wagtail imports this while its models load, so it imports none of them."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser


def publish_approved(workflow_state: Any, user: AbstractBaseUser | None = None) -> None:
    """Publish what was approved. The approval is the permission: an editor has no right to publish alone."""
    workflow_state.content_object.get_latest_revision().publish(user=user, skip_permission_checks=True)
