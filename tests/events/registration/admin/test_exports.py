"""The list as a file: at once or by the worker, inert, and only for who may."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.access.models import AccessRecord, Membership
from events.access.roles import Role
from events.catalogue.models import Event
from events.registration.admin.exports import make_export
from events.reports import exporting
from events.reports.models import Export
from tests.events.access.two_events import make_user
from tests.events.registration.crowd import answer, crowd
from tests.factories import make_category, make_event, make_question, make_registration, make_set

pytestmark = pytest.mark.django_db
LIST = "/admin/registration/"
BEFORE_THE_LIST = 5  # session, account, rights on pages, roles, language
OF_THE_EXPORT = 3  # rows, answers, the record of who saw them


@pytest.fixture
def event(client: Client) -> Event:
    event = make_event("SYMPOSIUM", capacity=50_000)
    make_category(event, "P", needs_approval=True)
    client.force_login(make_user("registrar@example.org", (event, Role.REGISTRAR)))
    return event


def lines_of(answer: Any) -> list[list[str]]:
    body = answer.content if hasattr(answer, "content") else b"".join(answer.streaming_content)
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def test_answers_are_columns_in_the_words_of_the_reader(event: Event, client: Client) -> None:
    questions = make_set(event)
    diet = make_question(questions, "diet", "choice", choices=["vegan"], position=1)
    topics = make_question(questions, "topics", "choices", choices=["seeds", "soil"], position=2)
    first, _second = make_registration(event, name="Amina"), make_registration(event, name="Sala")
    answer([first], diet, "vegan", "Végétalien")
    answer([first], topics, ["soil", "seeds"], "Sol, semences")
    lines = lines_of(client.get(LIST, {"export": "csv"}))
    assert lines[0][-2:] == ["diet", "topics"]
    assert {line[4]: line[-2:] for line in lines[1:]} == {
        "Amina": ["Vegan", "Soil, Seeds"], "Sala": ["", ""],
    }  # fmt: skip


def test_the_filter_holds_for_the_file(event: Event, client: Client) -> None:
    make_registration(event, name="Amina")
    make_registration(event, name="Sala")
    lines = lines_of(client.get(LIST, {"export": "csv", "q": "amina"}))
    assert [line[4] for line in lines[1:]] == ["Amina"]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
@pytest.mark.parametrize("people", [3, 2000])
@pytest.mark.usefixtures("process_cache")
def test_an_export_costs_three_queries_whatever_its_length(
    event: Event, client: Client, file_format: str, people: int, django_assert_num_queries: Any
) -> None:
    question = make_question(make_set(event), "diet", "choice", choices=["a"])
    answer(crowd(event, people, categories=list(event.categories.all())), question, "a", "A")
    client.get(LIST, {"export": file_format})
    with django_assert_num_queries(BEFORE_THE_LIST + OF_THE_EXPORT):
        assert client.get(LIST, {"export": file_format}).status_code == 200


EVIL = ["=HYPERLINK(1)", "+1", "-2", "@SUM(A1)"]


def test_no_cell_is_a_formula_also_not_an_answer_or_a_key(event: Event, client: Client) -> None:
    question = make_question(make_set(event), "free")
    for text in EVIL:
        answer([make_registration(event, name=text, function=text)], question, text, text)
    lines = lines_of(client.get(LIST, {"export": "csv"}))
    assert sorted(line[-1] for line in lines[1:]) == sorted("'" + text for text in EVIL)
    assert not any(cell[:1] in {"=", "+", "-", "@", "\t"} for line in lines for cell in line)

    from openpyxl import load_workbook

    body = client.get(LIST, {"export": "xlsx"}).content
    cells = [cell for row in load_workbook(io.BytesIO(body)).active for cell in row]
    assert {cell.value for cell in cells} >= set(EVIL)
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "inlineStr"}


@pytest.fixture
def long_list(event: Event, client: Client, monkeypatch: pytest.MonkeyPatch) -> Export:
    """An export asked for, of a list that is too long to be sent at once."""
    monkeypatch.setattr(exporting, "AT_ONCE", 10)
    crowd(event, 12, categories=list(event.categories.all()))
    answered = client.get(LIST, {"export": "csv"})
    assert answered.status_code == 302
    assert "12" in client.get(answered["Location"]).content.decode()
    assert not Export.objects.exists()
    page = client.post(answered["Location"])
    export = Export.objects.get()
    assert page["Location"] == reverse("registration:export_state", args=(export.public_id,))
    return export


def test_a_long_list_is_made_by_the_worker(long_list: Export, client: Client) -> None:
    state = reverse("registration:export_state", args=(long_list.public_id,))
    file = reverse("registration:export_file", args=(long_list.public_id,))
    assert 'http-equiv="refresh"' in client.get(state).content.decode()
    assert client.get(file).status_code == 404
    make_export.call(long_list.pk)
    long_list.refresh_from_db()
    assert (long_list.state, long_list.rows, long_list.rows_done) == ("ready", 12, 12)
    assert file in client.get(state).content.decode()
    before = AccessRecord.objects.count()
    assert len(lines_of(client.get(file))) == 13
    assert AccessRecord.objects.count() == before + 1


def test_only_who_asked_fetches_it_and_only_while_a_registrar(
    event: Event, long_list: Export, client: Client
) -> None:
    make_export.call(long_list.pk)
    addresses = [
        reverse(f"registration:{name}", args=(long_list.public_id,))
        for name in ("export_state", "export_file")
    ]
    colleague = Client()
    colleague.force_login(make_user("colleague@example.org", (event, Role.REGISTRAR)))
    assert [colleague.get(address).status_code for address in addresses] == [404, 404]
    Membership.objects.filter(user=long_list.user).update(role=Role.VIEWER)
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_it_is_deleted_after_a_day_with_its_file(long_list: Export) -> None:
    make_export.call(long_list.pk)
    long_list.refresh_from_db()
    assert exporting.forget_exports() == 0
    Export.objects.update(created_at=timezone.now() - exporting.KEPT)
    assert exporting.forget_exports() == 1
    assert not Export.objects.exists()


def test_what_cannot_be_made_says_so(
    long_list: Export, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "make", lambda export, keys: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_export.call(long_list.pk)
    page = client.get(reverse("registration:export_state", args=(long_list.public_id,)))
    assert "could not be made" in page.content.decode()
