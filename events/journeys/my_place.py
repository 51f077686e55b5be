"""Send somebody in my place, by the personal link."""

from functools import partial
from http import HTTPStatus

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..access.limits import TooManyError, take_each
from ..registration.limits import of_writing, refuse_for_now
from ..registration.models import NAME_LENGTH, Registration
from ..registration.states import NotAllowedError
from ..typed.fields import EmailAddress, TextLine
from .my_registration import by_token, may_substitute, see_registration, show, token_of
from .substitute import substitute


class SubstituteForm(forms.Form):
    """Who comes instead; everything else they tell themselves."""

    name = TextLine(
        label=_("Name of the person who comes in your place"),
        longest=NAME_LENGTH,
        error_messages={"required": _("Enter the name.")},
    )
    email = EmailAddress(
        label=_("Their e-mail address"),
        help_text=_("We write to this address and ask them to confirm their data."),
        error_messages={"required": _("Enter the e-mail address.")},
    )
    language = forms.ChoiceField(
        label=_("Language of our mails to them"),
        choices=settings.LANGUAGES,
        error_messages={"required": _("Choose a language.")},
    )


# Without the check of forged requests for the same reason as withdrawing.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_token
def substitute_page(request: HttpRequest, registration: Registration) -> HttpResponseBase:
    """Ask who comes instead; by POST the place goes on to them."""
    if not may_substitute(registration):
        return redirect("my_registration", token=token_of(registration))
    posted = request.POST if request.method == "POST" else None
    form = SubstituteForm(posted, initial={"language": get_language()})
    if posted is None:
        return show(request, "substitute", registration, form=form)
    if not form.is_valid():
        return show(request, "substitute", registration, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _send(request, registration, form)


def _send(request: HttpRequest, registration: Registration, form: SubstituteForm) -> HttpResponse:
    """Back to the registration, which tells its state, whether or not this post was the one that ended it."""
    try:
        take_each(*of_writing(registration.pk, registration.event, form.cleaned_data["email"]))
        substitute(registration=registration, **form.cleaned_data)
    except TooManyError as error:
        return refuse_for_now(error, form, partial(show, request, "substitute", registration, form=form))
    except NotAllowedError:
        pass
    return see_registration(registration)
