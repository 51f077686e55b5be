"""My registration: what a personal link opens. Only POST changes anything: mail scanners open every link."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ..catalogue.selectors import former_dates
from ..registration import link
from ..registration.models import Registration
from ..registration.selectors import position_of, registration_by_token
from ..registration.services import reconfirm
from ..registration.states import NotAllowedError, State, Transition, possible
from ..registration.summary import answers_in_words
from ..tickets.code import badge_address
from ..tickets.selectors import valid_code
from .withdraw import withdraw

View = Callable[[HttpRequest, Registration], HttpResponseBase]


def by_token(view: View) -> Callable[[HttpRequest, str], HttpResponseBase]:
    """Give `view` the registration of the link; unknown, forged and revoked links get one same answer.

    So does what `view` does not find: the page for any other address would repeat this one, with its secret.
    """

    @wraps(view)
    @never_cache
    def answer(request: HttpRequest, token: str) -> HttpResponseBase:
        registration = registration_by_token(token)
        try:
            response = view(request, registration) if registration else _unknown_link()
        except Http404:
            response = _unknown_link()
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


@require_safe
@by_token
def overview(request: HttpRequest, registration: Registration) -> HttpResponse:
    """State, ticket and answers."""
    code = valid_code(registration)
    address = badge_address(settings.BADGE_URL, code) if code else ""
    return _page(
        request,
        "overview",
        registration,
        qr=_drawn(address),
        code=code,
        answers=answers_in_words(registration),
        position=position_of(registration) if registration.state == State.WAITING else None,
        former=former_dates(registration.event) if registration.may_reconfirm else None,
        can_withdraw=Transition.WITHDRAW in possible(State(registration.state)),
    )


@require_safe
@by_token
def ticket_pdf(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The ticket to print; without a valid one, the registration says why."""
    if not valid_code(registration):
        return redirect("my_registration", token=_token(registration))
    from ..tickets.pdf import ticket_pdf as draw

    body = draw(registration_id=registration.pk, language=get_language() or "en")
    return _file(body, "application/pdf", f"ticket-{registration.reference}.pdf")


@require_safe
@by_token
def calendar_entry(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The event's days for the person's own calendar."""
    from ..calendar.feed import event_entry

    body = event_entry(registration.event, get_language() or "en")
    return _file(body, "text/calendar; charset=utf-8", f"{registration.event.code}.ics")


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
        return redirect("my_registration", token=_token(registration))
    return _page(request, "withdraw", registration)


# Without the check of forged requests for the same reason as withdrawing.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_token
def reconfirm_page(request: HttpRequest, registration: Registration) -> HttpResponseBase:
    """By POST the person still comes. The question itself stands on the registration's page."""
    if request.method != "POST":
        return redirect("my_registration", token=_token(registration))
    with suppress(NotAllowedError):
        reconfirm(registration=registration)
    return _see_registration(registration)


@csrf_exempt
@by_token
def nothing_here(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Below a personal link, where no page is: the answer for any other address would repeat the secret."""
    raise Http404


def _withdraw(registration: Registration) -> HttpResponse:
    """Back to the registration, which tells its state, whether or not this post was the one that ended it."""
    with suppress(NotAllowedError):
        withdraw(registration=registration)
    return _see_registration(registration)


def _see_registration(registration: Registration) -> HttpResponse:
    address = reverse("my_registration", kwargs={"token": _token(registration)})
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address})


def _page(request: HttpRequest, name: str, registration: Registration, **context: Any) -> HttpResponse:
    context |= {"registration": registration, "event": registration.event, "token": _token(registration)}
    return render(request, f"events/journeys/{name}.html", context)


def _unknown_link() -> HttpResponse:
    """Drawn without the request, so that nothing of the address is in it."""
    return HttpResponse(render_to_string("events/journeys/unknown_link.html"), status=HTTPStatus.NOT_FOUND)


def _file(body: bytes, mimetype: str, name: str) -> HttpResponse:
    return HttpResponse(
        body, content_type=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _token(registration: Registration) -> str:
    return link.REGISTRATION.token_for(registration.public_id, registration.link_version)


def _drawn(address: str) -> str:
    """The QR symbol of a badge address, empty without one."""
    if not address:
        return ""
    from ..tickets.qr import svg

    return svg(address, title="QR")
