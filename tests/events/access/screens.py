"""The staff screens as the site registers them, and what a browser posts on one."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from wagtail.admin.viewsets.base import ViewSetGroup

from events.access.viewsets import StaffViewSet
from events.wagtail_hooks import EventsGroup


def viewsets(group: ViewSetGroup | None = None) -> list[StaffViewSet]:
    """Every staff screen, out of the menu's groups."""
    found: list[StaffViewSet] = []
    for item in (group or EventsGroup()).registerables:
        found += viewsets(item) if isinstance(item, ViewSetGroup) else [item]
    return found


def posted(viewset: StaffViewSet, row: models.Model) -> dict[str, Any]:
    """What a browser would post for the row as it is."""
    admin = get_user_model()(is_superuser=True, is_active=True)
    form = viewset.get_form_class(for_update=True)(instance=row, for_user=admin)
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        for part in bound.subwidgets[0].data.get("subwidgets", []) if bound.subwidgets else []:
            data[part["name"]] = part["value"] or ""
        data[bound.html_name] = "" if value is None else value
    return {name: value for name, value in data.items() if value not in (False, None)}
