"""The list as a file: at once when it is short, else made in the background and fetched from a page."""

import uuid
from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django_tasks import task

from ...access.listing import EXPORT
from ...access.policy import policy_of
from ...access.roles import Act
from ...access.services import record_access
from ...files.downloads import as_download
from ...reports import exporting
from ...reports.models import Export
from ..models import Registration
from .listing import Rows, listed
from .sight import events_where

TEMPLATE = "events/registration/staff/export.html"


def send(request: HttpRequest, rows: Rows, file_format: str) -> HttpResponse:
    """The file of these rows, in two queries and one for the record; or the way to the page for long ones."""
    found = list(exporting.shown(rows)[: exporting.AT_ONCE + 1])
    if len(found) > exporting.AT_ONCE:
        return HttpResponseRedirect(f"{reverse('registration:export')}?{request.GET.urlencode()}")
    if found:
        _record(request, {row.event_id for row in found}, file_format, len(found))
    answer = HttpResponse(
        exporting.file_of(found, file_format), content_type=exporting.CONTENT_TYPES[file_format]
    )
    answer["Content-Disposition"] = f'attachment; filename="registrations.{file_format}"'
    answer["Cache-Control"] = "no-store"
    return answer


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask on GET whether the worker shall make the long list, have it made on POST."""
    file_format = request.GET.get("export", "")
    if file_format not in exporting.WRITERS or not _may_export(request.user):
        raise Http404
    rows = listed(request.user, request.GET, EXPORT)
    count = rows.count()
    if request.method != "POST":
        return render(request, TEMPLATE, _page(count=count, query=request.GET.urlencode()))
    user: Any = request.user
    export = exporting.ask_for_export(
        user=user,
        query=request.GET.urlencode(),
        events=list(rows.order_by().values_list("event", flat=True).distinct()),
        rows=count,
        file_format=file_format,
    )
    make_export.enqueue(export.pk)
    return HttpResponseRedirect(reverse("registration:export_state", args=(export.public_id,)))


@require_GET
@never_cache
def state(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far the file is; the page asks again by itself until it is there."""
    return render(request, TEMPLATE, _page(export=_own(request, public_id)))


@require_GET
@never_cache
def fetch(request: HttpRequest, public_id: uuid.UUID) -> FileResponse:
    """The file, for who asked for it and may still export from each of its events."""
    export: Any = _own(request, public_id)
    if export.state != Export.State.READY:
        raise Http404
    answer = as_download(
        export.file,
        name=f"registrations.{export.file_format}",
        content_type=exporting.CONTENT_TYPES[export.file_format],
    )
    _record(request, export.filters["events"], export.file_format, export.rows)
    return answer


@task()
def make_export(export_pk: int) -> None:
    """Make the file, of what the one who asked sees by now; a second run makes it anew."""
    export = Export.objects.filter(pk=export_pk).exclude(state=Export.State.READY).first()
    if export is None:
        return
    user = get_user_model()._default_manager.get(pk=export.user_id)  # noqa: SLF001 - Django's documented name
    try:
        with override(_language_of(user)):
            rows = listed(user, QueryDict(export.filters["query"]), EXPORT)
            exporting.make(export, list(rows.values_list("pk", flat=True)))
    except Exception:
        exporting.give_up(export)
        raise


def _record(request: HttpRequest, events: Collection[int], file_format: str, people: int) -> None:
    record_access(
        user=request.user,
        event_id=next(iter(events)) if len(events) == 1 else None,
        what=f"registrations, {file_format}",
        people=people,
    )


def _own(request: HttpRequest, public_id: uuid.UUID) -> Export:
    export = get_object_or_404(Export, public_id=public_id, user=request.user.pk)
    reach = events_where(request.user, Act.EXPORT_REGISTRATIONS)
    if reach is not None and not set(export.filters["events"]) <= reach:
        raise Http404
    return export


def _may_export(user: Any) -> bool:
    return policy_of(Registration).user_has_permission(user, EXPORT)


def _language_of(user: Any) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile.get_preferred_language() if profile else "") or "en"


def _page(**own: Any) -> dict[str, Any]:
    return {"page_title": _("Export"), "header_icon": "download", "at_once": exporting.AT_ONCE, **own}
