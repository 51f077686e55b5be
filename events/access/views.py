"""The page behind the link in a staff invitation: GET shows a button, POST acts."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .joining import JoinForm
from .models import Invitation
from .selectors import open_invitation
from .services import InvitationClosedError, accept_invitation


# The address holds the secret that a forged request would have to know, and from a page without a referrer
# browsers send a null origin, which Django's check refuses.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Join the staff, with a new account or the one in use."""
    found = open_invitation(token)
    response = _page(request, found) if found else _closed(request)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _page(request: HttpRequest, found: Invitation) -> HttpResponse:
    users = get_user_model()._default_manager  # noqa: SLF001 - Django's documented name
    has_account = users.filter(email__iexact=found.email, is_active=True).exists()
    form = JoinForm(request.POST or None, email=found.email)
    if request.method == "POST" and (has_account or form.is_valid()):
        try:
            accept_invitation(invitation=found, **({} if has_account else form.account()))
        except InvitationClosedError:
            return _closed(request)
        messages.success(request, _("Welcome. You can sign in now."))
        return redirect("account_login")
    context = {"invitation": found, "has_account": has_account, "form": form}
    return render(request, "events/access/invitation.html", context, status=422 if form.errors else 200)


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "events/access/invitation_closed.html", status=410)
