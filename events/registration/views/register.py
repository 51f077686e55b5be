"""Registering page by page: the form, check your answers, done. Neither session nor JavaScript is needed.

The answers travel in the forms themselves; each post is judged from the beginning, and the last one judges
everything again. The key that makes confirming happen once is made when the form is first shown and
belongs to the browser that holds the CSRF cookie.
"""

from functools import partial
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ...access.limits import TooManyError, take_each
from ...access.network import network_of
from ...catalogue.models import Event
from ...journeys.confirm import ClosedError, confirm
from ...journeys.links import as_private, unknown_link
from ...once.form_keys import form_session
from ...once.services import KeyReusedError, result_of
from ...questions.forms import QuestionsForm
from ..closed import why_closed
from ..dossier import Upload
from ..forms import RegistrationForm
from ..invitations import InvitationEndedError, invitation_by_token
from ..limits import of_registration, refuse_for_now
from ..places import NoPlaceLeftError
from ..selectors import registration_by_reference
from ..steps import Walk, number_in
from ..windows import Window
from .filling import Filling, draft_of, event_of
from .showing import refuse, show_check, show_closed, show_empty, show_page, show_standing

_COOKIE = "registered"
_COOKIE_SALT = "events.registration.done"
_COOKIE_SECONDS = 30 * 60


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
def register(request: HttpRequest, code: str) -> HttpResponse:
    """The form: empty by GET; by POST the page that somebody wants to see again, with what was typed."""
    event = event_of(code)
    if request.method == "POST":
        return _again(request, Filling.of(request, event))
    filling = Filling(event)
    return show_empty(request, filling) if filling.terms.lets_in else show_closed(request, filling)


@require_safe
@never_cache
def invited(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """The form for somebody who is invited; other links get the answer of unknown ones."""
    event = event_of(code)
    invitation = invitation_by_token(event.pk, token)
    if invitation is None:
        return as_private(unknown_link())
    filling = Filling(event, invitation=invitation)
    filling.token = token
    return as_private(
        show_empty(request, filling) if filling.terms.lets_in else show_closed(request, filling)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: HttpRequest, code: str) -> HttpResponseBase:
    """The next page that is not complete; after the last one, all answers to look through."""
    if request.method != "POST":
        return redirect("register", code=code)
    filling = Filling.of(request, event_of(code))
    if not filling.terms.lets_in:
        why = why_closed(filling.event, filling.terms.window, filling.terms)
        return refuse(request, filling, HTTPStatus.CONFLICT, why)
    if filling.key is None:
        return refuse(request, filling, HTTPStatus.UNPROCESSABLE_ENTITY, _without_key())
    if not filling.form.is_valid():
        return refuse(request, filling, _status(filling.form))
    way = filling.walk(seen=filling.seen)
    return show_check(request, filling, way) if way.is_complete else show_page(request, filling, way)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def done(request: HttpRequest, code: str) -> HttpResponseBase:
    """Confirm by POST; by GET, what came of it, to the browser that confirmed."""
    event = event_of(code)
    if request.method == "POST":
        return _confirm(request, event)
    reference = request.get_signed_cookie(_COOKIE, None, salt=_COOKIE_SALT, max_age=_COOKIE_SECONDS)
    registration = registration_by_reference(event, reference) if reference else None
    return render(request, "events/registration/done.html", {"event": event, "registration": registration})


def _again(request: HttpRequest, filling: Filling) -> HttpResponse:
    """The page that asks the question named by the pressed button, not judged; else the standing one."""
    wanted = number_in(filling.posted.get("page", ""))
    if wanted is not None and filling.form.is_valid():
        way = filling.walk(seen=None, until=wanted)
        if not way.is_complete:
            way.form = None
            return show_page(request, filling, way)
    return show_standing(request, filling, filling.typed())


def _confirm(request: HttpRequest, event: Event) -> HttpResponse:
    """Register, unless an answer, the key, a limit, the window or the places stand against it."""
    # Places are not looked at here: the first of two equal posts may have taken the last one.
    filling = Filling.of(request, event, places=False)
    if filling.key and filling.token and not filling.invitation:
        return _invitation_ended(request, filling, filling.key)
    if filling.key is None or not filling.form.is_valid():
        words = "" if filling.key else _without_key()
        return refuse(request, _with_places(request, event), HTTPStatus.UNPROCESSABLE_ENTITY, words)
    way = filling.walk(seen=None)
    if not way.is_complete:
        return show_page(request, filling, way)
    try:
        take_each(*of_registration(network_of(request), event, filling.form.answers()["email"]))
    except TooManyError as error:
        return _later(request, filling, way, filling.key, error)
    return _register(request, filling, way, filling.key)


def _register(request: HttpRequest, filling: Filling, way: Walk[QuestionsForm], key: str) -> HttpResponse:
    event, session = filling.event, form_session(request)
    draft = draft_of(request, filling)
    try:
        outcome = confirm(
            event=event,
            category=filling.form.chosen_category,
            answers=filling.form.answers(),
            questions=filling.questions,
            values=way.values,
            draft=draft,
            key=key,
            form_session=session,
            address=f"register:{event.pk}",
            may_wait=request.POST.get("waits") == "1",
            invitation=filling.invitation,
        )
    except ClosedError as error:
        return refuse(request, filling, HTTPStatus.CONFLICT, why_closed(event, error.window))
    except NoPlaceLeftError:
        filling = _with_places(request, event)
        words = "" if not filling.form.is_valid() else _without_place(filling)
        return refuse(request, filling, HTTPStatus.CONFLICT, words)
    except InvitationEndedError:
        return _invitation_ended(request, filling, key)
    except Upload.DoesNotExist:
        return refuse(request, filling, HTTPStatus.UNPROCESSABLE_ENTITY, _without_file())
    except KeyReusedError:
        return refuse(
            request, _with_places(request, event), HTTPStatus.UNPROCESSABLE_ENTITY, _other_answers()
        )
    return _go_to_done(request, event, outcome.result)


def _later(
    request: HttpRequest, filling: Filling, way: Walk[QuestionsForm], key: str, error: TooManyError
) -> HttpResponse:
    """429, unless this very form was confirmed before: then whoever sent it again is told so."""
    if reference := result_of(key=key, actor=form_session(request)):
        return _go_to_done(request, filling.event, reference)
    return refuse_for_now(error, filling.form, partial(show_check, request, filling, way))


def _invitation_ended(request: HttpRequest, filling: Filling, key: str) -> HttpResponse:
    """The same for an invitation that was used: perhaps by this very form."""
    if reference := result_of(key=key, actor=form_session(request)):
        return _go_to_done(request, filling.event, reference)
    words = _("This invitation was used already, or it has ended. Look for our latest mail about the event.")
    return refuse(request, filling, HTTPStatus.CONFLICT, words)


def _go_to_done(request: HttpRequest, event: Event, reference: str) -> HttpResponse:
    """303 to the last page, with what it needs in a cookie of its own."""
    address = reverse("register_done", kwargs={"code": event.code})
    response = HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address})
    response.set_signed_cookie(
        _COOKIE,
        reference,
        salt=_COOKIE_SALT,
        max_age=_COOKIE_SECONDS,
        path=address,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _with_places(request: HttpRequest, event: Event) -> Filling:
    """The same answers judged again with the places that are left."""
    return Filling.of(request, event)


def _status(form: RegistrationForm) -> HTTPStatus:
    return HTTPStatus.CONFLICT if form.is_refused_for_places else HTTPStatus.UNPROCESSABLE_ENTITY


def _without_place(filling: Filling) -> str:
    """The place was taken while the form was filled in; there may be a waiting list."""
    if filling.form.chosen_offer.window is Window.WAITING_LIST:
        return _("The last place was taken a moment ago. If you continue, you join the waiting list.")
    return why_closed(filling.event, Window.FULL)


def _without_key() -> str:
    return _("Your form was incomplete or too old, and nothing was sent. Check your answers and continue.")


def _without_file() -> str:
    return _("We do not have one of your files any more. Choose it again.")


def _other_answers() -> str:
    return _(
        "These answers differ from those you confirmed before, and your registration was not changed. "
        "To correct it, open the personal link in our mail. "
        "To register another person, check the answers and continue: this will be a registration of its own."
    )
