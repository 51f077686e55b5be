"""Proposing an event: a form and what came of it. Neither session nor JavaScript is needed.

The pages of the site say for which families one may propose, and call these with the place.
"""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..access.limits import TooManyError
from ..catalogue.designations import DISCLAIMER
from ..catalogue.models import Family
from ..once.form_keys import form_session, key_in, new_key
from ..once.services import KeyReusedError
from .forms import ProposalForm
from .selectors import proposal_by_uid
from .services import admit, propose

TRAP = "fax"
"""A field that people do not see. Programs fill it in."""

_COOKIE = "proposed"
_COOKIE_SALT = "events.proposals.done"
_COOKIE_SECONDS = 30 * 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where one proposes: a family with the addresses of its calendar, of the form and of what came of it."""

    family: Family
    calendar: str
    form: str
    done: str


def form(request: HttpRequest, place: Place, *, client: str | None) -> HttpResponse:
    """The form; by POST the proposal is kept and the browser sent on. `client` is the client's address."""
    if request.method != "POST":
        return _show(request, place, ProposalForm())
    answers = ProposalForm(request.POST)
    key = key_in(request)
    if request.POST.get(TRAP):
        return _refuse(request, place, answers, _trapped())
    if key is None:
        return _refuse(request, place, answers, _without_key())
    if not answers.is_valid():
        return _show(request, place, answers, key=key, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _receive(request, place, answers, key, client)


def done(request: HttpRequest, place: Place) -> HttpResponseBase:
    """What came of it, to the browser that sent the proposal; others are sent to the form."""
    uid = request.get_signed_cookie(_COOKIE, None, salt=_COOKIE_SALT, max_age=_COOKIE_SECONDS)
    proposal = proposal_by_uid(place.family, uid) if uid else None
    if proposal is None:
        return redirect(place.form)
    return render(request, "events/proposals/done.html", {"place": place, "proposal": proposal})


def _receive(
    request: HttpRequest, place: Place, answers: ProposalForm, key: str, client: str | None
) -> HttpResponse:
    """Keep the proposal, unless a limit or the key stands against it."""
    try:
        admit(family=place.family, address=client)
        outcome = propose(
            family=place.family, answers=answers.answers(), key=key, form_session=form_session(request)
        )
    except TooManyError as error:
        return _later(request, place, answers, key=key, seconds=error.retry_after)
    except KeyReusedError:
        return _refuse(request, place, answers, _other_answers())
    return _go_to(place.done, outcome.result, secure=request.is_secure())


def _go_to(address: str, uid: str, *, secure: bool) -> HttpResponse:
    """303 to the last page, with what it needs in a cookie of its own."""
    response = HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address})
    response.set_signed_cookie(
        _COOKIE,
        uid,
        salt=_COOKIE_SALT,
        max_age=_COOKIE_SECONDS,
        path=address,
        secure=secure,
        httponly=True,
        samesite="Lax",
    )
    return response


def _show(
    request: HttpRequest,
    place: Place,
    form: ProposalForm,
    *,
    key: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "place": place,
        "form": form,
        "key": key or new_key(),
        "trap": TRAP,
        "disclaimer": DISCLAIMER,
    }
    return render(request, "events/proposals/form.html", context, status=status)


def _refuse(request: HttpRequest, place: Place, form: ProposalForm, words: str) -> HttpResponse:
    """The form again with everything typed and a fresh key; `words` are about the whole."""
    form.is_valid()
    form.add_error(None, words)
    return _show(request, place, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _later(request: HttpRequest, place: Place, form: ProposalForm, *, key: str, seconds: int) -> HttpResponse:
    """429: the form with everything typed, to be sent again when the time has come."""
    form.add_error(None, _too_many(seconds))
    response = _show(request, place, form, key=key, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    return response


def _too_many(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return ngettext(
        "Too many events were proposed in the last hour, and yours was not sent. "
        "Please send it again in %(minutes)d minute. What you typed is still here.",
        "Too many events were proposed in the last hour, and yours was not sent. "
        "Please send it again in %(minutes)d minutes. What you typed is still here.",
        minutes,
    ) % {"minutes": minutes}


def _trapped() -> str:
    return _(
        "A field that should stay empty was filled in, and nothing was sent. It is empty again now: "
        "check your answers and send them once more."
    )


def _without_key() -> str:
    return _(
        "Your form was incomplete or too old, and nothing was sent. Check your answers and send them again."
    )


def _other_answers() -> str:
    return _(
        "These answers differ from those you sent before, which we have received. "
        "To propose another event, check the answers and send them: this will be a proposal of its own."
    )
