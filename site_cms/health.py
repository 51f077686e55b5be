"""Whether the process lives, whether it can serve, and its figures for Prometheus. No personal data."""

import hmac
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import add_never_cache_headers

from events.outbox.selectors import JobHealth, backlog, health_of
from events.tasks import JOBS

from .client import client_address

CACHE_SECONDS = 30
LOOPBACK = {"127.0.0.1", "::1"}


def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, cache and migrations are ready, else 503; beside them how mail and clock do.

    A late clock or waiting mail does not make it 503: the web serves without them, and taking it away
    would only add to the trouble.
    """
    needed = {"database": _state(_ask_database)}
    if needed["database"] == "ok":  # The others ask it as well, and each would wait for it once more.
        needed |= {"cache": _state(_ask_cache), "migrations": _state(_migrated)}
    ready = all(state == "ok" for state in needed.values())
    answer = JsonResponse(needed | (_background() if ready else {}), status=200 if ready else 503)
    add_never_cache_headers(answer)
    return answer


def metrics(request: HttpRequest) -> HttpResponse:
    """Figures of the database in Prometheus' text format, for this machine or with METRICS_TOKEN."""
    if not _may_read_metrics(request):
        return HttpResponse("Forbidden: see METRICS_TOKEN.\n", status=403, content_type="text/plain")
    from .metrics import CONTENT_TYPE, exposition

    return HttpResponse(exposition(), content_type=CONTENT_TYPE)


def _state(ask: Callable[[], bool]) -> str:
    try:
        return "ok" if ask() else "pending"
    except Exception as error:  # noqa: BLE001 - whatever a neighbour raises, the answer is 503
        return f"unavailable: {type(error).__name__}"


def _ask_database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _ask_cache() -> bool:
    cache.set("readyz", "ok", CACHE_SECONDS)
    return cache.get("readyz") == "ok"


def _migrated() -> bool:
    """Whether this code's migrations are all applied; asked of the database until they are."""
    if not _Migrations.applied:
        executor = MigrationExecutor(connection)
        _Migrations.applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _Migrations.applied


class _Migrations:
    """What this process knows: code does not change under it, so applied stays applied."""

    applied = False


def _background() -> dict[str, Any]:
    return {"mail": asdict(backlog()), "jobs": {job.name: _told(job) for job in health_of(JOBS)}}


def _told(job: JobHealth) -> dict[str, Any]:
    state = "failing" if job.failing else "late" if job.late else "ok"
    return {"state": state, "seconds_since_success": job.age_seconds}


def _may_read_metrics(request: HttpRequest) -> bool:
    """With a token in the settings by that token alone; else from this machine, through no proxy."""
    if settings.METRICS_TOKEN:
        sent = request.headers.get("Authorization", "")
        return hmac.compare_digest(sent.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    return client_address(request) in LOOPBACK and "X-Forwarded-For" not in request.headers
