"""The catalogue's CSV files turned into rows that are not yet saved. Reads files, writes nothing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from django.core.exceptions import ValidationError
from django.db import models

from .countries import Country, PartyStatus, Rppo
from .csvfile import Row, read_rows
from .regions import FaoRegion, Income, Status, WorkshopRegion
from .texts import Texts

DATA = Path(__file__).parent / "data"

CONVENTION_IN_FORCE = dt.date(1952, 4, 3)
"""From when a country's status of 2017 is counted: the dates of adherence are not in the sources."""

_NAME_COLUMNS = MappingProxyType(
    {"en": "en", "fr": "fr", "es": "es", "ar": "ar", "zh-hans": "zh", "ru": "ru"}
)
_STATUS = MappingProxyType(
    {
        "CP": Status.CONTRACTING_PARTY,
        "NCP": Status.NON_CONTRACTING_PARTY,
        "territory": Status.TERRITORY,
        "uncertain": Status.UNCERTAIN,
    }
)
_FAO_REGION = MappingProxyType(
    {
        "": "",
        "Africa": FaoRegion.AFRICA,
        "Asia": FaoRegion.ASIA,
        "Europe": FaoRegion.EUROPE,
        "Latin America and the Caribbean": FaoRegion.LATIN_AMERICA,
        "Near East": FaoRegion.NEAR_EAST,
        "North America": FaoRegion.NORTH_AMERICA,
        "Southwest Pacific": FaoRegion.SOUTHWEST_PACIFIC,
    }
)
_WORKSHOP_REGION = MappingProxyType(
    {
        "": "",
        "Africa": WorkshopRegion.AFRICA,
        "Asia": WorkshopRegion.ASIA,
        "Caribbean": WorkshopRegion.CARIBBEAN,
        "Central and Eastern Europe and Central Asia": WorkshopRegion.EUROPE_CENTRAL_ASIA,
        "Latin America": WorkshopRegion.LATIN_AMERICA,
        "Near East and North Africa": WorkshopRegion.NEAR_EAST_NORTH_AFRICA,
        "Southwest Pacific": WorkshopRegion.SOUTHWEST_PACIFIC,
    }
)
_INCOME = MappingProxyType(
    {
        "": "",
        "Low": Income.LOW,
        "Lower middle": Income.LOWER_MIDDLE,
        "Upper middle": Income.UPPER_MIDDLE,
        "High": Income.HIGH,
    }
)
_YES_NO = MappingProxyType({"yes": True, "no": False})


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """A country and its statuses by date, not saved."""

    country: Country
    statuses: tuple[PartyStatus, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the files of one folder say."""

    countries: tuple[CountryEntry, ...]
    rppos: tuple[Rppo, ...]


def read_catalogue(folder: Path = DATA) -> Catalogue:
    """Read the folder's files; `*_added.csv` and `status_changes.csv` may be absent.

    Raises `CsvError` with file, line and reason for the first thing that cannot be used.
    """
    names = _by_key(
        _read(folder, "country_names_six_languages.csv", ["iso2", *_NAME_COLUMNS.values(), "formal_en"])
    )
    added = _by_key(_read_if_there(folder, "names_added.csv", ["iso2", *_NAME_COLUMNS.values()]))
    changes = _by_key(_read_if_there(folder, "status_changes.csv", ["iso2", "status", "since", "basis"]))
    facts = _read(folder, "contracting_parties.csv", [
        "iso2", "iso3", "m49", "name_en", "status_2017_10", "status_2025", "status_basis",
        "fao_region", "workshop_region_suggested", "wb_income", "ldc", "lldc", "sids",
    ])  # fmt: skip
    _refuse_strangers(_by_key(facts), names, added, changes)
    return Catalogue(
        countries=tuple(_country_entry(row, names, added, changes) for row in facts),
        rppos=_read_rppos(folder),
    )


def _read(folder: Path, name: str, columns: Sequence[str]) -> list[Row]:
    """The rows of a file whose first needed column is its key."""
    return read_rows(folder / name, columns=columns, key=columns[0])


def _read_if_there(folder: Path, name: str, columns: Sequence[str]) -> list[Row]:
    return _read(folder, name, columns) if (folder / name).exists() else []


def _by_key(rows: list[Row]) -> dict[str, Row]:
    return {row.cells[next(iter(row.cells))].strip(): row for row in rows}


def _refuse_strangers(countries: dict[str, Row], *others: dict[str, Row]) -> None:
    """A misspelt code in a companion file would otherwise be passed over in silence."""
    for rows in others:
        for code, row in rows.items():
            if code not in countries:
                raise row.error(f"{code!r} is not in contracting_parties.csv.")


def _country_entry(
    row: Row, names: dict[str, Row], added: dict[str, Row], changes: dict[str, Row]
) -> CountryEntry:
    code = row["iso2"]
    named = names.get(code)
    country = Country(
        iso2=code,
        iso3=row["iso3"],
        m49=row["m49"],
        name=_texts(Texts(en=row["name_en"]), named, added.get(code)),
        formal_name=named["formal_en"] if named else "",
        fao_region=row.one_of("fao_region", _FAO_REGION),
        workshop_region=row.one_of("workshop_region_suggested", _WORKSHOP_REGION),
        income=row.one_of("wb_income", _INCOME),
        ldc=row.one_of("ldc", _YES_NO),
        lldc=row.one_of("lldc", _YES_NO),
        sids=row.one_of("sids", _YES_NO),
    )
    _validate(row, country)
    return CountryEntry(country, _statuses(row, country, changes.get(code)))


def _texts(texts: Texts, *sources: Row | None) -> Texts:
    """`texts` with every filled name of the sources over it, the last source on top."""
    for source in sources:
        if source:
            texts.update({lang: source[cell] for lang, cell in _NAME_COLUMNS.items() if source[cell]})
    return texts


def _statuses(row: Row, country: Country, change: Row | None) -> tuple[PartyStatus, ...]:
    first = row.one_of("status_2017_10", _STATUS)
    latest = row.one_of("status_2025", _STATUS)
    if latest != (change.one_of("status", _STATUS) if change else first):
        raise row.error(
            "status_2025 differs from status_2017_10, and status_changes.csv does not say since when."
        )
    basis = f"Status in October 2017; the date it began was not found. {row['status_basis']}"
    statuses = [PartyStatus(country=country, status=first, since=CONVENTION_IN_FORCE, basis=basis[:300])]
    if change:
        statuses.append(
            PartyStatus(
                country=country, status=latest, since=_date(change, "since"), basis=change["basis"][:300]
            )
        )
    return tuple(statuses)


def _date(row: Row, column: str) -> dt.date:
    try:
        return dt.date.fromisoformat(row[column])
    except ValueError:
        raise row.error(f"{column} is {row[column]!r}; it must be a date such as 2020-01-31.") from None


def _read_rppos(folder: Path) -> tuple[Rppo, ...]:
    added = _by_key(_read_if_there(folder, "rppo_names_added.csv", ["acronym", *_NAME_COLUMNS.values()]))
    rows = _read(folder, "rppos.csv", ["acronym", "name", "area", "seat"])
    return tuple(_rppo(row, added.get(row["acronym"])) for row in rows)


def _rppo(row: Row, added: Row | None) -> Rppo:
    name = _texts(Texts(en=row["name"]), added)
    rppo = Rppo(acronym=row["acronym"], name=name, area=row["area"], seat=row["seat"])
    _validate(row, rppo)
    return rppo


def _validate(row: Row, instance: models.Model) -> None:
    try:
        instance.clean_fields(exclude=["id"])
    except ValidationError as error:
        field, reasons = next(iter(error.message_dict.items()))
        raise row.error(f"{field}: {' '.join(reasons)}") from None
