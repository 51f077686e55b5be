"""Where translating appears in the staff screens."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail_localize.models import Translation

from ..editing.reach import edits_pages
from . import views
from .report import LanguagesReport
from .selectors import english_of


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Below /admin/."""
    return [
        path("reports/languages/", LanguagesReport.as_view(), name="languages_report"),
        path("translations/<int:translation_id>/submit/", views.submit, name="submit_translation"),
    ]


class EditorsMenuItem(MenuItem):
    """Shown to who edits pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the user edits any page."""
        return edits_pages(request.user)


@hooks.register("register_reports_menu_item")
def report_item() -> MenuItem:
    """The report, first among the reports."""
    return EditorsMenuItem(
        _("Languages"), reverse_lazy("languages_report"), name="languages", icon_name="globe", order=50
    )


class SideBySideItem(ActionMenuItem):
    """Below a page in another language that was written by itself: edit it beside the English one."""

    name = "put-side-by-side"
    label = _("Translate beside the English page")
    icon_name = "wagtail-localize-language"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Whether there is an English page, and the two are not side by side already."""
        page = context.get("page")
        if context["view"] != "edit" or page is None or page.locale.language_code == "en":
            return False
        known = Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id
        )
        return not known.exists() and english_of(page) is not None


@hooks.register("register_page_action_menu_item")
def side_by_side_item() -> SideBySideItem:
    """Last in the menu of actions."""
    return SideBySideItem(order=1000)


@hooks.register("before_edit_page", order=-10)
def put_side_by_side(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Act on the item; Wagtail asked who may edit the page before."""
    if request.method == "POST" and SideBySideItem.name in request.POST:
        return views.side_by_side(request, page)
    return None
