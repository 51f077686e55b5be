"""Save and finish later: what was typed is kept, and a link to it is mailed."""

from functools import partial
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ...access.limits import TooManyError, take_each
from ...access.network import network_of
from ...journeys.links import as_private, unknown_link
from ...typed.fields import EmailAddress
from ..drafts import draft_by_token, save_draft
from ..limits import of_saving, refuse_for_now
from .filling import SAVED_COOKIE, Filling, event_of, own_draft
from .showing import show_check, show_closed, show_page, show_standing

DAY = 24 * 60 * 60


class WhereTo(forms.Form):
    """The address to which the link goes."""

    email = EmailAddress(
        label=_("E-mail address"),
        help_text=_("We send the link to this address."),
        error_messages={"required": _("Enter your e-mail address.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def save(request: HttpRequest, code: str) -> HttpResponseBase:
    """Keep what was typed so far. By GET, that it was kept."""
    event = event_of(code)
    if request.method != "POST":
        return render(request, "events/registration/saved.html", {"event": event})
    filling = Filling.of(request, event)
    email = filling.invitation.email if filling.invitation else request.POST.get("email", "")
    where_to = WhereTo({"email": email})
    if not where_to.is_valid():
        # The button on a page without the answer asks; who has read the question is told what is wrong.
        return _ask(request, filling, where_to if "asked" in request.POST else WhereTo())
    try:
        take_each(*of_saving(network_of(request), event, email))
    except TooManyError as error:
        return refuse_for_now(error, where_to, partial(_ask, request, filling, where_to))
    return _save(request, filling, where_to.cleaned_data["email"])


def _save(request: HttpRequest, filling: Filling, email: str) -> HttpResponse:
    """303 to where it says that the form is saved; the browser remembers that it has saved one."""
    draft = draft_by_token(filling.event, filling.draft)
    save_draft(
        event=filling.event,
        email=email,
        language=get_language() or "en",
        posted=filling.kept(),
        public_id=draft.public_id if draft else own_draft(request, filling),
    )
    address = reverse("register_save", kwargs={"code": filling.event.code})
    response = HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address})
    form = reverse("register", kwargs={"code": filling.event.code})
    response.set_cookie(
        SAVED_COOKIE, "1", max_age=DAY, path=form, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response


@require_safe
@never_cache
def saved(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """What a draft's link opens: the first page that is not complete, as it was left. Nothing changes."""
    event = event_of(code)
    draft = draft_by_token(event, token)
    if draft is None:
        return as_private(unknown_link())
    if draft.finished_at:
        return as_private(
            render(request, "events/registration/saved.html", {"event": event, "is_sent": True})
        )
    return as_private(_go_on(request, Filling(event, _posted(draft.posted, token))))


def _go_on(request: HttpRequest, filling: Filling) -> HttpResponse:
    if not filling.terms.lets_in:
        return show_closed(request, filling)
    if not filling.form.is_valid():
        return show_standing(request, filling, filling.typed())
    way = filling.walk(seen=filling.seen)
    if way.is_complete:
        return show_check(request, filling, way)
    way.form = None
    return show_page(request, filling, way)


def _posted(pairs: list[list[str]], token: str) -> QueryDict:
    """The answers as the form posts them."""
    posted = QueryDict(mutable=True)
    for name, value in pairs:
        posted.appendlist(name, value)
    posted["draft"] = token
    return posted


def _ask(
    request: HttpRequest,
    filling: Filling,
    form: WhereTo,
    *,
    status: HTTPStatus | None = None,
) -> HttpResponse:
    """Ask for the address; everything typed travels on."""
    usual = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    hidden = [(name, value) for name, value in filling.kept() if name != "email"]
    context = {"event": filling.event, "form": form, "key": filling.key_or_new(), "hidden": hidden}
    return render(request, "events/registration/save.html", context, status=status or usual)
