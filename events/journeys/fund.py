"""Deciding who pays for a journey: the decision, and the fee that it leaves due."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from ..payments.pricing import price_for
from ..registration.dossier import Funding
from ..registration.funding import decide_funding, freeze_price
from ..registration.models import Registration


@transaction.atomic
def fund(
    *, registration: Registration, kind: str, source: str, criteria: str, user: AbstractBaseUser
) -> Funding:
    """Decide the funding of a registration; the funded owe no fee, and who no longer is owes it again."""
    decided = decide_funding(
        registration=registration, kind=kind, source=source, criteria=criteria, user=user
    )
    is_funded = decided.kind != Funding.Kind.NONE
    freeze_price(registration=registration, price=price_for(registration.category, is_funded=is_funded))
    return decided
