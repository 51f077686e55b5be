"""What all pages of a delegation share."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ...delegations.link import token_of
from ...delegations.models import Delegation
from ...once.form_keys import key_in, new_key
from ...once.services import KeyReusedError
from ...registration.places import NoPlaceLeftError
from ...registration.states import NotAllowedError
from .forms import second_head
from .nominate import AlreadyNominatedError, ClosedError, HeadTakenError
from .standing import Standing


def page(
    request: HttpRequest,
    name: str,
    standing: Standing,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    """One of the pages, with the delegation and its link; a form keeps its key, or gets one."""
    context |= {
        "standing": standing,
        "delegation": standing.delegation,
        "event": standing.event,
        "token": token_of(standing.delegation),
        "key": context.get("key") or key_in(request) or new_key(),
    }
    return render(request, f"events/journeys/delegation/{name}.html", context, status=status)


def again(
    request: HttpRequest, name: str, standing: Standing, form: Any, words: str = "", **context: Any
) -> HttpResponse:
    """The form again with all that was typed and what is wrong with it.

    `words` are about the whole, and go with a fresh key.
    """
    form.is_valid()
    if words:
        form.add_error(None, words)
        context["key"] = new_key()
    status = HTTPStatus.CONFLICT if words else HTTPStatus.UNPROCESSABLE_ENTITY
    return page(request, name, standing, status=status, form=form, **context)


def see(delegation: Delegation, done: str = "") -> HttpResponse:
    """303 to the delegation's page, which says what was done."""
    address = reverse("delegation", kwargs={"token": token_of(delegation)})
    location = f"{address}?done={done}#done" if done else address
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": location})


REFUSALS = (
    AlreadyNominatedError,
    ClosedError,
    HeadTakenError,
    KeyReusedError,
    NoPlaceLeftError,
    NotAllowedError,
)
"""What may stand against a nomination."""


def why_refused(error: Exception) -> str:
    """Why nobody was nominated, in words."""
    match error:
        case ClosedError():
            return str(error) or _("Nominations are not open. Please look again later.")
        case HeadTakenError():
            return second_head()
        case NoPlaceLeftError():
            return _("The last place was taken in the meantime, and nobody was nominated.")
        case KeyReusedError():
            return _(
                "This form was sent before with other answers, and nothing was changed now. Send it again."
            )
        case AlreadyNominatedError():
            return _("Somebody with this address is in your delegation already.")
    return _("This nomination has ended in the meantime, and nothing was changed.")


def without_key() -> str:
    """Why nothing was sent."""
    return _("Your form was incomplete or too old, and nothing was sent. Check it and send it again.")
