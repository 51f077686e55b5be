import unicodedata
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.catalogue.models import Category, Event
from events.registration.forms import RegistrationForm
from events.registration.models import Registration
from events.registration.windows import Offer
from tests.factories import make_country, make_rppo

from .walking import typed

DELEGATE, FULL = Category(pk=1, letter="D"), Category(pk=2, letter="F")
ANY = st.text(st.characters(exclude_categories=()), max_size=200)


def form(
    *, offers: list[Offer] | None = None, asks_nationality: bool = False, **changes: Any
) -> RegistrationForm:
    data = QueryDict(mutable=True)
    for name, value in typed(**changes).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    offers = offers or [Offer(DELEGATE, is_full=False), Offer(FULL, is_full=True)]
    return RegistrationForm(data, event=Event(asks_nationality=asks_nationality), offers=offers)


def without_country(**changes: Any) -> RegistrationForm:
    """A form that needs no row of the database."""
    return form(representing="other", country=None, **changes)


def first_error(judged: RegistrationForm, name: str) -> str:
    return judged.errors[name][0]


@pytest.mark.django_db
def test_the_answers_are_the_fields_of_a_registration():
    country = make_country("VN", "Viet Nam")
    judged = form(name="  Anh\tTuyết ", rppo="NONE", organization="Ministry")
    assert judged.is_valid(), judged.errors
    assert judged.answers() == {
        "name": "Anh Tuyết",
        "email": "anh@example.org",
        "representing": "country",
        "country": country,
        "rppo": None,
        "organization": "",
        "function": "Head of the NPPO",
        "gender": "woman",
        "gender_described": "",
        "languages": ["en", "fr"],
        "language": "fr",
    }
    assert judged.chosen_category == DELEGATE


@pytest.mark.django_db
def test_posting_the_cleaned_answers_gives_the_same_answers():
    make_country("VN", "Viet Nam")
    first = form(name=" A\x00nh  Tuyết", gender="self-described", gender_described=" my  own ")
    assert first.is_valid()
    again = QueryDict(mutable=True)
    for name, value in first.as_posted():
        again.appendlist(name, value)
    second = RegistrationForm(
        again, event=Event(), offers=[Offer(DELEGATE, is_full=False), Offer(FULL, is_full=True)]
    )
    assert second.is_valid(), second.errors
    assert second.cleaned_data == first.cleaned_data


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind,field,words",
    [
        ("country", "country", "Choose the country or territory that you represent."),
        ("rppo", "rppo", "Choose the organization that you represent."),
        ("organization", "organization", "Enter the name of the organization that you represent."),
    ],
)
def test_what_is_represented_needs_its_name(kind, field, words):
    judged = form(representing=kind, country=None, rppo=None, organization=None)
    assert judged.errors == {field: [words]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind,kept",
    [
        ("country", ("VN", None, "")),
        ("rppo", (None, "EPPO", "")),
        ("organization", (None, None, "FAO")),
        ("other", (None, None, "FAO")),
    ],
)
def test_answers_that_were_not_asked_for_are_dropped(kind, kept):
    make_country("VN", "Viet Nam")
    make_rppo("EPPO")
    judged = form(representing=kind, rppo="EPPO", organization="FAO")
    assert judged.is_valid(), judged.errors
    answers = judged.answers()
    country, rppo = answers["country"], answers["rppo"]
    assert (country and country.iso2, rppo and rppo.acronym, answers["organization"]) == kept


@pytest.mark.django_db
def test_an_error_in_an_answer_that_was_not_asked_for_stops_nobody():
    make_country("VN", "Viet Nam")
    assert form(organization="x" * 1_000, rppo="no such").is_valid()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["XX", "vn", "\x00", "\ud800", "V" * 1_000, "1", "'; --"])
def test_a_country_that_is_not_in_the_list_is_refused(code):
    make_country("VN", "Viet Nam")
    assert first_error(form(country=code), "country") == "Choose one from the list."


@pytest.mark.django_db
def test_both_countries_cost_one_query(django_assert_num_queries):
    country, other = make_country("VN", "Viet Nam"), make_country("KE", "Kenya")
    judged = form(asks_nationality=True, nationality="KE")
    with django_assert_num_queries(1):
        assert judged.is_valid(), judged.errors
    assert (judged.answers()["country"], judged.answers()["nationality"]) == (country, other)


@pytest.mark.django_db
def test_countries_stand_in_the_order_of_their_names_not_of_their_accents():
    make_country("ZM", "Zambia")
    make_country("AE", "Émirats")
    make_country("FR", "France")
    options = [str(label) for _code, label in form().fields["country"].widget.choices]
    assert options == ["Choose from the list", "Émirats", "France", "Zambia"]


def test_nationality_is_asked_where_the_event_asks_for_it():
    assert "nationality" not in without_country().fields
    asked = without_country(asks_nationality=True)
    assert asked.errors == {"nationality": ["Choose your nationality."]}


def test_a_single_category_is_not_asked_for():
    judged = without_country(offers=[Offer(DELEGATE, is_full=False)], category=None)
    assert judged.is_valid(), judged.errors
    assert "category" not in judged.fields
    assert judged.chosen_category == DELEGATE


def test_a_full_category_is_shown_and_refused():
    judged = without_country(category="F")
    assert first_error(judged, "category") == "No place is left in this category. Choose another one."
    assert judged.is_refused_for_places
    full = next(radio for radio in judged["category"] if radio.data["value"] == "F")
    assert full.data["attrs"]["disabled"] is True
    assert full.choice_label.endswith("no place left")


def test_a_category_of_another_event_is_no_choice():
    judged = without_country(category="Z")
    assert not judged.is_valid()
    assert not judged.is_refused_for_places


@pytest.mark.parametrize(
    "name,words",
    [
        ("", "Enter your name."),
        ("   ", "Enter your name."),
        ("\u200b\u200b", "Enter at least one letter or digit."),
        ("\u202e", "Enter at least one letter or digit."),
        ("😀", "Enter at least one letter or digit."),
        ("x" * 121, "Use 120 characters or fewer. There are 121 now."),
        ("x" * 10_000, "Use 120 characters or fewer. There are 10000 now."),
    ],
)
def test_what_is_no_name_is_refused_in_words_and_kept(name, words):
    judged = without_country(name=name)
    assert first_error(judged, "name") == words
    assert judged["name"].value() == name


def test_a_name_as_long_as_allowed_is_taken_after_cleaning():
    assert without_country(name="\u200b" * 50 + "王" * 120).is_valid()


@pytest.mark.parametrize(
    "email,words",
    [
        ("", "Enter your e-mail address."),
        ("anh", "Enter an e-mail address in the correct format, like name@example.org."),
        ("anh@", "Enter an e-mail address in the correct format, like name@example.org."),
        ("a@b@example.org", "Enter an e-mail address in the correct format, like name@example.org."),
        ("x" * 250 + "@example.org", "Use 254 characters or fewer. There are 262 now."),
    ],
)
def test_what_is_no_address_is_refused_in_words(email, words):
    assert first_error(without_country(email=email), "email") == words


@pytest.mark.parametrize(
    "email",
    [
        "anh@example.org\r\nBcc: x@example.org",
        "anh\n@example.org",
        "anh\x00@example.org",
        "anh\u200b@example.org",
        "аnh@example.org",
        "anh@exämple.org",
        "\u202eanh@example.org",
        "anh@example.org\ud800",
        "anh\ufeff@example.org",
    ],
)
def test_an_address_holds_nothing_invisible_and_no_look_alikes(email):
    words = "Use only plain Latin letters, digits and signs in the e-mail address, without spaces."
    assert first_error(without_country(email=email), "email") == words


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(name=ANY, organization=ANY, function=ANY, email=ANY | st.emails(), described=ANY)
def test_whatever_is_typed_is_cleaned_or_refused(name, organization, function, email, described):
    judged = without_country(
        name=name,
        organization=organization,
        function=function,
        email=email,
        gender="self-described",
        gender_described=described,
    )
    judged.full_clean()
    for field in {"name", "organization", "function", "gender_described"} - judged.errors.keys():
        text = judged.cleaned_data[field]
        assert unicodedata.is_normalized("NFC", text)
        assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in text)
        assert len(text) <= judged.fields[field].longest
    if "email" not in judged.errors:
        assert judged.cleaned_data["email"].isascii()
        assert judged.cleaned_data["email"].isprintable()


def test_consent_is_needed():
    words = "We can register you only if you agree. Tick the box to go on."
    assert without_country(consent=None).errors == {"consent": [words]}


@pytest.mark.parametrize(
    "changes", [{"languages": ["en", "xx"]}, {"language": "de"}, {"gender": "x"}, {"representing": "x"}]
)
def test_a_choice_outside_the_list_is_refused(changes):
    judged = form(**({"country": None} | changes))
    judged.errors.pop("country", None)
    assert list(judged.errors) == list(changes)


@pytest.mark.parametrize("gender,kept", [("woman", ""), ("self-described", "my own")])
def test_own_words_belong_to_their_answer(gender, kept):
    judged = without_country(gender=gender, gender_described="my own")
    assert judged.is_valid()
    assert judged.answers()["gender_described"] == kept


def test_the_form_asks_for_nothing_that_a_registration_does_not_keep():
    kept = {field.name for field in Registration._meta.get_fields()}
    assert set(RegistrationForm.base_fields) - kept == {"consent"}
