"""Completing a nomination: the person tells and confirms their own data, all or none."""

from collections.abc import Mapping

from django.db import transaction

from ..registration.models import Registration
from ..registration.services import DELEGATE, OWN, change_state
from ..registration.services import correct as keep
from ..registration.states import State, Transition
from ..registration.telling import tell_change
from ..tickets.services import issue_ticket
from .correct import hand_over


@transaction.atomic
def complete(*, registration: Registration, answers: Mapping[str, object]) -> Registration:
    """Keep what a nominated person tells, with their consent: confirmed, or waiting for approval.

    `answers` are cleaned fields among `OWN`; another address gets a link of its own. Raises
    `NotAllowedError` when the registration does not wait for this (any more).
    """
    before = Registration.objects.select_for_update().values_list("email", flat=True).get(pk=registration.pk)
    kept = keep(registration=registration, changes=answers, among=OWN, consents=True)
    if kept.email != before:
        hand_over(registration=kept)
    completed = change_state(registration=kept, transition=Transition.COMPLETE, actor=DELEGATE)
    if completed.state == State.CONFIRMED:
        issue_ticket(registration=completed)
    tell_change(completed)
    return completed
