"""The report “Languages”: what is untranslated or out of date, in each language."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from events.catalogue.texts import LANGUAGES

from ..editing.reach import edits_pages
from . import selectors
from .gaps import Gap, count

PAGE_LENGTH = 50


class ReportFilter(forms.Form):
    """What to show; everything that lacks something when nothing is chosen."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[
            ("", _("Any language")),
            *((code, name) for code, name in LANGUAGES.items() if code != "en"),
        ],
    )
    gap = forms.ChoiceField(
        label=_("What it lacks"), required=False, choices=[("", _("Anything")), *Gap.choices]
    )
    kind = forms.ChoiceField(
        label=_("Where"),
        required=False,
        choices=[
            ("", _("Pages and short texts")),
            (selectors.PAGES, _("Pages")),
            (selectors.TEXTS, _("Short texts of events")),
        ],
    )
    past = forms.BooleanField(label=_("With the texts of events that are over"), required=False)

    def wanted(self, row: selectors.Row) -> bool:
        """Whether the row is to be shown."""
        chosen = self.cleaned_data if self.is_valid() else {}
        language, gap, kind = (chosen.get(name, "") for name in ("language", "gap", "kind"))
        if kind and row.kind != kind:
            return False
        lacks = [cell.gap for cell in row.cells if cell.gap and language in {"", cell.language}]
        return bool(gap in lacks if gap else lacks)


class LanguagesReport(WagtailAdminTemplateMixin, TemplateView):
    """A row for each page or text that lacks something, with counts for each language on top."""

    template_name = "site_cms/admin/languages.html"
    page_title = _("Languages")
    header_icon = "globe"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Where the reader is."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for who edits pages."""
        if not edits_pages(request.user):
            return permission_denied(request)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The filter, the counts over everything in reach, and one page of rows."""
        chosen = ReportFilter(self.request.GET)
        past = chosen.is_valid() and chosen.cleaned_data["past"]
        rows = selectors.pages(self.request.user) + selectors.texts(
            self.request.user, since=None if past else timezone.now().date()
        )
        shown = Paginator([row for row in rows if chosen.wanted(row)], PAGE_LENGTH)
        query = self.request.GET.copy()
        query.pop("p", None)
        return super().get_context_data(
            **kwargs,
            filter=chosen,
            languages=[(code, LANGUAGES[code]) for code in selectors.OTHERS],
            counts=self._counts(rows),
            page_obj=shown.get_page(self.request.GET.get("p")),
            query=query.urlencode(),
        )

    @staticmethod
    def _counts(rows: list[selectors.Row]) -> list[dict[str, Any]]:
        counted = count((row.gaps for row in rows), selectors.OTHERS)
        return [{"code": code, "name": LANGUAGES[code], **counted[code]} for code in selectors.OTHERS]
