"""The calendar of events that others propose, and the addresses by which they do."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.catalogue.designations import DISCLAIMER
from events.catalogue.models import Family
from events.catalogue.texts import LANGUAGES
from events.proposals import views
from events.proposals.choice import PAST, UPCOMING, Choice, choice_in
from events.proposals.models import Proposal
from events.proposals.selectors import listing

from ..client import client_address
from .models import FamilyPage
from .more import ProposalsPage


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from the family's lasting address to its calendar in this language, else in English."""
    query = request.META.get("QUERY_STRING", "")
    return redirect(_page(slug).get_url(request) + (f"?{query}" if query else ""))


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, where the family has a calendar."""
    return views.form(request, _place(slug), client=client_address(request))


@require_safe
@never_cache
def propose_done(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What came of it."""
    return views.done(request, _place(slug))


def calendar_context(page: ProposalsPage, request: HttpRequest) -> dict[str, Any]:
    """All that the calendar's page shows: the events asked for, and what else can be asked for."""
    family = _family(page)
    choice = choice_in(request.GET)
    shown = listing(family, choice, page=request.GET.get("page", 1), today=timezone.now().date())
    return {
        "family": family,
        "choice": choice,
        "months": shown.months,
        "all_months": shown.all_months,
        "countries": shown.countries,
        "regions": [
            {
                "code": row.region,
                "label": row.label,
                "count": row.count,
                "query": _of_region(choice, row.region),
            }
            for row in shown.regions
        ],
        "levels": Proposal.Level.choices,
        "languages_of_texts": LANGUAGES.items(),
        "page_obj": shown.page,
        "query": choice.query(),
        "everything": Choice(when=choice.when).query(),
        "other_side": Choice(when=UPCOMING if choice.when == PAST else PAST).query(),
        "disclaimer": DISCLAIMER,
    }


def _of_region(choice: Choice, region: str) -> str:
    return Choice(when=choice.when, region=region).query()


def _place(slug: str) -> views.Place:
    """Where one proposes an event for this family. Raises Http404 where it has no calendar."""
    return views.Place(
        family=_family(_page(slug)),
        calendar=reverse("proposals", args=(slug,)),
        form=reverse("propose", args=(slug,)),
        done=reverse("propose_done", args=(slug,)),
    )


def _page(slug: str) -> ProposalsPage:
    """The live calendar of the family in the active language, else in English. Raises Http404."""
    languages = {"en", get_language() or "en"}
    parents = FamilyPage.objects.live().filter(family__slug=slug, locale__language_code__in=languages)
    by_language = {page.locale.language_code: page for page in parents.select_related("locale")}
    for language in sorted(by_language, key=lambda code: code == "en"):
        page = ProposalsPage.objects.live().child_of(by_language[language]).first()
        if page:
            return page
    raise Http404


def _family(page: ProposalsPage) -> Family:
    """The family of the page above."""
    parent = FamilyPage.objects.parent_of(page).select_related("family").get()
    family: Family = parent.family
    return family
