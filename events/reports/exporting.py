"""Tables as files: at once when they are short, else by the worker, kept for a day for who asked."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from ..access.cells import safe_cell
from ..files import contents
from ..files.workbook import Sheet, workbook
from ..registration.dossier import Answer
from ..registration.models import Registration
from .models import Export
from .registrations import FIELDS, RELATED, WIDTHS, Table, answers_to, asked_in, table_of

AT_ONCE = 5_000
"""Longer tables are made by the worker."""

KEPT = dt.timedelta(days=1)
_STEP = 1_000

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": contents.CONTENT_TYPES["xlsx"],
}

Lines = Iterable[Sequence[str]]


def as_csv(lines: Lines) -> bytes:
    """CSV (RFC 4180) in UTF-8 with a mark for Excel; an apostrophe before what looks like a formula."""
    file = io.StringIO()
    csv.writer(file).writerows([safe_cell(text) for text in line] for line in lines)
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Lines) -> bytes:
    """A workbook in which every cell is text."""
    title = gettext("Registrations")
    return workbook([Sheet(title, lines, WIDTHS, bold=frozenset({0}), frozen="B2")])


WRITERS: dict[str, Callable[[Lines], bytes]] = {"csv": as_csv, "xlsx": as_xlsx}


def file_of(rows: Sequence[Registration], file_format: str) -> bytes:
    """The table of these rows, which came by `shown`. One query, and two once a minute."""
    heading, lines = table_of(rows)
    return WRITERS[file_format](chain([heading], lines))


def shown(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """The rows with what the table shows of them, and nothing else."""
    return rows.select_related(*RELATED).only(*FIELDS)


def ask_for_export(
    *, user: AbstractBaseUser, query: str, events: Sequence[int], rows: int, file_format: str
) -> Export:
    """Write down that somebody wants the list that `query` shows of these events. The worker makes it."""
    filters = {"query": query, "events": sorted(events)}
    return Export.objects.create(user_id=user.pk, filters=filters, rows=rows, file_format=file_format)


def make(export: Export, keys: Sequence[int]) -> None:
    """Make the file of the rows with these keys, in their order, and say how far it is meanwhile."""
    Export.objects.filter(pk=export.pk).update(state=Export.State.RUNNING, rows=len(keys), rows_done=0)
    events = export.filters["events"]
    answered = Answer.objects.filter(registration__event__in=events).order_by()
    table = Table(asked_in(events), set(answered.values_list("question", flat=True).distinct()))
    content = WRITERS[export.file_format](chain([table.heading()], _in_steps(export, table, keys)))
    export.file.save(f"registrations.{export.file_format}", ContentFile(content), save=False)
    Export.objects.filter(pk=export.pk).update(
        state=Export.State.READY, rows_done=len(keys), file=export.file.name, ended_at=timezone.now()
    )


def _in_steps(export: Export, table: Table, keys: Sequence[int]) -> Iterator[list[str]]:
    """The lines, two queries for each thousand."""
    remaining, done = iter(keys), 0
    while step := list(islice(remaining, _STEP)):
        found = shown(Registration.objects.all()).in_bulk(step)
        rows = [found[key] for key in step if key in found]
        yield from table.lines(rows, answers_to(rows))
        done += len(step)
        Export.objects.filter(pk=export.pk).update(rows_done=done)


def give_up(export: Export) -> None:
    """Say that the file could not be made."""
    Export.objects.filter(pk=export.pk).update(state=Export.State.FAILED, ended_at=timezone.now())


def forget_exports() -> int:
    """Delete the exports of yesterday with their files; how many."""
    old: Any = Export.objects.filter(created_at__lte=timezone.now() - KEPT)
    rows = list(old)
    with transaction.atomic():
        old.filter(pk__in=[row.pk for row in rows]).delete()
        for row in rows:
            if row.file:
                transaction.on_commit(lambda file=row.file: file.storage.delete(file.name))  # type: ignore[misc]
    return len(rows)
