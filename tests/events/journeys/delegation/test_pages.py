import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.delegations.link import token_of
from events.delegations.models import ContactPoint, Delegation
from events.files.workbook import Sheet, workbook
from events.once.form_keys import new_key
from events.outbox.models import Message
from events.registration.models import Counter, Registration, StateChange
from events.registration.services import set_capacity
from tests.factories import (
    make_category,
    make_contact_point,
    make_country,
    make_delegation,
    make_event,
    make_question,
    make_set,
)

pytestmark = pytest.mark.django_db

PERSON = {
    "role": "adviser",
    "category": "D",
    "name": "Wanjiku Mwangi",
    "email": "wanjiku@example.org",
    "function": "Inspector",
    "language": "en",
}
PDF = b"%PDF-1.7 signed %%EOF"
UNKNOWN = "This link does not work"


@pytest.fixture
def delegation():
    event = make_event("CPM-1")
    make_category(event, "D", label={"en": "Delegate"}, delegation_places=3)
    make_category(event, "O", label={"en": "Observer"}, delegation_places=1)
    make_category(event, "S", label={"en": "Secretariat"}, delegation_places=0)
    return make_delegation(event)


def at(delegation, page=""):
    return f"/en/delegations/{token_of(delegation)}/{page}"


def post(client, delegation, page, **data):
    return client.post(at(delegation, page), {"key": new_key()} | data)


def nominated(client, delegation, **changed):
    response = post(client, delegation, "nominate/", **PERSON | changed)
    assert response.status_code == 303, response.content.decode()
    return Registration.objects.get(email=(PERSON | changed)["email"])


def taken(delegation):
    own = delegation.counters.filter(category__letter="D").values_list("taken", flat=True).get()
    whole = delegation.counters.filter(category=None).values_list("taken", flat=True).get()
    event = Counter.objects.filter(event=delegation.event, category=None, delegation=None)
    return own, whole, event.values_list("taken", flat=True).get()


def test_the_page_tells_places_people_and_the_letter(client, delegation):
    page = client.get(at(delegation)).content.decode()
    assert "Kenya" in page
    assert "3 of 3 places left" in page
    assert "Secretariat" not in page.split("<h2>Places</h2>")[1].split("<h2")[0]
    assert "Nobody is nominated yet." in page


def test_links_that_open_nothing_get_one_same_answer(client, delegation):
    revoked = token_of(delegation)
    delegation.link_version += 1
    delegation.save()
    foreign = make_delegation(make_event(), make_contact_point(make_country("FR", "France")))
    forged = token_of(foreign)[:-2] + "AA"
    addresses = [
        at(delegation, page)
        for page in (
            "people/NONE/withdraw/",
            "people/NONE/replace/",
            "nothing",
            "list/template.exe",
            "nominate",
        )
    ]
    addresses += [
        f"/en/delegations/{token}/{page}" for token in (revoked, forged, "x") for page in ("", "letter/")
    ]
    answers = [client.get(address, follow=False) for address in addresses]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert UNKNOWN in answers[0].content.decode()
    for answer in answers:
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"


def test_a_nominee_holds_a_place_at_once_and_is_written_to(client, delegation):
    person = nominated(client, delegation, role="head")
    assert (person.state, person.delegation_role, person.country.iso2) == ("nominated", "head", "KE")
    assert (person.consent_at, person.representing_label) == (None, "Kenya")
    assert taken(delegation) == (1, 1, 1)
    assert list(Message.objects.values_list("kind", "to")) == [("nominated", "wanjiku@example.org")]
    assert list(person.history.values_list("transition", "actor")) == [("nominate", "contact")]
    page = client.get(at(delegation)).content.decode()
    assert "has not yet confirmed" in page
    assert "2 of 3 places left" in page


def test_the_same_form_twice_nominates_once(client, delegation):
    data = PERSON | {"key": new_key()}
    answers = [client.post(at(delegation, "nominate/"), data).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert taken(delegation) == (1, 1, 1)
    changed = client.post(at(delegation, "nominate/"), data | {"email": "other@example.org"})
    assert (changed.status_code, "sent before" in changed.content.decode()) == (409, True)


def test_a_second_head_is_refused_in_words(client, delegation):
    nominated(client, delegation, role="head")
    response = post(client, delegation, "nominate/", **PERSON | {"role": "head", "email": "b@example.org"})
    assert response.status_code == 422
    assert "has a head already" in response.content.decode()
    assert "b@example.org" in response.content.decode()
    assert taken(delegation) == (1, 1, 1)


@pytest.mark.parametrize(
    "changed, words",
    [
        ({"email": "WANJIKU@example.org"}, "in your delegation already"),
        ({"category": "S", "email": "b@example.org"}, "is no category of this event"),
        ({"name": "=1+1", "email": "b@example.org"}, "This is a formula"),
        ({"name": "", "email": "b@example.org"}, "name."),
        ({"language": "tlh", "email": "b@example.org"}, "none of the six languages"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(client, delegation, changed, words):
    nominated(client, delegation)
    response = post(client, delegation, "nominate/", **PERSON | changed)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert Registration.objects.count() == 1


def test_beyond_the_places_nobody_is_nominated(client, delegation):
    nominated(client, delegation, category="O")
    response = post(client, delegation, "nominate/", **PERSON | {"category": "O", "email": "b@example.org"})
    assert response.status_code == 422
    assert "Your delegation has 1 place in this category, and it is taken." in response.content.decode()
    set_capacity(event=delegation.event, category=None, capacity=1)
    response = post(client, delegation, "nominate/", **PERSON | {"email": "b@example.org"})
    assert response.status_code == 422
    assert Registration.objects.count() == 1


def test_nobody_is_nominated_after_the_end(client, delegation):
    Delegation.objects.update(closes_at=timezone.now() - dt.timedelta(minutes=1))
    response = post(client, delegation, "nominate/", **PERSON)
    assert response.status_code == 409
    assert "Nominations closed on" in response.content.decode()
    assert Registration.objects.count() == 0
    assert "Nominations closed on" in client.get(at(delegation)).content.decode()


def test_an_event_that_was_cancelled_takes_no_nominations(client, delegation):
    delegation.event.state = "cancelled"
    delegation.event.save()
    assert post(client, delegation, "nominate/", **PERSON).status_code == 409
    assert Registration.objects.count() == 0


def test_withdrawing_gives_the_place_back_and_tells_the_person(client, delegation):
    person = nominated(client, delegation)
    Message.objects.all().delete()
    assert client.get(at(delegation, f"people/{person.reference}/withdraw/")).status_code == 200
    assert taken(delegation) == (1, 1, 1)
    for _ in range(2):
        assert post(client, delegation, f"people/{person.reference}/withdraw/").status_code == 303
    person.refresh_from_db()
    assert (person.state, taken(delegation)) == ("withdrawn", (0, 0, 0))
    assert list(Message.objects.values_list("kind", "to")) == [("nomination-withdrawn", person.email)]
    assert StateChange.objects.filter(registration=person).last().actor == "contact"


def test_a_replacement_keeps_the_place(client, delegation):
    person = nominated(client, delegation, role="head", category="O")
    new = {"name": "Otieno Odhiambo", "email": "otieno@example.org", "language": "fr"}
    key = new_key()
    for _ in range(2):
        assert (
            post(client, delegation, f"people/{person.reference}/replace/", **new, key=key).status_code == 303
        )
    person.refresh_from_db()
    successor = Registration.objects.get(email="otieno@example.org")
    assert (person.state, successor.state, successor.delegation_role) == ("withdrawn", "nominated", "head")
    assert (successor.replaces, successor.category.letter) == (person, "O")
    assert delegation.counters.get(category__letter="O").taken == 1
    page = client.get(at(delegation)).content.decode()
    assert "replaced by" in page


def test_people_of_others_are_not_there(client, delegation):
    other = make_delegation(delegation.event, make_contact_point(make_country("FR", "France")))
    person = nominated(client, other)
    for act in ("withdraw", "replace"):
        response = post(client, delegation, f"people/{person.reference}/{act}/", **PERSON)
        assert response.status_code == 404
    person.refresh_from_db()
    assert person.state == "nominated"


def test_ranks_are_kept_without_gaps_and_given_once(client, delegation):
    first, second = nominated(client, delegation), nominated(client, delegation, email="b@example.org")
    twice = post(client, delegation, "funding/", **{first.reference: "1", second.reference: "1"})
    assert (twice.status_code, "Give each rank once" in twice.content.decode()) == (422, True)
    assert (
        post(client, delegation, "funding/", **{first.reference: "2", second.reference: ""}).status_code
        == 303
    )
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.funding_rank, second.funding_rank) == (1, None)


def test_the_letter_is_kept_by_its_content(client, delegation):
    renamed = SimpleUploadedFile("letter.pdf", b"MZ\x90 a program")
    response = client.post(at(delegation, "letter/"), {"letter": renamed})
    assert (response.status_code, "is not what its name says" in response.content.decode()) == (422, True)
    empty = client.post(at(delegation, "letter/"))
    assert (empty.status_code, "Choose the file" in empty.content.decode()) == (422, True)
    other = client.post(at(delegation, "letter/"), {"letter": SimpleUploadedFile("a.exe", PDF)})
    assert (other.status_code, "are not accepted" in other.content.decode()) == (422, True)
    for name in ("Note verbale.pdf", "second.pdf"):
        letter = SimpleUploadedFile(name, PDF)
        assert client.post(at(delegation, "letter/"), {"letter": letter}).status_code == 303
    delegation.refresh_from_db()
    assert (delegation.letter_name, delegation.credentials) == ("second.pdf", "received")
    assert delegation.letter.name.endswith(".pdf")
    assert delegation.letter.read() == PDF
    Delegation.objects.update(credentials="original-seen")
    sealed = client.post(at(delegation, "letter/"), {"letter": SimpleUploadedFile("x.pdf", PDF)})
    assert (sealed.status_code, "seen the original" in sealed.content.decode()) == (409, True)


def test_handing_over_ends_the_link_and_tells_three(client, delegation):
    before = delegation.contact_point
    old = at(delegation)
    successor = {"name": "Next Person", "email": "next@example.org", "language": "es"}
    assert UNKNOWN not in post(client, delegation, "hand-over/", **successor).content.decode()
    assert client.get(old).status_code == 404
    delegation.refresh_from_db()
    point = delegation.contact_point
    assert (point.name, point.predecessor, point.country) == ("Next Person", before, before.country)
    assert not ContactPoint.objects.get(pk=before.pk).is_active
    assert client.get(at(delegation)).status_code == 200
    kinds = dict(Message.objects.values_list("kind", "to"))
    assert kinds["delegation-for-successor"] == "next@example.org"
    assert kinds["delegation-handed-over"] == before.email
    assert "delegation-successor-notice" in kinds


def test_names_of_the_last_edition_fill_the_form(client, delegation):
    person = nominated(client, delegation, function="Head of NPPO")
    event = make_event("CPM-2", start_date=dt.date(2040, 1, 1), end_date=dt.date(2040, 1, 2))
    make_category(event, "D")
    this_year = make_delegation(event, delegation.contact_point)
    page = client.get(at(this_year, "nominate/")).content.decode()
    assert "Wanjiku Mwangi" in page
    filled = client.get(at(this_year, f"nominate/?from={person.reference}")).content.decode()
    assert 'value="wanjiku@example.org"' in filled
    assert 'value="Head of NPPO"' in filled
    other = make_delegation(event, make_contact_point(make_country("FR", "France")))
    assert "Wanjiku" not in client.get(at(other, f"nominate/?from={person.reference}")).content.decode()


def rows(*people):
    return [["Role", "Category", "Name", "E-mail address", "Function or job title", "Language"], *people]


def sheet(*people):
    return SimpleUploadedFile("list.xlsx", workbook([Sheet("People", rows(*people))]))


def person_row(number, **changed):
    values = {
        "role": "Adviser",
        "category": "D",
        "name": f"Person {number}",
        "email": f"p{number}@example.org",
    }
    return [*(values | changed).values(), "", "English"]


def test_a_list_is_shown_first_and_then_nominated_as_a_whole(client, delegation):
    response = client.post(
        at(delegation, "list/"), {"file": sheet(person_row(1, role="Head of delegation"), person_row(2))}
    )
    page = response.content.decode()
    assert (response.status_code, Registration.objects.count()) == (200, 0)
    assert "Nominate 2 people" in page
    data = {"rows": response.context["rows"], "key": new_key()}
    for _ in range(2):
        assert client.post(at(delegation, "list/check/"), data).status_code == 303
    assert list(Registration.objects.order_by("pk").values_list("name", "delegation_role", "state")) == [
        ("Person 1", "head", "nominated"),
        ("Person 2", "adviser", "nominated"),
    ]
    assert taken(delegation) == (2, 2, 2)


def test_faulty_rows_are_named_corrected_and_nothing_is_half_written(client, delegation):
    response = client.post(
        at(delegation, "list/"),
        {"file": sheet(person_row(1), person_row(2, email="no address"), person_row(3, role="Chief"))},
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "2 rows need a correction" in page
    assert "Row 3, E-mail address:" in page
    assert "“Chief” is no role" in page
    data = {"rows": response.context["rows"], "key": new_key(), "3-email": "p2@example.org"}
    half = client.post(at(delegation, "list/check/"), data)
    assert (half.status_code, Registration.objects.count()) == (422, 0)
    data |= {"rows": half.context["rows"], "4-role": "alternate"}
    assert client.post(at(delegation, "list/check/"), data).status_code == 303
    assert Registration.objects.count() == 3


def test_rows_against_each_other(client, delegation):
    people = [
        person_row(1, role="Head of delegation"),
        person_row(2, role="head"),
        person_row(3, email="P1@example.org"),
        person_row(4),
        person_row(5, category="Observer"),
        person_row(6, category="O"),
    ]
    response = client.post(at(delegation, "list/"), {"file": sheet(*people)})
    errors = {
        (entry.number, field): words[0]
        for entry in response.context["faulty"]
        for field, words in entry.form.errors.items()
    }
    assert set(errors) == {(3, "role"), (4, "email"), (5, "category"), (7, "category")}
    assert errors[3, "role"] == "Row 2 has the head of delegation. There can be one."
    assert errors[4, "email"].startswith("The same address stands in row 2.")
    assert errors[7, "category"] == "Only 1 place is left here, and a row before has it."
    data = {"rows": response.context["rows"], "key": new_key(), "3-role": "adviser"}
    data |= {f"{number}-left_out": "on" for number in (4, 5, 7)}
    data["4-role"] = "adviser"
    assert client.post(at(delegation, "list/check/"), data).status_code == 303
    assert Registration.objects.count() == 3


def test_a_list_that_would_sell_a_place_twice_is_refused_whole(client, delegation):
    response = client.post(at(delegation, "list/"), {"file": sheet(*(person_row(n) for n in range(3)))})
    nominated(client, delegation)
    data = {"rows": response.context["rows"], "key": new_key()}
    late = client.post(at(delegation, "list/check/"), data)
    assert late.status_code == 422
    assert "Only 2 places are left here" in late.content.decode()
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "{",
        "[]",
        "[[1]]",
        '[["x",{}]]',
        "[[1,{}]]",
        "[" * 100_000,
        "[[1,null],[1,null]]",
        "1e999",
    ],
)
def test_rows_that_are_not_ours_begin_anew(client, delegation, broken):
    response = client.post(at(delegation, "list/check/"), {"rows": broken, "key": new_key()})
    assert response.status_code == 409
    assert "nothing was sent" in response.content.decode()


def test_templates_can_be_filled_in_and_read(client, delegation):
    for kind in ("xlsx", "csv"):
        response = client.get(at(delegation, f"list/template.{kind}"))
        assert response["Content-Disposition"] == f'attachment; filename="delegation.{kind}"'
        file = SimpleUploadedFile(f"t.{kind}", response.content)
        answer = client.post(at(delegation, "list/"), {"file": file})
        assert "there is only its heading" in answer.content.decode()


def test_the_page_costs_the_same_with_many_people(client, delegation, django_assert_num_queries):
    Counter.objects.filter(delegation=delegation).update(capacity=None)
    with django_assert_num_queries(6):
        client.get(at(delegation))
    for number in range(5):
        nominated(client, delegation, email=f"{number}@example.org")
    with django_assert_num_queries(6):
        client.get(at(delegation))


def test_answers_that_a_person_still_owes_are_told(client, delegation):
    make_question(make_set(delegation.event), "diet", is_required=True)
    person = nominated(client, delegation)
    assert "not yet answered all questions" not in client.get(at(delegation)).content.decode()
    Registration.objects.filter(pk=person.pk).update(state="confirmed")
    assert "not yet answered all questions" in client.get(at(delegation)).content.decode()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.fixed_dictionaries(dict.fromkeys(PERSON, st.text(max_size=300))))
def test_any_text_in_any_field_is_answered_in_words(client, delegation, data):
    assert post(client, delegation, "nominate/", **data).status_code in {303, 422}
    row = [str(data[field]) for field in ("role", "category", "name", "email", "function", "language")]
    pasted = client.post(at(delegation, "list/"), {"pasted": "\t".join(row)})
    assert pasted.status_code in {200, 422}
    for page in ("hand-over/", "funding/"):
        assert post(client, delegation, page, **data).status_code in {200, 303, 422}


def test_words_of_all_six_languages_are_understood(client, delegation):
    people = [
        ["Chef de délégation", "Delegate", "A", "a@example.org", "", "Français"],
        ["مستشار", "d", "B", "b@example.org", "", "French"],
        ["", "D", "C", "c@example.org", "", "русский"],
    ]
    response = client.post(at(delegation, "list/"), {"file": sheet(*people)})
    by_row = {entry.number: entry.form for entry in (*response.context["good"], *response.context["faulty"])}
    assert by_row[2].cleaned_data["language"] == by_row[3].cleaned_data["language"] == "fr"
    assert by_row[4].cleaned_data["language"] == "ru"
    assert by_row[4].errors.keys() == {"role"}
