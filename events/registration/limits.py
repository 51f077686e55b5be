"""How often strangers may register, save a form, or ask for a lost link.

A venue or a ministry is one network with hundreds of people, so its limit is wide. An address is written
to at most a few times an hour, whoever asks for it.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.forms import Form
from django.http import HttpResponse
from django.utils.translation import ngettext

from ..access.limits import Limit, TooManyError
from ..catalogue.models import Event
from ..typed.names import fold

HOUR = 3600

REGISTERED_FROM_NETWORK = Limit("registering from a network", most=300, seconds=HOUR)
REGISTERED_WITH_ADDRESS = Limit("registering with an address", most=5, seconds=HOUR)
REGISTERED_FOR_EVENT = Limit("registering for an event", most=6000, seconds=HOUR)
SAVED_FROM_NETWORK = Limit("saving from a network", most=300, seconds=HOUR)
SAVED_WITH_ADDRESS = Limit("saving with an address", most=5, seconds=HOUR)
SAVED_FOR_EVENT = Limit("saving for an event", most=3000, seconds=HOUR)
LOST_FROM_NETWORK = Limit("lost links from a network", most=100, seconds=HOUR)
LOST_WITH_ADDRESS = Limit("lost links of an address", most=5, seconds=HOUR)
LOST_FOR_EVENT = Limit("lost links of an event", most=1000, seconds=HOUR)
WRITTEN_BY_PERSON = Limit("mails that a person sets off", most=10, seconds=HOUR)

Takes = tuple[tuple[Limit, str], ...]


def of_registration(network: str, event: Event, email: str) -> Takes:
    """What one confirmed form takes."""
    return _of(
        (REGISTERED_FROM_NETWORK, REGISTERED_WITH_ADDRESS, REGISTERED_FOR_EVENT), network, event, email
    )


def of_saving(network: str, event: Event, email: str) -> Takes:
    """What one saved form takes."""
    return _of((SAVED_FROM_NETWORK, SAVED_WITH_ADDRESS, SAVED_FOR_EVENT), network, event, email)


def of_lost_link(network: str, event: Event, email: str) -> Takes:
    """What asking for one's lost link takes."""
    return _of((LOST_FROM_NETWORK, LOST_WITH_ADDRESS, LOST_FOR_EVENT), network, event, email)


def of_writing(registration_id: int, event: Event, email: str) -> Takes:
    """What it takes to have another address written to by one's personal page."""
    return (
        (WRITTEN_BY_PERSON, str(registration_id)),
        (REGISTERED_WITH_ADDRESS, f"{event.pk}:{fold(email)}"),
    )


def refuse_for_now(error: TooManyError, form: Form, show: Callable[..., HttpResponse]) -> HttpResponse:
    """429: what `show` shows of the form, which says when to send it again; a header tells programs so."""
    form.add_error(None, _in_words(error.retry_after))
    response = show(status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(error.retry_after)
    return response


def _in_words(seconds: int) -> str:
    """For the person: nothing is lost, and when to send it again."""
    minutes = -(-seconds // 60)
    return ngettext(
        "There were too many requests in the last hour, and yours was not sent. "
        "Please send it again in %(minutes)d minute. What you typed is still here.",
        "There were too many requests in the last hour, and yours was not sent. "
        "Please send it again in %(minutes)d minutes. What you typed is still here.",
        minutes,
    ) % {"minutes": minutes}


def _of(limits: tuple[Limit, Limit, Limit], network: str, event: Event, email: str) -> Takes:
    from_network, with_address, for_event = limits
    return (
        (from_network, f"{event.pk}:{network}"),
        (with_address, f"{event.pk}:{fold(email)}"),
        (for_event, str(event.pk)),
    )
