"""Completing a nomination: the person tells and confirms their own data, all or none."""

from collections.abc import Mapping

from django.db import transaction

from ..registration.asked import owed_by
from ..registration.models import Registration
from ..registration.services import DELEGATE, OWN, change_state
from ..registration.services import correct as keep
from ..registration.states import NotAllowedError, State, Transition
from ..registration.telling import tell, tell_change
from ..tickets.services import issue_ticket
from .correct import hand_over


@transaction.atomic
def complete(*, registration: Registration, answers: Mapping[str, object]) -> Registration:
    """Keep what a nominated person tells, with their consent: confirmed, or waiting for approval.

    `answers` are cleaned fields among `OWN`; another address gets a link of its own. Where the event asks
    more that must be answered, the registration stays NOMINATED until it is (`answer`). Raises
    `NotAllowedError` when the registration does not wait for this (any more).
    """
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    if locked.state != State.NOMINATED:
        raise NotAllowedError("complete")
    kept = keep(registration=registration, changes=answers, among=OWN, consents=True)
    if kept.email != locked.email:
        kept = hand_over(registration=kept)
    completed = complete_if_answered(registration=kept)
    if completed.state == State.NOMINATED and kept.email != locked.email:
        tell(completed, anew=f":{completed.link_version}")
    return completed


def complete_if_answered(*, registration: Registration) -> Registration:
    """End the nomination once the person has consented and owes no answer. Must run in a transaction."""
    if registration.state != State.NOMINATED or registration.consent_at is None or owed_by(registration):
        return registration
    completed = change_state(registration=registration, transition=Transition.COMPLETE, actor=DELEGATE)
    if completed.state == State.CONFIRMED:
        issue_ticket(registration=completed)
    tell_change(completed)
    return completed
