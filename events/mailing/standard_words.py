"""Our words for each reminder, where the staff has not written its own."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Reminder

Kind = Reminder.Kind

HOURS = {Kind.UNFINISHED: 24, Kind.NOMINATION: 72, Kind.OFFER: 24, Kind.ANSWERS: 168, Kind.EVENT: 72}
"""When each is sent, as long as the staff says nothing else: hours after the last step, or before the end."""

WHEN = {
    Kind.UNFINISHED: gettext_lazy("hours after the form was last saved"),
    Kind.NOMINATION: gettext_lazy("hours after the nomination"),
    Kind.OFFER: gettext_lazy("hours before the offer ends"),
    Kind.ANSWERS: gettext_lazy("hours before the event begins"),
    Kind.EVENT: gettext_lazy("hours before the event begins"),
}

TO_WHOM = {
    Kind.UNFINISHED: gettext_lazy("People who saved the form for later and have not sent it."),
    Kind.NOMINATION: gettext_lazy("People who were nominated and have not confirmed it."),
    Kind.OFFER: gettext_lazy("People who were offered a place and have not accepted it."),
    Kind.ANSWERS: gettext_lazy("People with a confirmed place who have not answered every question."),
    Kind.EVENT: gettext_lazy("Everybody with a confirmed place."),
}

BUTTONS = {
    Kind.NOMINATION: gettext_lazy("Confirm my nomination"),
    Kind.OFFER: gettext_lazy("Accept the place"),
    Kind.ANSWERS: gettext_lazy("Answer the questions"),
}


def standard(kind: str) -> tuple[str, str]:
    """Subject and text of a reminder in the active language, with placeholders."""
    subject, *parts = _WORDS[Kind(kind)]()
    return subject, "\n\n".join(parts)


def _unfinished() -> list[str]:
    return [
        _("Your registration is not finished: {event}"),
        _("You saved the registration form, but you have not sent it yet. No place is kept for you."),
        _(
            "Open the link below to go on where you stopped. "
            "If you do not wish to register any more, you need not do anything."
        ),
    ]


def _nomination() -> list[str]:
    return [
        _("Please confirm your nomination: {event}"),
        _("You were nominated for this event, and you have not confirmed it yet."),
        _(
            "Open your page, check what is written about you, and confirm. "
            "If you cannot come, say so there, so that somebody else can be nominated."
        ),
    ]


def _offer() -> list[str]:
    return [
        _("The place offered to you is kept for a short time only: {event}"),
        _("A place is kept for you, but you have not accepted it yet. Later it goes to the next person."),
        _("Open your page to accept the place, or to let it go."),
    ]


def _answers() -> list[str]:
    return [
        _("Some questions wait for your answer: {event}"),
        _("Your place is confirmed. To prepare the event, we still need some answers from you."),
        _("Open your page and answer the questions that are still open. It takes a few minutes."),
    ]


def _event() -> list[str]:
    return [
        _("It begins soon: {event}"),
        _("The event begins soon, and you are registered. We look forward to your coming."),
        _("Have your ticket at hand, on paper or on your phone. You find it on your page."),
        _("If you cannot come, withdraw on your page, so that somebody else can have your place."),
    ]


_WORDS = {
    Kind.UNFINISHED: _unfinished,
    Kind.NOMINATION: _nomination,
    Kind.OFFER: _offer,
    Kind.ANSWERS: _answers,
    Kind.EVENT: _event,
}
