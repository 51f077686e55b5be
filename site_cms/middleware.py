"""What every request passes: trouble with the database, and the second factor of staff."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from .errors import unavailable

logger = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]


class DatabaseTrouble:
    """Answers 503 with Retry-After while the database is away, so that clients try again."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or say that the site will be back."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a lost database into 503; every other error goes on."""
        if not isinstance(error, OperationalError | InterfaceError):
            return None
        logger.error("database unavailable: %s", type(error).__name__)
        return unavailable(request)


class SecondFactor:
    """Sends staff without a second factor to set one up, where that is required."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, unless a staff screen is asked for without a second factor."""
        if settings.REQUIRE_SECOND_FACTOR and request.path.startswith("/admin/") and request.user.is_authenticated:
            from allauth.mfa.utils import is_mfa_enabled

            if not is_mfa_enabled(request.user):
                return redirect("mfa_index")
        return self.get_response(request)
