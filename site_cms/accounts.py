"""How staff sign in: nobody signs up by themselves, and mails about accounts take the way of all mail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest
from django.utils.translation import get_language

from events.outbox.rendering import Rendered
from events.outbox.services import queue_rendered

from .client import client_address


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see `events.journeys.team.invite`."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that rate limits count; allauth's own way answers 500 to a short X-Forwarded-For."""
        return client_address(request) or "unknown"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail such as the link to a new password, so that it survives a mail server that is away."""
        request = allauth_context.request
        site = {"request": request, "email": email, "current_site": get_current_site(request)}
        queue_rendered(
            kind="account",
            to=email,
            language=get_language() or "en",
            rendered=_rendered(self.render_mail(template_prefix, email, site | context)),
        )


def account_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Whose account somebody tries to open, in lower case: axes counts failures for each.

    Without it axes finds no name in allauth's credentials and would lock everybody at an address.
    """
    typed = (credentials or {}).get("email") or request.POST.get("login") or ""
    return str(typed).strip().lower()[:254]


def _rendered(mail: EmailMessage) -> Rendered:
    html = ""
    if isinstance(mail, EmailMultiAlternatives) and mail.alternatives:
        html = str(mail.alternatives[0][0])
    return Rendered(subject=str(mail.subject), text=str(mail.body), html=html)
