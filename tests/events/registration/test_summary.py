import pytest

from events.catalogue.models import Category, Country, Rppo
from events.catalogue.texts import Texts
from events.registration.models import Registration
from events.registration.summary import answers_in_words


def registration(**changes):
    values = {
        "category": Category(label=Texts(en="Delegate")),
        "name": "Ana",
        "email": "ana@example.org",
        "representing": "other",
        "gender": "not-said",
        "languages": ["en", "zh-hans", "gone"],
        "language": "ru",
    }
    return Registration(**values | changes)


def words(**changes):
    return {answer.field: answer.words for answer in answers_in_words(registration(**changes))}


def test_what_was_not_answered_stays_away():
    assert words() == {
        "category": "Delegate",
        "name": "Ana",
        "email": "ana@example.org",
        "representing": "Myself",
        "gender": "Prefer not to say",
        "languages": "English, 中文",
        "language": "Русский",
    }


@pytest.mark.parametrize(
    "changes,represented",
    [
        ({"representing": "country", "country": Country(name=Texts(en="Viet Nam"))}, "Viet Nam"),
        ({"representing": "rppo", "rppo": Rppo(acronym="EPPO", name=Texts(en="Europe"))}, "EPPO – Europe"),
        ({"representing": "organization", "organization": "FAO"}, "FAO"),
        ({"representing": "other", "organization": "A laboratory"}, "A laboratory"),
    ],
)
def test_what_is_represented_is_named(changes, represented):
    assert words(**changes)["representing"] == represented


def test_own_words_and_nationality_are_shown_where_given():
    shown = words(
        gender="self-described", gender_described="my own", nationality=Country(name=Texts(en="Kenya"))
    )
    assert (shown["gender"], shown["nationality"]) == ("my own", "Kenya")
