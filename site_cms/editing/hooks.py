"""Where editing appears in the staff screens."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import Page

from . import views
from .checks import as_one, check_page
from .panels import Desk
from .reach import edits_pages, hidden_from, reaches_everything
from .selectors import changes_asked_for

_TOLD_BY_THE_DESK = (UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Below /admin/."""
    return [path("pages/of-event/<int:event_id>/", views.make_page, name="make_event_page")]


@hooks.register("construct_homepage_panels")
def desk(request: HttpRequest, panels: list[Any]) -> None:
    """Ours instead of Wagtail's lists of pages in review, which cost more with each page."""
    panels[:] = [Desk(), *(panel for panel in panels if not isinstance(panel, _TOLD_BY_THE_DESK))]


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


@hooks.register("before_edit_page", order=-20)
def tell_what_was_asked_for(request: HttpRequest, page: Page) -> None:
    """Show a colleague's request where the page is changed, also beside its English source."""
    words = changes_asked_for(page) if request.method == "GET" else None
    if words:
        messages.warning(request, words)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_findings(request: HttpRequest, page: Page) -> None:
    """Tell what readers will stumble over; what keeps them out, the form refuses (see `forms`)."""
    findings = check_page(page)
    if findings:
        messages.warning(request, as_one(findings))


class Checks(ContentCheckerItem):
    """Wagtail's checker beside the preview, with more of axe's rules than it has by itself."""

    axe_run_only = [
        *ContentCheckerItem.axe_run_only,
        "color-contrast",
        "document-title",
        "html-has-lang",
        "image-alt",
        "link-in-text-block",
        "list",
        "scope-attr-valid",
        "valid-lang",
    ]


@hooks.register("construct_wagtail_userbar")
def stricter_checks(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """Put our checker in the place of Wagtail's."""
    items[:] = [
        Checks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items
    ]
