"""The gate before the staff screens of pages: what is out of reach is “not found”.

Wagtail checks rights in most of its page views, wagtail-localize in few, and both name foreign pages in
lists to choose from and in questions about many pages. The gate needs no list of views: it reads which
pages an address names (docs/adr/0051, as for the rows of events in 0040).
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from .reach import all_explorable, edits_pages, hidden_from, reaches_everything

NAMES = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk")
"""What addresses call a page."""

TO_CHOOSE = frozenset({"wagtailadmin_choose_page_child", "wagtailadmin_choose_page_chosen_multiple"})
"""Where a public page of another event is in order: one links to it."""

FOR_ALL_PAGES = frozenset(
    {"translations_report", "translations_report_results", "page_types_usage", "page_types_usage_results"}
)
"""Reports that name pages without asking for rights."""


class PagesInReach:
    """Answers 404 to staff for every address that names a page out of their reach."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; the address is known in `process_view`."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Look at the address before its view does."""
        if not request.path_info.startswith("/admin/") or not request.user.is_authenticated:
            return
        if request.user.is_active and not reaches_everything(request.user):
            check(request, kwargs)


def check(request: HttpRequest, kwargs: dict[str, Any]) -> None:
    """Raise Http404 when the address names a page out of reach, PermissionDenied for publishing unread."""
    match = request.resolver_match
    name = (match.url_name if match else None) or ""
    if name in FOR_ALL_PAGES:
        raise Http404
    if match and "wagtail_localize" in match.namespaces:
        _check_translation(request, kwargs, name)
        return
    pages = _named(request, kwargs, name)
    if pages and name in TO_CHOOSE:
        if not edits_pages(request.user) or set(pages) & set(hidden_from(request.user)):
            raise Http404
    elif pages and not all_explorable(request.user, pages):
        raise Http404


def _named(request: HttpRequest, kwargs: dict[str, Any], name: str) -> list[int]:
    """The keys of the pages that the address names, in its path or its query."""
    found = [kwargs[each] for each in NAMES if each in kwargs]
    match = request.resolver_match
    if name == "revisions_compare" and match and "wagtailadmin_pages" in match.namespaces:
        found.append(kwargs["pk"])
    if name == "wagtail_bulk_action" and _acts_on_pages(kwargs):
        found += _of_many(request)
    if name in TO_CHOOSE:
        found += request.GET.getlist("id")
    return [_number(each) for each in found]


def _of_many(request: HttpRequest) -> list[Any]:
    """The pages of a question about many: those ticked, or “all” below a page."""
    ticked, parents = request.GET.getlist("id"), request.GET.getlist("childOf")
    if "all" not in ticked:
        return [*ticked, *parents]
    if len(parents) != 1:
        raise Http404
    above = Page.objects.filter(pk=_number(parents[0])).first()
    return [*parents, *(above.get_descendants().values_list("pk", flat=True) if above else ())]


def _acts_on_pages(kwargs: dict[str, Any]) -> bool:
    action = bulk_action_registry.get_bulk_action_class(
        kwargs["app_label"], kwargs["model_name"], kwargs["action"]
    )
    return action is not None and any(issubclass(model, Page) for model in action.models)


def _number(key: Any) -> int:
    if not str(key).isdecimal():
        raise Http404
    return int(key)


def _check_translation(request: HttpRequest, kwargs: dict[str, Any], name: str) -> None:
    """Translations are for who may edit the page; what would go live at once, for who may publish it."""
    for page in _translated(kwargs):
        rights = page.permissions_for_user(request.user)
        if not rights.can_edit():
            raise Http404
        at_once = name == "convert_to_alias" or request.POST.get("publish_translations")
        if at_once and not rights.can_publish():
            raise PermissionDenied


def _translated(kwargs: dict[str, Any]) -> list[Page]:
    """The page that an address of wagtail-localize is about; none when it is about something else."""
    if "page_id" in kwargs:
        return list(Page.objects.filter(pk=kwargs["page_id"]))
    source = None
    if "translation_source_id" in kwargs:
        source = TranslationSource.objects.filter(pk=kwargs["translation_source_id"]).first()
    elif "translation_id" in kwargs:
        translation = Translation.objects.select_related("source").filter(pk=kwargs["translation_id"]).first()
        source = translation and translation.source
    return (
        list(Page.objects.filter(translation_key=source.object_id, locale=source.locale_id)) if source else []
    )
