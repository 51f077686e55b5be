import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.proposals.choice import Choice, choice_in


@pytest.mark.parametrize(
    "query, choice",
    [
        ({}, Choice()),
        ({"when": "past"}, Choice(when="past")),
        ({"when": "soon", "country": "K", "month": "2027-13", "region": "moon"}, Choice()),
        ({"country": "ke", "month": "2027-05"}, Choice(country="KE", month="2027-05")),
        ({"month": "٢٠٢٧-٠٥", "country": "ΚΕ"}, Choice()),
        (
            {"region": "none", "level": "global", "language": "zh-hans"},
            Choice(region="none", level="global", language="zh-hans"),
        ),
        ({"month": "2027-05\n"}, Choice()),
    ],
)
def test_what_an_address_asks_for(query, choice):
    assert choice_in(query) == choice


def test_the_days_of_a_month():
    assert Choice(month="2028-02").days == (dt.date(2028, 2, 1), dt.date(2028, 2, 29))


def test_the_query_leaves_out_what_is_asked_by_default():
    assert Choice().query() == ""
    assert Choice(when="past", country="KE").query(country="") == "when=past"


@given(st.dictionaries(st.sampled_from(sorted(Choice.__slots__)), st.text(max_size=8)))
def test_no_address_is_a_fault(query):
    choice_in(query).query()
