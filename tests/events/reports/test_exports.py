import csv
import io
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from events.access.models import AccessRecord
from events.catalogue.designations import DISCLAIMER
from events.checkin.services import scan
from events.registration.models import Registration
from events.registration.states import State
from events.reports.exports import participants_csv, participants_pdf, participants_xlsx
from events.reports.selectors import participants_of
from tests.factories import make_category, make_country, make_event, make_gate, make_registration, make_rppo

pytestmark = pytest.mark.django_db
EVIL = "=cmd|' /C calc'!A0"


@pytest.fixture
def event():
    event = make_event("IPC", title={"en": "Conference"})
    category = make_category(event, "D", label={"en": "Delegate"})
    kenya, chile = make_country("KE", "Kenya"), make_country("CL", "Chile")
    eppo = make_rppo("EPPO", name={"en": "EPPO, European"})
    people = [
        {"name": "Zoë", "representing": "country", "country": kenya, "function": "Head"},
        {"name": "Amina", "representing": "country", "country": kenya, "function": "Inspector"},
        {"name": "Pedro", "representing": "country", "country": chile, "function": "+1"},
        {"name": "Eva", "representing": "rppo", "rppo": eppo, "function": "Officer"},
        {"name": EVIL, "representing": "other", "organization": "@Lab", "function": "-2"},
        {"name": "Gone", "representing": "other", "organization": "Lab"},
    ]
    rows = [make_registration(event, category, **({"organization": ""} | person)) for person in people]
    Registration.objects.filter(name="Gone").update(state=State.WITHDRAWN)
    scan(scan_id=uuid.uuid4(), gate=make_gate(event), text=rows[0].ticket.code, scanned_at=timezone.now())
    return event


EXPECTED = [
    ["Countries and territories", "Chile", "Pedro", "+1", "Delegate", "no"],
    ["Countries and territories", "Kenya", "Amina", "Inspector", "Delegate", "no"],
    ["Countries and territories", "Kenya", "Zoë", "Head", "Delegate", "yes"],
    ["Regional plant protection organizations", "EPPO – EPPO, European", "Eva", "Officer", "Delegate", "no"],
    ["Other participants", "@Lab", EVIL, "-2", "Delegate", "no"],
]
HEAD = ["Group", "Representing", "Name", "Function", "Category", "Attended"]


def test_a_workbook_without_formulas(event):
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(participants_xlsx(event, participants_of(event)))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "List of participants – Conference – IPC"
    assert [list(row) for row in rows[1:7]] == [HEAD, *EXPECTED]
    assert rows[8][0] == str(DISCLAIMER)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_csv_without_formulas(event):
    text = participants_csv(event, participants_of(event)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[:5] == [HEAD, [*EXPECTED[0][:3], "'+1", *EXPECTED[0][4:]], *EXPECTED[1:4]]
    assert rows[5] == ["Other participants", "'@Lab", f"'{EVIL}", "'-2", "Delegate", "no"]
    assert rows[7] == [str(DISCLAIMER)]


def test_only_who_came(event):
    assert [person.name for person in participants_of(event, attended_only=True)] == ["Zoë"]


def test_the_list_costs_two_queries(event, django_assert_num_queries):
    for number in range(20):
        make_registration(event, representing="country", country=make_country(f"{number:02}", "X"))
    with django_assert_num_queries(2):
        participants_xlsx(event, participants_of(event))


def test_a_pdf_with_every_script():
    event = make_event(is_demonstration=True, title={"en": "Conference", "ar": "المؤتمر"})
    for name in (
        "محمد الهاشمي",
        "王小明",
        "Константин",
        "Nguyễn Thị Minh",
        "#set page(width: 1cm)",
        "*x* $y$ \\ #",
    ):
        make_registration(event, name=name, representing="country", country=make_country())
    for language in ("en", "ar"):
        with translation.override(language):
            pdf = participants_pdf(event, participants_of(event))
        assert pdf.startswith(b"%PDF-1.7")
        assert len(pdf) < 400_000


@pytest.mark.parametrize("kind", ["xlsx", "csv", "pdf"])
def test_the_command_writes_a_file_and_leaves_a_record(event, tmp_path, capsys, kind):
    file = tmp_path / f"list.{kind.upper()}"
    call_command("participants", "ipc", "--out", str(file))
    assert file.stat().st_size > 200
    assert capsys.readouterr().out == f"5 participants of IPC in {file}\n"
    record = AccessRecord.objects.get()
    assert (record.event, record.what, record.people) == (event, f"list of participants, {kind}", 5)


@pytest.mark.parametrize(
    "code, name, words",
    [("NONE", "a.csv", "no event"), ("IPC", "a.doc", "ending"), ("IPC", "none/a.csv", "cannot be written")],
)
def test_the_command_says_what_is_wrong(event, tmp_path, code, name, words):
    with pytest.raises(CommandError, match=words):
        call_command("participants", code, "--out", str(tmp_path / name))
    assert not AccessRecord.objects.exists()
