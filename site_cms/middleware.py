"""What every request passes: one charset for all forms, and the second factor of staff."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

Answer = Callable[[HttpRequest], HttpResponse]

FOR_STAFF = ("/admin/", "/door/", "/api/")
"""Where people who are signed in see or do what others may not. Devices bring a token and no account."""

STAFF_SCREENS = ("/admin/", "/door/", "/api/door/")


class FormsInUtf8:
    """Reads every form as UTF-8, the only charset that ours are sent in.

    Django decodes a multipart body by the codec that the client names: `hex` ends in an error, and
    `unicode_escape` smuggles in lone surrogates, which no page and no database can hold.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, whatever charset the client names."""
        request.encoding = "utf-8"
        return self.get_response(request)


class SecondFactor:
    """Sends staff without a second factor to set one up, where that is required."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, unless a page of staff is asked for without a second factor."""
        if self._is_missing(request):
            messages.info(request, _("Set up a second factor first: an authenticator app or a security key."))
            return redirect("mfa_index")
        return self.get_response(request)

    @staticmethod
    def _is_missing(request: HttpRequest) -> bool:
        if not settings.REQUIRE_SECOND_FACTOR or not request.path_info.startswith(FOR_STAFF):
            return False
        return request.user.is_authenticated and not is_mfa_enabled(request.user)
