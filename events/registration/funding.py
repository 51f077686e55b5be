"""Funding as a fact: what was decided for a person, from which source and by which criteria."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log, registry

from .dossier import Funding
from .models import Registration
from .services import Price

DECIDED = "events.funded"
"""The line of history that each decision leaves."""


@transaction.atomic
def decide_funding(
    *, registration: Registration, kind: str, source: str, criteria: str, user: AbstractBaseUser
) -> Funding:
    """Write down the decision; an earlier one stays in the history."""
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    decided, _made = Funding.objects.update_or_create(
        registration=locked,
        defaults={"kind": kind, "source": source, "criteria": criteria, "decided_by_id": user.pk},
    )
    log(
        instance=locked,
        action=DECIDED,
        user=user,
        data={"kind": kind, "source": source, "criteria": criteria},
    )
    return decided


def freeze_price(*, registration: Registration, price: Price) -> None:
    """Let a registration that is not paid cost this from now on."""
    Registration.objects.filter(pk=registration.pk).update(
        price_minor=price.minor, currency=price.currency, price_explanation=price.explanation
    )


def funding_history(registration: Registration) -> QuerySet:
    """Every decision, the latest first: `data` holds kind, source and criteria. One query."""
    return registry.get_logs_for_instance(registration).filter(action=DECIDED).select_related("user")
