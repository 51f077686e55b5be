"""Table of contents of what editors find in the staff screens."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import AbstractPage, Page
from wagtail.permissions import register_permission_policy

from .editing.policies import TeamDocumentPolicy, TeamImagePolicy, TeamPagePolicy
from .editing.reach import edits_pages, hidden_from, reaches_everything

register_permission_policy(AbstractPage, TeamPagePolicy())
# For exactly these classes: Wagtail registers its own policies for them, and may do so later.
register_permission_policy(
    get_image_model(),
    TeamImagePolicy(get_image_model(), auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user"),
    exact_class=True,
)
register_permission_policy(
    get_document_model(),
    TeamDocumentPolicy(
        get_document_model(), auth_model="wagtaildocs.Document", owner_field_name="uploaded_by_user"
    ),
    exact_class=True,
)


@hooks.register("construct_page_chooser_queryset")
def pages_to_link_to(pages: Any, request: HttpRequest) -> Any:
    """One links to what the public sees and to one's own pages."""
    if not edits_pages(request.user):
        return pages.none()
    hidden = hidden_from(request.user)
    return pages.exclude(pk__in=hidden) if hidden else pages


@hooks.register("construct_reports_menu")
def reports_in_reach(request: HttpRequest, items: list[Any]) -> None:
    """Two of the libraries' reports name every page: for those whose rights begin at the root."""
    if not reaches_everything(request.user):
        items[:] = [item for item in items if item.name not in {"translations", "page-types-usage"}]
