"""The door's plain page: works with a keyboard, a keyboard-wedge scanner, and without JavaScript."""

import uuid
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ..access.roles import Act
from ..access.selectors import event_ids_for
from . import selectors
from .forms import ScanForm
from .models import Gate
from .result import ScanResult
from .services import ScanIdReusedError, scan
from .verdicts import Verdict

LOOKS = {Verdict.ADMITTED: "welcome", Verdict.ALREADY_ADMITTED: "again"}
"""How a verdict looks; every other one stops the person."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page shows after a scan."""

    result: ScanResult
    look: str


@never_cache
@require_safe
@login_required
def gates(request: HttpRequest) -> HttpResponse:
    """Choose a gate of the events where one admits."""
    reach = selectors.gates_of(_reach(request))
    events = [(event, list(gates)) for event, gates in groupby(reach, lambda gate: gate.checkpoint.event)]
    return render(request, "events/checkin/gates.html", {"events": events})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def gate(request: HttpRequest, gate_id: int) -> HttpResponse:
    """Scan at one gate and see the verdict."""
    chosen = selectors.gate_in(gate_id, _reach(request))
    if chosen is None:
        raise Http404
    if request.method != "POST":
        return _page(request, chosen)
    form = ScanForm(request.POST)
    if not form.is_valid():
        return _page(request, chosen, problem=True)
    try:
        result = scan(
            scan_id=form.cleaned_data["scan_id"],
            gate=chosen,
            text=form.cleaned_data["code"],
            scanned_at=timezone.now(),
            user=cast(AbstractBaseUser, request.user),
        )
    except ScanIdReusedError:
        return _page(request, chosen, problem=True)
    return _page(request, chosen, answer=Answer(result, LOOKS.get(result.verdict, "stop")))


def _page(
    request: HttpRequest, gate: Gate, *, answer: Answer | None = None, problem: bool = False
) -> HttpResponse:
    """The page with a fresh UUID for the next reading."""
    context = {
        "gate": gate,
        "event": gate.checkpoint.event,
        "form": ScanForm(initial={"scan_id": uuid.uuid4()}),
        "answer": answer,
        "problem": problem,
        "scans": selectors.recent_scans(gate),
        "tally": selectors.tally(gate.checkpoint),
    }
    return render(request, "events/checkin/gate.html", context, status=422 if problem else 200)


def _reach(request: HttpRequest) -> list[int]:
    return event_ids_for(request.user, Act.ADMIT)
