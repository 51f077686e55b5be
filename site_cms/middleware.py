"""What every request passes: the second factor of staff."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

Answer = Callable[[HttpRequest], HttpResponse]

STAFF_SCREENS = ("/admin/", "/door/", "/api/door/")


class SecondFactor:
    """Sends staff without a second factor to set one up, where that is required."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, unless a staff screen is asked for without a second factor."""
        if (
            settings.REQUIRE_SECOND_FACTOR
            and request.path.startswith(STAFF_SCREENS)
            and request.user.is_authenticated
        ):
            from allauth.mfa.utils import is_mfa_enabled

            if not is_mfa_enabled(request.user):
                return redirect("mfa_index")
        return self.get_response(request)
