import datetime as dt
import shutil

import pytest
from django.core.management import CommandError, call_command

from events.catalogue.loader import DATA
from events.catalogue.models import Category, Country, Event, Family, PartyStatus, Rppo
from events.catalogue.services import (
    Added,
    add_categories,
    add_events,
    add_families,
    load_catalogue,
    reschedule,
)
from tests.factories import make_event, make_family

pytestmark = pytest.mark.django_db


def test_a_load_adds_everything_and_a_second_one_nothing():
    assert load_catalogue() == Added(countries=228, statuses=243, rppos=10)
    assert load_catalogue() == Added(countries=0, statuses=0, rppos=0)
    assert (Country.objects.count(), PartyStatus.objects.count(), Rppo.objects.count()) == (228, 243, 10)


def test_edits_of_the_staff_survive_a_second_load():
    load_catalogue()
    Country.objects.filter(iso2="SD").update(
        fao_region="africa", workshop_region="africa", name={"en": "The Sudan"}
    )
    PartyStatus.objects.filter(country__iso2="AO").delete()
    Rppo.objects.filter(acronym="COSAVE").update(seat="Montevideo")
    Country.objects.get(iso2="AN").delete()
    assert load_catalogue() == Added(countries=1, statuses=1, rppos=0)
    sudan = Country.objects.get(iso2="SD")
    assert (sudan.fao_region, sudan.workshop_region, sudan.name) == ("africa", "africa", {"en": "The Sudan"})
    assert not PartyStatus.objects.filter(country__iso2="AO").exists()
    assert Rppo.objects.get(acronym="COSAVE").seat == "Montevideo"


def test_a_file_that_cannot_be_read_loads_nothing(tmp_path):
    folder = shutil.copytree(DATA, tmp_path / "data")
    rppos = (folder / "rppos.csv").read_text(encoding="utf-8").splitlines()
    (folder / "rppos.csv").write_text("\n".join([*rppos, "SHORT,row"]), encoding="utf-8")
    with pytest.raises(
        CommandError,
        match=r"^Nothing was loaded\. rppos\.csv, line 12: there are 2 cells where the heading has 6\.$",
    ):
        call_command("load_catalogue", data=folder)
    assert not Country.objects.exists()


def test_the_command_tells_what_it_added(capsys):
    call_command("load_catalogue")
    call_command("load_catalogue")
    assert capsys.readouterr().out == (
        "Added 228 countries, 243 statuses, 10 RPPOs.\nAdded 0 countries, 0 statuses, 0 RPPOs.\n"
    )


def test_families_and_events_are_added_once():
    family = make_family("ephyto", name={"en": "Edited"})
    assert [each.slug for each in add_families(families=[Family(slug="ephyto"), Family(slug="cpm")])] == [
        "cpm"
    ]
    family.refresh_from_db()
    assert family.name == {"en": "Edited"}
    days = {"start_date": dt.date(2018, 1, 22), "end_date": dt.date(2018, 1, 26)}
    make_event("ephyto-2018", title={"en": "Edited"})
    new = [Event(code=code, family=family, **days) for code in ("EPHYTO-2018", "EPHYTO-2020")]
    assert [each.code for each in add_events(events=new)] == ["EPHYTO-2020"]
    assert Event.objects.get(code__iexact="EPHYTO-2018").title == {"en": "Edited"}


def test_categories_keep_their_order():
    event = make_event()
    add_categories(event=event, categories=[{"letter": "Z", "label": {"en": "z"}}, {"letter": "A"}])
    assert list(Category.objects.values_list("letter", "position")) == [("Z", 0), ("A", 1)]


def test_a_move_tells_calendars():
    event = make_event()
    opens = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    moved = reschedule(
        event=event,
        start_date=dt.date(2030, 6, 1),
        end_date=dt.date(2030, 6, 2),
        opens_at=opens,
        closes_at=opens + dt.timedelta(days=90),
    )
    assert (moved.start_date, moved.end_date, moved.sequence) == (dt.date(2030, 6, 1), dt.date(2030, 6, 2), 1)
    assert moved.registration_closes_at == dt.datetime(2030, 4, 1, tzinfo=dt.UTC)
