"""What a contact point does for the whole delegation: the letter, the order for funding, a successor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ...access.limits import Limit, TooManyError, take
from ...delegations.models import Delegation
from ...delegations.services import SealedError, attach_letter
from .by_link import by_link
from .forms import LetterForm, RankForm, SuccessorForm
from .handing_over import hand_over
from .nominate import rank
from .pages import again, page, see
from .standing import standing_of

LETTERS = Limit("letters of a delegation", most=20, seconds=3600)
SUCCESSORS = Limit("successors of a contact point", most=3, seconds=86_400)


@by_link("GET", "POST")
def letter_page(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Attach the signed letter, or another one in its place."""
    standing = standing_of(delegation)
    if request.method != "POST":
        return page(request, "letter", standing, form=LetterForm())
    form = LetterForm(request.POST, request.FILES)
    if not form.is_valid():
        return again(request, "letter", standing, form)
    try:
        take(LETTERS, str(delegation.pk))
        attach_letter(delegation=delegation, letter=form.cleaned_data["letter"])
    except TooManyError:
        return again(request, "letter", standing, form, _too_many())
    except SealedError:
        words = _("The Secretariat has seen the original, and keeps that letter.")
        return again(request, "letter", standing, form, words)
    return see(delegation, "letter")


@by_link("GET", "POST")
def funding_page(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Say whom the party would like to see funded first."""
    standing = standing_of(delegation)
    if request.method != "POST":
        return page(request, "funding", standing, form=RankForm(standing=standing))
    form = RankForm(request.POST, standing=standing)
    if not form.is_valid():
        return again(request, "funding", standing, form)
    rank(delegation=delegation, ranks=form.ranks())
    return see(delegation, "ranked")


@by_link("GET", "POST")
def hand_over_page(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Give the page to a successor: this link stops working, theirs comes by mail."""
    standing = standing_of(delegation)
    if request.method != "POST":
        return page(request, "hand_over", standing, form=SuccessorForm(standing=standing))
    form = SuccessorForm(request.POST, standing=standing)
    if not form.is_valid():
        return again(request, "hand_over", standing, form)
    try:
        take(SUCCESSORS, str(delegation.pk))
    except TooManyError:
        return again(request, "hand_over", standing, form, _too_many())
    hand_over(delegation=delegation, **form.cleaned_data)
    # Without the link, which has just ended: a page of its own, at the address of the post.
    context = {"event": standing.event, "name": form.cleaned_data["name"]}
    return render(request, "events/journeys/delegation/handed_over.html", context)


def _too_many() -> str:
    return _("This was done many times in a short while. Please try again later, or write to us.")
