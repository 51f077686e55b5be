"""Doing a request once."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from .models import IdempotencyKey

# Nobody sends a form again after a week.
KEEP_KEYS = dt.timedelta(days=7)


class KeyReusedError(Exception):
    """The key was used before for another body or address: answer 422."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the request led to; `repeated` when an earlier, equal request had done it."""

    result: str
    repeated: bool


def body_hash(body: Mapping[str, Any]) -> str:
    """SHA-256 of the body's meaning: key order does not matter."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def run_once(
    *, key: str, actor: str, address: str, body: str, act: Callable[[], str], expected: str = ""
) -> Outcome:
    """Run `act` in one transaction with its key, or give the result of the equal request before.

    The key is inserted before `act` runs, so of two parallel requests the second waits for the
    first and then gets its result. When `act` raises, nothing is stored and the error goes on.
    A result that is `expected`, since the caller chose it beforehand, costs no second write.

    Raises `KeyReusedError` when the key stands for another body or address.
    """
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(
                key=key, actor=actor, address=address, body_hash=body, result=expected
            )
            row.result = act()
            if row.result != expected:
                row.save(update_fields=["result"])
            return Outcome(row.result, repeated=False)
    except IntegrityError:
        stored = IdempotencyKey.objects.filter(key=key, actor=actor).first()
        if stored is None:
            raise
    if (stored.address, stored.body_hash) != (address, body):
        raise KeyReusedError(key)
    return Outcome(stored.result, repeated=True)


def result_of(*, key: str, actor: str) -> str:
    """The result of the request that was done with this key, or nothing."""
    done = IdempotencyKey.objects.filter(key=key, actor=actor).values_list("result", flat=True)
    return done.first() or ""


def forget_old_keys() -> int:
    """Delete the keys of requests done a week ago or earlier; how many."""
    deleted, _by_model = IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEEP_KEYS).delete()
    return deleted
