"""From which network somebody comes, for limits: an address is never kept."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from .limits import client_network


def network_of(request: HttpRequest) -> str:
    """The client's address or network, as the project reads it behind its proxies."""
    return client_network(import_string(settings.AXES_CLIENT_IP_CALLABLE)(request))
