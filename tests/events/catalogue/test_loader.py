import datetime as dt
import shutil

import pytest

from events.catalogue.csvfile import CsvError
from events.catalogue.loader import DATA, read_catalogue
from events.catalogue.regions import FaoRegion, Income, Status, WorkshopRegion
from events.catalogue.texts import LANGUAGES


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped files, to be spoilt."""
    return shutil.copytree(DATA, tmp_path / "data")


def spoil(folder, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def complaint(folder) -> str:
    with pytest.raises(CsvError) as error:
        read_catalogue(folder)
    return str(error.value)


def by_code():
    return {entry.country.iso2: entry for entry in read_catalogue().countries}


def test_every_country_and_rppo_has_a_name_in_six_languages():
    catalogue = read_catalogue()
    names = [entry.country.name for entry in catalogue.countries] + [rppo.name for rppo in catalogue.rppos]
    assert len(catalogue.countries) == 228
    assert len(catalogue.rppos) == 10
    assert all(set(name) == set(LANGUAGES) and all(name.values()) for name in names)


def test_arabic_names_are_in_reading_order():
    arabic = [entry.country.name["ar"] for entry in read_catalogue().countries]
    assert [name for name in arabic if " - " in name or "- " in name or "_" in name] == []
    assert by_code()["BO"].country.name["ar"] == "دولة بوليفيا المتعددة القوميات"


def test_names_are_those_of_the_united_nations():
    assert by_code()["FK"].country.name["en"] == "Falkland Islands (Malvinas)"
    longest = by_code()["GB"].country.name
    assert longest["en"] == "United Kingdom of Great Britain and Northern Ireland"
    assert longest["zh-hans"] == "大不列颠及北爱尔兰联合王国"


def test_the_facts_of_a_country():
    country = by_code()["UZ"].country
    assert (country.iso3, country.m49, country.formal_name) == ("UZB", "860", "the Republic of Uzbekistan")
    assert (country.fao_region, country.workshop_region) == (
        FaoRegion.ASIA,
        WorkshopRegion.EUROPE_CENTRAL_ASIA,
    )
    assert (country.income, country.ldc, country.lldc, country.sids) == (
        Income.LOWER_MIDDLE,
        False,
        True,
        False,
    )


def test_statuses_by_date_with_their_basis():
    statuses = by_code()["UZ"].statuses
    assert [(each.status, each.since) for each in statuses] == [
        (Status.NON_CONTRACTING_PARTY, dt.date(1952, 4, 3)),
        (Status.CONTRACTING_PARTY, dt.date(2020, 1, 1)),
    ]
    assert statuses[0].basis.startswith("Status in October 2017; the date it began was not found.")
    assert "IPPC news 2024-03-27" in statuses[1].basis
    assert [each.status for each in by_code()["AO"].statuses] == [
        Status.NON_CONTRACTING_PARTY,
        Status.UNCERTAIN,
    ]


@pytest.mark.parametrize(
    "name,old,new,said",
    [
        (
            "contracting_parties.csv",
            "AL,ALB,008,Albania,CP",
            "AL,ALB,008,Albania,XX",
            "line 3: status_2017_10 is 'XX'",
        ),
        ("contracting_parties.csv", "AL,ALB,008", "ALB,ALB,008", "not in contracting_parties.csv"),
        ("contracting_parties.csv", "AL,ALB,008", "AL,ALBA,008", "line 3: iso3: "),
        ("contracting_parties.csv", "AL,ALB", "AF,ALB", "line 3: iso2 'AF' is already on line 2."),
        ("contracting_parties.csv", "ldc,lldc", "ldk,lldc", "line 1: the column ldc is missing."),
        ("country_names_six_languages.csv", "AL,ALB,008,Albania", "AL,ALB,008", "line 3: there are 10 cells"),
        ("status_changes.csv", "2023-08-09", "9 August 2023", "line 2: since is '9 August 2023'"),
        ("names_added.csv", "AS,,", "A5,,", "line 10: 'A5' is not in contracting_parties.csv."),
        ("rppos.csv", "EPPO,", "APPPC,", "line 6: acronym 'APPPC' is already on line 2."),
    ],
)
def test_complaints_name_file_line_and_reason(folder, name, old, new, said):
    spoil(folder, name, old, new)
    assert said in complaint(folder)


def test_a_status_of_2025_that_nothing_explains_is_a_complaint(folder):
    (folder / "status_changes.csv").unlink()
    assert "status_changes.csv does not say since when" in complaint(folder)


def test_a_folder_without_our_own_additions_is_enough(folder):
    (folder / "names_added.csv").unlink()
    (folder / "rppo_names_added.csv").unlink()
    catalogue = read_catalogue(folder)
    assert {entry.country.iso2: entry.country.name for entry in catalogue.countries}["AS"] == {
        "en": "American Samoa"
    }
