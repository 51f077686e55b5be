"""Correcting what a person told: with another address, the stranger's link, ticket and mail end as well."""

from collections.abc import Collection, Mapping

from django.db import transaction

from ..outbox.services import queue, take_out
from ..registration import services
from ..registration.models import Registration
from ..registration.telling import STATE_MAILS, tell
from ..tickets.services import reissue_ticket


@transaction.atomic
def correct(
    *,
    registration: Registration,
    changes: Mapping[str, object],
    among: Collection[str] = services.CORRECTABLE,
) -> Registration:
    """Correct the fields named in `changes`; a new address gets a new link, a new ticket code and the mail.

    Raises ValueError for a field that is not `among` those allowed.
    """
    # A form has set the new address on its instance already: the row knows the old one.
    before = Registration.objects.select_for_update().values_list("email", flat=True).get(pk=registration.pk)
    corrected = services.correct(registration=registration, changes=changes, among=among)
    if corrected.email == before:
        return corrected
    renewed = hand_over(registration=corrected)
    tell(renewed, anew=f":{renewed.link_version}")
    return renewed


def hand_over(*, registration: Registration) -> Registration:
    """Whoever reads the old address holds nothing any more; the new one gets all that was not sent.

    The caller tells how the registration stands. Must run in a transaction.
    """
    renewed = services.renew_link(registration=registration)
    reissue_ticket(registration=renewed)
    for message in take_out(about={"registration": renewed.pk}, event_id=renewed.event_id):
        if message.kind not in STATE_MAILS:
            queue(
                kind=message.kind,
                to=renewed.email,
                language=renewed.language,
                about=message.about,
                once=message.once,
                event_id=message.event_id,
                batch=message.batch,
            )
    return renewed
