"""The delegation's page, and what a contact point does to one person there. Only POST changes anything."""

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ...delegations.models import Delegation
from ...once.form_keys import key_in
from ...registration.models import Registration
from ...registration.states import NotAllowedError, State, Transition, possible
from .by_link import by_link
from .forms import NomineeForm, PersonForm
from .nominate import nominate, replace, withdraw
from .pages import REFUSALS, again, page, see, why_refused, without_key
from .standing import Standing, lacking_answers, last_edition, moment_of, standing_of


@by_link("GET")
def overview(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Places, people with their states, the letter."""
    standing = standing_of(delegation)
    lacking = lacking_answers(standing)
    return page(
        request,
        "overview",
        standing,
        done=_done_in_words(request.GET.get("done", "")),
        until=moment_of(standing.event, standing.closes_at) if standing.closes_at else "",
        people=[_row(person, lacking) for person in standing.people],
        is_sealed=delegation.credentials == Delegation.Credentials.ORIGINAL_SEEN,
    )


def _row(registration: Registration, lacking: frozenset[int]) -> dict[str, Any]:
    """One person, what is missing, and what can be done."""
    ways = possible(State(registration.state))
    return {
        "person": registration,
        "is_missing": registration.state == State.NOMINATED,
        "lacks_answers": registration.pk in lacking,
        "can_withdraw": Transition.WITHDRAW in ways,
        "can_replace": Transition.REPLACE in ways,
    }


def _done_in_words(done: str) -> str:
    """What was done on the page before."""
    words = {
        "nominated": _("Nominated. The person is asked by e-mail to confirm their details."),
        "list": _("Everybody in your list is nominated, and asked by e-mail to confirm their details."),
        "replaced": _("Replaced. The new person is asked by e-mail to confirm their details."),
        "withdrawn": _("The nomination is withdrawn, and the place is free again."),
        "ranked": _("The order for funding is kept."),
        "letter": _("Thank you. We have received your letter."),
    }
    return words.get(done, "")


@by_link("GET", "POST")
def nominate_page(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Nominate one person; `?from=` fills the form with somebody of the last edition."""
    standing = standing_of(delegation)
    if request.method == "POST":
        return _nominate(request, standing)
    if standing.closed or standing.is_full:
        return see(delegation)
    known = [one for one in last_edition(delegation) if one.email_folded not in standing.addresses]
    form = NomineeForm(standing=standing, initial=_filled(known, request.GET.get("from", ""), standing))
    return page(request, "nominate", standing, form=form, known=known)


def _filled(known: list[Registration], reference: str, standing: Standing) -> dict[str, str]:
    """What the form begins with: somebody of the last edition, in a place that is free now."""
    person = next((one for one in known if one.reference == reference), None)
    if person is None:
        return {}
    values = {name: getattr(person, name) for name in ("name", "email", "function", "language")}
    if not (standing.has_head and person.delegation_role == Registration.DelegationRole.HEAD):
        values["role"] = person.delegation_role
    if any(category.letter == person.category.letter for category in standing.categories):
        values["category"] = person.category.letter
    return values


def _nominate(request: HttpRequest, standing: Standing) -> HttpResponse:
    key = key_in(request)
    form = NomineeForm(request.POST, standing=standing, judged=False)
    if standing.closed or key is None:
        return again(request, "nominate", standing, form, standing.closed or without_key())
    if not form.is_valid():
        return again(request, "nominate", standing, NomineeForm(request.POST, standing=standing))
    try:
        nominate(delegation=standing.delegation, people=[form.nominee()], key=key)
    except REFUSALS as error:
        fresh = standing_of(standing.delegation)
        judged = NomineeForm(request.POST, standing=fresh)
        return again(request, "nominate", fresh, judged, why_refused(error) if judged.is_valid() else "")
    return see(standing.delegation, "nominated")


@by_link("GET", "POST")
def replace_page(request: HttpRequest, delegation: Delegation, reference: str) -> HttpResponse:
    """Nominate somebody else to a person's place."""
    standing = standing_of(delegation)
    person = _person(standing, reference)
    if request.method == "POST":
        return _replace(request, standing, person)
    if standing.closed or Transition.REPLACE not in possible(State(person.state)):
        return see(delegation)
    return page(request, "replace", standing, form=PersonForm(standing=standing), person=person)


def _replace(request: HttpRequest, standing: Standing, person: Registration) -> HttpResponse:
    key = key_in(request)
    form = PersonForm(request.POST, standing=standing, judged=False)
    if standing.closed or key is None:
        words = standing.closed or without_key()
        return again(request, "replace", standing, form, words, person=person)
    if not form.is_valid():
        judged = PersonForm(request.POST, standing=standing)
        return again(request, "replace", standing, judged, person=person)
    try:
        replace(delegation=standing.delegation, registration=person, key=key, **form.cleaned_data)
    except REFUSALS as error:
        judged = PersonForm(request.POST, standing=standing_of(standing.delegation))
        words = why_refused(error) if judged.is_valid() else ""
        return again(request, "replace", standing, judged, words, person=person)
    return see(standing.delegation, "replaced")


@by_link("GET", "POST")
def withdraw_page(request: HttpRequest, delegation: Delegation, reference: str) -> HttpResponse:
    """Ask before withdrawing a nomination; withdraw it by POST."""
    standing = standing_of(delegation)
    person = _person(standing, reference)
    if request.method == "POST":
        # A second press finds it withdrawn already, and so it is.
        with suppress(NotAllowedError):
            withdraw(registration=person)
            return see(delegation, "withdrawn")
        return see(delegation)
    if Transition.WITHDRAW not in possible(State(person.state)):
        return see(delegation)
    return page(request, "withdraw", standing, person=person)


@by_link("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
def nothing_here(request: HttpRequest, delegation: Delegation, rest: str) -> HttpResponse:
    """Below the link, where no page is: the answer for any other address would repeat the secret."""
    raise Http404


def _person(standing: Standing, reference: str) -> Registration:
    person = standing.person(reference)
    if person is None:
        raise Http404
    return person
