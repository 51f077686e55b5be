"""My registration: what a personal link opens. Only POST changes anything: mail scanners open every link."""

from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ..catalogue.models import Category
from ..catalogue.selectors import former_dates
from ..registration import link
from ..registration.answering import answers_of
from ..registration.asked import pages_of, questions_of
from ..registration.models import Registration
from ..registration.selectors import position_of, registration_by_token
from ..registration.services import reconfirm
from ..registration.states import LASTS, NotAllowedError, State, Transition, possible
from ..registration.steps import open_pages
from ..registration.summary import Answer, answers_in_words
from ..tickets.code import badge_address
from ..tickets.selectors import valid_code
from .links import View, behind_link, file
from .withdraw import withdraw


def by_token(view: View) -> View:
    """Give `view` the registration of the link."""
    return behind_link(registration_by_token, view)


@require_safe
@by_token
def overview(request: HttpRequest, registration: Registration) -> HttpResponse:
    """State, ticket and answers."""
    code = valid_code(registration)
    address = badge_address(settings.BADGE_URL, code) if code else ""
    return show(
        request,
        "overview",
        registration,
        qr=_drawn(address),
        code=code,
        **_what_is_asked(registration),
        can_substitute=may_substitute(registration),
        is_replaced=registration.state == State.WITHDRAWN and hasattr(registration, "replaced_by"),
        position=position_of(registration) if registration.state == State.WAITING else None,
        former=former_dates(registration.event) if registration.may_reconfirm else None,
        can_withdraw=Transition.WITHDRAW in possible(State(registration.state)),
    )


@require_safe
@by_token
def ticket_pdf(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The ticket to print; without a valid one, the registration says why."""
    if not valid_code(registration):
        return redirect("my_registration", token=token_of(registration))
    from ..tickets.pdf import ticket_pdf as draw

    body = draw(registration_id=registration.pk, language=get_language() or "en")
    return file(body, "application/pdf", f"ticket-{registration.reference}.pdf")


@require_safe
@by_token
def calendar_entry(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The event's days for the person's own calendar."""
    from ..calendar.feed import event_entry

    body = event_entry(registration.event, get_language() or "en")
    return file(body, "text/calendar; charset=utf-8", f"{registration.event.code}.ics")


# The address holds the secret that a forged request would have to know, and a page without a referrer sends
# `Origin: null`, which Django's check takes for a stranger.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_token
def withdraw_page(request: HttpRequest, registration: Registration) -> HttpResponseBase:
    """Ask before withdrawing; withdraw by POST."""
    if request.method == "POST":
        return _withdraw(registration)
    if Transition.WITHDRAW not in possible(State(registration.state)):
        return redirect("my_registration", token=token_of(registration))
    return show(request, "withdraw", registration)


# Without the check of forged requests for the same reason as withdrawing.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_token
def reconfirm_page(request: HttpRequest, registration: Registration) -> HttpResponseBase:
    """By POST the person still comes. The question itself stands on the registration's page."""
    if request.method != "POST":
        return redirect("my_registration", token=token_of(registration))
    with suppress(NotAllowedError):
        reconfirm(registration=registration)
    return see_registration(registration)


@csrf_exempt
@by_token
def nothing_here(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Below a personal link, where no page is: the answer for any other address would repeat the secret."""
    raise Http404


def may_change(registration: Registration) -> bool:
    """Whether the person may still correct what they told."""
    return registration.state in LASTS and not registration.event.is_over


def may_substitute(registration: Registration) -> bool:
    """Whether the person may send somebody else. Who is nominated or invited was chosen by name."""
    return (
        may_change(registration)
        and Transition.REPLACE in possible(State(registration.state))
        and registration.delegation_id is None
        and registration.category.audience == Category.Audience.OPEN
    )


def _what_is_asked(registration: Registration) -> dict[str, Any]:
    """The standing answers as they are, the others in the words of their day, and what is still open."""
    can_change, given = may_change(registration), answers_of(registration)
    pages = pages_of(registration)
    asked = {question.pk for question in questions_of(pages)}
    own = [
        Answer(f"q{pk}" if pk in asked else "", each.asked, each.words, pk)
        for each in given
        if (pk := each.question_id)
    ]
    values = {each.question_id: each.value for each in given}
    opened = open_pages(pages, values) if can_change and registration.consent_at else []
    return {
        "answers": [*_standing_answers(registration), *own],
        "can_change": can_change and registration.state != State.NOMINATED,
        "owed": [each for each in opened if each.is_owed],
        "optional": [each for each in opened if not each.is_owed],
    }


def _standing_answers(registration: Registration) -> list[Answer]:
    fixed = {"category"} | ({"representing"} if registration.delegation_id else set())
    answers = answers_in_words(registration)
    return [replace(each, field="") if each.field in fixed else each for each in answers]


def _withdraw(registration: Registration) -> HttpResponse:
    """Back to the registration, which tells its state, whether or not this post was the one that ended it."""
    with suppress(NotAllowedError):
        withdraw(registration=registration)
    return see_registration(registration)


def see_registration(registration: Registration) -> HttpResponse:
    """303 to the registration, which tells how it stands."""
    address = reverse("my_registration", kwargs={"token": token_of(registration)})
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address})


def show(
    request: HttpRequest,
    name: str,
    registration: Registration,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    """A page of the personal link."""
    context |= {"registration": registration, "event": registration.event, "token": token_of(registration)}
    return render(request, f"events/journeys/{name}.html", context, status=status)


def token_of(registration: Registration) -> str:
    """The token of the current link."""
    return link.REGISTRATION.token_for(registration.public_id, registration.link_version)


def _drawn(address: str) -> str:
    """The QR symbol of a badge address, empty without one."""
    if not address:
        return ""
    from ..tickets.qr import svg

    return svg(address, title="QR")
