"""The desk's plain page, beside the door's: by keyboard, without JavaScript."""

from http import HTTPStatus
from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...access.roles import Act
from ...access.selectors import may
from ...catalogue.models import Event
from ...catalogue.selectors import event_by_code
from ...once.form_keys import key_in, new_key
from ...once.services import KeyReusedError
from ...registration.closed import why_closed
from ...registration.models import Registration
from ...registration.places import NoPlaceLeftError
from ...registration.selectors import desk_offers, registration_by_reference
from ..confirm import ClosedError
from .forms import DeskForm
from .register import register_at_desk


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def desk(request: HttpRequest, code: str) -> HttpResponse:
    """The form; by POST one more person is registered, and the page is ready for the next."""
    event = _event(request, code)
    form = _form(request, event)
    if request.method != "POST":
        return _page(request, event, form)
    if not form.is_valid():
        return _page(request, event, form, key=key_in(request), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        reference = _register(request, event, form)
    except (ClosedError, NoPlaceLeftError, KeyReusedError) as error:
        form.add_error(None, _why(error, event))
        return _page(request, event, form, status=HTTPStatus.CONFLICT)
    return _page(request, event, _form(request, event, fresh=True), reference=reference)


def _event(request: HttpRequest, code: str) -> Event:
    """The event, for those who admit there; anybody else learns nothing."""
    event = event_by_code(code)
    if event is None or not may(request.user, Act.ADMIT, event.pk):
        raise Http404
    return event


def _form(request: HttpRequest, event: Event, *, fresh: bool = False) -> DeskForm:
    approves = may(request.user, Act.CHANGE_REGISTRATIONS, event.pk)
    posted = request.POST if request.method == "POST" and not fresh else None
    return DeskForm(posted, event=event, offers=desk_offers(event, approves=approves))


def _register(request: HttpRequest, event: Event, form: DeskForm) -> str:
    outcome = register_at_desk(
        event=event,
        category=form.chosen_category,
        answers=form.answers(),
        user=cast(AbstractBaseUser, request.user),
        key=key_in(request) or new_key(),
    )
    return outcome.result


def _why(error: Exception, event: Event) -> str:
    if isinstance(error, ClosedError):
        return why_closed(event, error.window)
    if isinstance(error, KeyReusedError):
        return _("This form was sent before. Check the answers and send them again for another person.")
    return _("No place is left. Nobody was registered.")


def _page(
    request: HttpRequest,
    event: Event,
    form: DeskForm,
    *,
    key: str | None = None,
    reference: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    registered: Registration | None = registration_by_reference(event, reference) if reference else None
    context = {"event": event, "form": form, "key": key or new_key(), "registered": registered}
    return render(request, "events/journeys/desk.html", context, status=status)
