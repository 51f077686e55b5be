from hypothesis import given
from hypothesis import strategies as st

from events.reports.figures import (
    Figures,
    Recorded,
    RecordedTotal,
    Row,
    figures_by,
    figures_of,
    recorded_total,
)


def row(**fields) -> Row:
    values = {
        "event_id": 1,
        "name": "ana",
        "email": "ana@example.org",
        "country_id": 7,
        "is_country": True,
        "is_party": True,
        "is_confirmed": True,
        "was_admitted": True,
        "gender": "woman",
        "mode": "hybrid",
        "fao_region": "africa",
        "workshop_region": "africa",
    }
    return Row(**(values | fields))


def test_one_person_at_two_events():
    assert figures_of([row(), row(event_id=2)]) == Figures(1, 2, 1, 1)


def test_two_people_of_one_office_share_an_address():
    assert figures_of([row(), row(name="ben")]) == Figures(2, 2, 1, 1)


def test_who_was_admitted_but_is_not_confirmed_any_more_attended():
    assert figures_of([row(is_confirmed=False)]) == Figures(0, 1, 0, 0)


def test_who_did_not_come_takes_part_but_does_not_attend():
    assert figures_of([row(was_admitted=False)]) == Figures(1, 0, 1, 1)


def test_a_territory_is_no_party_and_the_european_union_no_country():
    territory, union = row(is_party=False, country_id=8), row(is_country=False, country_id=9, name="cem")
    assert figures_of([territory, union]) == Figures(2, 2, 1, 1)


def test_nobody():
    assert figures_of([]) == Figures(0, 0, 0, 0)


def test_in_parts():
    parts = figures_by([row(), row(event_id=2), row(event_id=2, name="ben")], lambda each: each.event_id)
    assert parts == {1: Figures(1, 1, 1, 1), 2: Figures(2, 2, 1, 1)}


@given(
    st.lists(
        st.builds(row, event_id=st.integers(1, 3), country_id=st.integers(1, 4), name=st.sampled_from("abc"))
    )
)
def test_the_whole_is_at_least_its_largest_part_and_at_most_their_sum(rows):
    whole, parts = figures_of(rows), figures_by(rows, lambda each: each.event_id).values()
    for name in ("participants", "attendances", "countries", "parties"):
        numbers = [getattr(part, name) for part in parts]
        assert max(numbers, default=0) <= getattr(whole, name) <= sum(numbers)


def test_recorded_counts_add_up_and_say_what_is_missing():
    rows = [Recorded("A", 29, 21), Recorded("B", None, None), Recorded("C", 22, None), Recorded("D", None, 4)]
    assert recorded_total(rows) == RecordedTotal(
        events_known=2, participants=51, missing=("B", "D"), events_with_countries=2, countries_at_most=25
    )
