"""Receiving a contact form: checked, bounded by the sender's network, kept and mailed once."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from wagtail.contrib.forms.forms import FormBuilder

from events.access.limits import Limit, TooManyError, client_network, take
from events.once.form_keys import form_session, key_in, new_key
from events.once.services import KeyReusedError, body_hash, run_once
from events.outbox.rendering import Rendered

from ..client import client_address

if TYPE_CHECKING:
    from .contact import ContactPage

MESSAGES_A_NETWORK = Limit("contact", most=5, seconds=600)
TRAP = "website"
"""A field that no person sees; what fills it in is a program."""

_MAX_MESSAGE = 5_000
_MAX_HIDDEN = 255


class ContactFormBuilder(FormBuilder):
    """Wagtail's fields, each with a bound and with what a browser can fill in."""

    def get_field_options(self, field: Any) -> dict[str, Any]:
        """An empty answer is told by its question: a list of errors names each."""
        missing = _("Fill in “%(field)s”.") % {"field": field.label}
        return {**super().get_field_options(field), "error_messages": {"required": missing}}

    def create_multiline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        """Some pages of text at most."""
        return super().create_multiline_field(field, {**options, "max_length": _MAX_MESSAGE})

    def create_hidden_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        """Nobody can fill in what nobody sees, so it is never asked for."""
        return super().create_hidden_field(field, {**options, "required": False, "max_length": _MAX_HIDDEN})

    def create_email_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        """An address, offered by the browser."""
        widget = forms.EmailInput(attrs={"autocomplete": "email"})
        return super().create_email_field(field, {**options, "widget": widget})


def show(
    page: "ContactPage",
    request: HttpRequest,
    form: forms.Form,
    status: HTTPStatus = HTTPStatus.OK,
    key: str = "",
) -> HttpResponse:
    """The form, which no cache may keep: its key is for one sender."""
    context = {**page.get_context(request), "form": form, "key": key or new_key(), "trap": TRAP}
    response = TemplateResponse(request, page.get_template(request), context, status=status)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def receive(page: "ContactPage", request: HttpRequest) -> HttpResponse:
    """Keep and mail the answers, then lead to the thanks; or show the form again with what is wrong."""
    if request.POST.get(TRAP):
        return _thanks(page, request)
    form, key = page.get_form(request.POST, page=page, user=request.user), key_in(request)
    if not form.is_valid():
        return show(page, request, form, HTTPStatus.UNPROCESSABLE_ENTITY, key or "")
    if key is None:
        form.add_error(None, _("The form could not be sent. Please press the button once more."))
        return show(page, request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        take(MESSAGES_A_NETWORK, client_network(client_address(request)))
        _keep_once(page, request, form, key)
    except TooManyError as error:
        form.add_error(None, _("The form cannot be sent at the moment. Please try again in ten minutes."))
        response = show(page, request, form, HTTPStatus.TOO_MANY_REQUESTS, key)
        response["Retry-After"] = str(error.retry_after)
        return response
    except KeyReusedError:
        form.add_error(
            None, _("You have sent this form already, with other words. To send it again, press the button.")
        )
        return show(page, request, form, HTTPStatus.CONFLICT)
    return _thanks(page, request)


def rendered(title: str, form: forms.Form) -> Rendered:
    """The mail with the answers, as plain text: nothing in it is markup."""
    lines = [f"{form.fields[name].label}: {_in_words(value)}" for name, value in form.cleaned_data.items()]
    return Rendered(subject=f"[IPPC Events] {title}", text="\n\n".join(lines) + "\n", html="")


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _keep_once(page: "ContactPage", request: HttpRequest, form: forms.Form, key: str) -> None:
    run_once(
        key=key,
        actor=form_session(request),
        address=request.path,
        body=body_hash(form.cleaned_data),
        act=lambda: str(page.process_form_submission(form).pk),
    )


def _thanks(page: "ContactPage", request: HttpRequest) -> HttpResponse:
    """On to the thanks, which can be loaded again without sending again."""
    return HttpResponseRedirect(f"{page.get_url(request)}?sent=1", status=HTTPStatus.SEE_OTHER)
