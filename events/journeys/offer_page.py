"""Accepting an offered place or letting it go, on the page of a personal link."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..registration.models import Registration
from ..registration.states import NotAllowedError, State
from ..registration.waiting import OfferEndedError
from .my_registration import by_token, see_registration, token_of
from .offers import accept
from .withdraw import withdraw


# Without the check of forged requests for the same reason as withdrawing.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_token
def offer_page(request: HttpRequest, registration: Registration) -> HttpResponseBase:
    """By POST the answer. The question stands on the registration's page, which tells what came of it."""
    if request.method != "POST":
        return redirect("my_registration", token=token_of(registration))
    with suppress(NotAllowedError, OfferEndedError):
        _answer(request.POST.get("answer", ""), registration)
    return see_registration(registration)


def _answer(answer: str, registration: Registration) -> None:
    if answer == "accept":
        accept(registration=registration)
    elif answer == "decline" and registration.state == State.OFFERED:
        withdraw(registration=registration)
