"""Registering in three steps: the form, check your answers, done. Neither session nor JavaScript is needed.

The answers travel in the forms themselves. The key that makes confirming happen once is made when
the form is first shown and belongs to the browser that holds the CSRF cookie.
"""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods

from ..catalogue.models import Category, Event
from ..catalogue.selectors import event_by_code
from ..journeys.confirm import ClosedError, confirm
from ..once.form_keys import form_session, key_in, new_key
from ..once.services import KeyReusedError
from .closed import why_closed
from .forms import RegistrationForm
from .models import Registration
from .places import NoPlaceLeftError
from .questions import empty_questions, questions
from .selectors import offers, public, registration_by_reference, terms_of_offers
from .summary import answers_in_words
from .windows import Offer, Window

_COOKIE = "registered"
_COOKIE_SALT = "events.registration.done"
_COOKIE_SECONDS = 30 * 60


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
def register(request: HttpRequest, code: str) -> HttpResponse:
    """The form: empty by GET, filled with what was posted when somebody wants to change an answer."""
    event = _event(code)
    known = offers(event)
    stands = terms_of_offers(event, known)
    if request.method != "POST" and not stands.lets_in:
        why = why_closed(event, stands.window, stands)
        return render(request, "events/registration/closed.html", {"event": event, "why": why})
    known = public(known)
    form = RegistrationForm(event=event, offers=known)
    if request.method != "POST":
        return _show_form(request, event, form, empty_questions(form, event, known), key=new_key())
    form.initial.update(form.as_typed(request.POST))
    return _show_form(request, event, form, questions(form), key=key_in(request) or new_key())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: HttpRequest, code: str) -> HttpResponseBase:
    """The answers to look through, or the form again with what is wrong."""
    if request.method != "POST":
        return redirect("register", code=code)
    event = _event(code)
    known = offers(event)
    form = RegistrationForm(request.POST, event=event, offers=public(known))
    stands = terms_of_offers(event, known)
    if not stands.lets_in:
        return _refuse(request, event, form, HTTPStatus.CONFLICT, why_closed(event, stands.window, stands))
    key = key_in(request)
    if key is None:
        return _refuse(request, event, form, HTTPStatus.UNPROCESSABLE_ENTITY, _without_key())
    if not form.is_valid():
        return _refuse(request, event, form, _status(form))
    registration = Registration(event=event, category=form.chosen_category, **form.answers())
    return render(
        request,
        "events/registration/check.html",
        {
            "event": event,
            "key": key,
            "hidden": form.as_posted(),
            "answers": answers_in_words(registration),
            "waits": form.chosen_offer.window is Window.WAITING_LIST,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def done(request: HttpRequest, code: str) -> HttpResponseBase:
    """Confirm by POST; by GET, what came of it, to the browser that confirmed."""
    event = _event(code)
    if request.method == "POST":
        return _confirm(request, event)
    reference = request.get_signed_cookie(_COOKIE, None, salt=_COOKIE_SALT, max_age=_COOKIE_SECONDS)
    registration = registration_by_reference(event, reference) if reference else None
    return render(request, "events/registration/done.html", {"event": event, "registration": registration})


def _confirm(request: HttpRequest, event: Event) -> HttpResponse:
    """Register, unless an answer, the key, the window or the places stand against it."""
    # Places are not looked at here: the first of two equal posts may have taken the last one.
    open_to_all = event.categories.filter(audience=Category.Audience.OPEN).order_by("position", "pk")
    unjudged = [Offer(category, is_full=False) for category in open_to_all]
    form = RegistrationForm(request.POST, event=event, offers=unjudged)
    key = key_in(request)
    if key is None or not form.is_valid():
        words = "" if key else _without_key()
        return _refuse(request, event, _with_places(form), HTTPStatus.UNPROCESSABLE_ENTITY, words)
    try:
        outcome = confirm(
            event=event,
            category=form.chosen_category,
            answers=form.answers(),
            key=key,
            form_session=form_session(request),
            address=f"register:{event.pk}",
            may_wait=request.POST.get("waits") == "1",
        )
    except ClosedError as error:
        return _refuse(request, event, form, HTTPStatus.CONFLICT, why_closed(event, error.window))
    except NoPlaceLeftError:
        form = _with_places(form)
        words = "" if form.is_refused_for_places else _without_place(form)
        return _refuse(request, event, form, HTTPStatus.CONFLICT, words)
    except KeyReusedError:
        return _refuse(request, event, _with_places(form), HTTPStatus.UNPROCESSABLE_ENTITY, _other_answers())
    return _go_to_done(request, event, outcome.result)


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


def _refuse(
    request: HttpRequest, event: Event, form: RegistrationForm, status: HTTPStatus, words: str = ""
) -> HttpResponse:
    """The form again with everything typed; `words` are about the whole, and go with a fresh key."""
    key = key_in(request)
    if words:
        form.is_valid()
        form.add_error(None, words)
        key = None
    return _show_form(request, event, form, questions(form), key=key or new_key(), status=status)


def _show_form(
    request: HttpRequest,
    event: Event,
    form: RegistrationForm,
    asked: SafeString,
    *,
    key: str,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {"event": event, "form": form, "questions": asked, "key": key}
    return render(request, "events/registration/form.html", context, status=status)


def _with_places(form: RegistrationForm) -> RegistrationForm:
    """The same answers judged again with the places that are left."""
    return RegistrationForm(form.data, event=form.event, offers=public(offers(form.event)))


def _status(form: RegistrationForm) -> HTTPStatus:
    return HTTPStatus.CONFLICT if form.is_refused_for_places else HTTPStatus.UNPROCESSABLE_ENTITY


def _event(code: str) -> Event:
    event = event_by_code(code)
    if event is None:
        raise Http404
    return event


def _without_place(form: RegistrationForm) -> str:
    """The place was taken while the form was filled in; there may be a waiting list."""
    if form.is_valid() and form.chosen_offer.window is Window.WAITING_LIST:
        return _("The last place was taken a moment ago. If you continue, you join the waiting list.")
    return why_closed(form.event, Window.FULL)


def _without_key() -> str:
    return _("Your form was incomplete or too old, and nothing was sent. Check your answers and continue.")


def _other_answers() -> str:
    return _(
        "These answers differ from those you confirmed before, and your registration was not changed. "
        "To correct it, open the personal link in our mail. "
        "To register another person, check the answers and continue: this will be a registration of its own."
    )
