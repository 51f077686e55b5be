"""Lost your link? The answer is the same whatever address is asked for."""

from functools import partial
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ...access.limits import TooManyError, take_each
from ...access.network import network_of
from ...journeys.lost_link import ask_for_links
from ...typed.fields import EmailAddress
from ..limits import of_lost_link, refuse_for_now
from .filling import event_of


class LostForm(forms.Form):
    """The address with which somebody registered."""

    email = EmailAddress(
        label=_("E-mail address"),
        help_text=_("The address with which you registered."),
        error_messages={"required": _("Enter your e-mail address.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def lost(request: HttpRequest, code: str) -> HttpResponse:
    """Mail the links that belong to an address."""
    event = event_of(code)
    form = LostForm(request.POST if request.method == "POST" else None)
    context = {"event": event, "form": form, "is_sent": "sent" in request.GET}
    template = "events/registration/lost.html"
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    email = form.cleaned_data["email"]
    try:
        take_each(*of_lost_link(network_of(request), event, email))
    except TooManyError as error:
        return refuse_for_now(error, form, partial(render, request, template, context))
    ask_for_links(event=event, email=email)
    address = f"{reverse('register_lost', kwargs={'code': event.code})}?sent=1"
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address})
