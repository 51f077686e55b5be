"""Save and finish later, lost links, and how often strangers may do what writes to somebody."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from events.access.models import Taken
from events.catalogue.models import Event
from events.journeys.withdraw import withdraw
from events.mails import RENDERERS
from events.outbox.models import Message
from events.questions.kinds import Kind
from events.registration import limits, link
from events.registration.beginnings import Draft, PersonalInvitation
from events.registration.drafts import forget_old_drafts
from events.registration.models import Registration
from events.registration.services import renew_link
from tests.factories import make_category, make_event, make_question, make_registration, make_set

from .walking import address, confirm, errors_in, first_key, heading, key_in, open_event, send, typed

pytestmark = pytest.mark.django_db


def saved_address(draft, code="SYMPOSIUM"):
    return f"/en/events/{code}/register/saved/{link.DRAFT.token_for(draft.public_id, 0)}/"


@pytest.fixture
def event():
    return open_event()


def save(client, **changes):
    return client.post(address("save"), typed(**changes) | {"key": first_key(client)})


# Saving


def test_a_half_filled_form_comes_back_by_the_mailed_link(client, event):
    answer = save(client, gender=None, consent=None, name="Ánh <b>")
    assert (answer.status_code, answer["Location"]) == (303, address("save"))
    assert "Your form is saved" in client.get(address("save")).text
    draft = Draft.objects.get()
    assert (draft.email, draft.language, draft.finished_at) == ("anh@example.org", "en", None)
    message = Message.objects.get()
    assert (message.kind, message.to, message.about) == ("draft", "anh@example.org", {"draft": draft.pk})
    mail = RENDERERS["draft"](message)
    assert saved_address(draft) in mail.text
    assert "Ánh" not in mail.text
    elsewhere = Client()
    page = elsewhere.get(saved_address(draft))
    assert page.status_code == 200
    assert "error" not in page.text
    assert 'value="Ánh &lt;b&gt;"' in page.text
    assert '<option value="VN" selected' in page.text
    assert page["Referrer-Policy"] == "strict-origin"
    page = send(elsewhere, page, gender="woman", consent="on")
    assert heading(page) == "Check your answers"
    assert send(elsewhere, page, "done/").status_code == 303
    draft.refresh_from_db()
    assert (draft.finished_at is None, draft.posted) == (False, [])
    assert "This form was sent" in elsewhere.get(saved_address(draft)).text


def test_the_link_opens_the_first_page_that_is_not_complete(client, event):
    first = make_question(make_set(event, title={"en": "First"}), "first", is_required=True)
    make_question(make_set(event, title={"en": "Second"}, position=1), "second")
    page = client.post(address("check"), typed() | {"key": first_key(client)})
    page = send(client, page, **{f"q{first.pk}": "Kept"})
    assert heading(page) == "Second"
    assert send(client, page, button="Save and finish later").status_code == 303
    page = Client().get(saved_address(Draft.objects.get()))
    assert heading(page) == "Second"
    assert 'value="Kept"' in page.text


def test_a_complete_form_comes_back_at_its_check(client, event):
    save(client)
    assert heading(client.get(saved_address(Draft.objects.get()))) == "Check your answers"


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_nothing(client, event, method):
    save(client)
    before = Draft.objects.values().get()
    for _ in range(2):
        assert getattr(client, method)(saved_address(Draft.objects.get())).status_code == 200
    assert Draft.objects.values().get() == before
    assert Message.objects.count() == 1
    assert not Registration.objects.exists()


@pytest.mark.parametrize("email", [None, "", "not an address", "é@example.org"])
def test_without_an_address_the_form_asks_for_it_and_keeps_the_rest(client, event, email):
    page = save(client, email=email)
    assert (page.status_code, heading(page), "error" in page.text) == (200, "Save and finish later", False)
    refused = send(client, page, "save/")
    assert errors_in(refused) == [("id_email", "Enter your e-mail address.")]
    assert not Draft.objects.exists()
    assert send(client, refused, "save/", email="late@example.org").status_code == 303
    assert dict(Draft.objects.get().posted)["name"] == "Nguyễn Thị Ánh Tuyết"


def test_saving_twice_is_one_draft_and_one_mail_for_the_same_words(client, event):
    data = typed() | {"key": first_key(client)}
    for _ in range(2):
        client.post(address("save"), data)
    assert (Draft.objects.count(), Message.objects.count()) == (1, 1)
    client.post(address("save"), data | {"function": "Director"})
    assert (Draft.objects.count(), Message.objects.count()) == (1, 2)
    assert dict(Draft.objects.get().posted)["function"] == "Director"


def test_who_goes_on_with_the_link_saves_the_same_draft(client, event):
    save(client, gender=None)
    page = Client().get(saved_address(Draft.objects.get()))
    send(client, page, button="Save and finish later", function="Director")
    assert Draft.objects.count() == 1
    assert dict(Draft.objects.get().posted)["function"] == "Director"


def test_the_draft_ends_also_when_the_first_browser_goes_on(client, event):
    data = typed() | {"key": first_key(client)}
    client.post(address("save"), data)
    assert client.post(address("done"), data).status_code == 303
    assert Draft.objects.get().finished_at is not None


def test_the_draft_of_one_event_is_nothing_in_another(client, event):
    make_category(make_event("OTHER"))
    save(client)
    token = link.DRAFT.token_for(Draft.objects.get().public_id, 0)
    client.post(address("save", code="OTHER"), typed(draft=token) | {"key": "0" * 32})
    assert set(Draft.objects.values_list("event__code", flat=True)) == {"SYMPOSIUM", "OTHER"}
    client.post(address("done", code="OTHER"), typed(draft=token, category=None) | {"key": "1" * 32})
    assert Draft.objects.get(event=event).finished_at is None


def test_unknown_forged_and_foreign_links_are_one_same_page(client, event):
    make_category(make_event("OTHER"))
    save(client)
    draft = Draft.objects.get()
    good = link.DRAFT.token_for(draft.public_id, 0)
    of_another_kind = link.REGISTRATION.token_for(draft.public_id, 0)
    paths = [saved_address(draft, "OTHER")] + [
        f"/en/events/SYMPOSIUM/register/saved/{token}/"
        for token in (good[:-1] + ("A" if good[-1] != "A" else "B"), of_another_kind, "A" * 42, "x", "é")
    ]
    answers = [client.get(path) for path in [*paths, "/en/events/SYMPOSIUM/register/invited/x/"]]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(p for p in a.items() if p[0] != "Expires")) for a in answers}) == 1


def test_a_closed_window_is_told_by_the_link(client, event):
    save(client)
    Event.objects.update(registration_closes_at=timezone.now())
    page = client.get(saved_address(Draft.objects.get()))
    assert "Registration closed on" in page.text


def test_drafts_are_forgotten_after_thirty_days(client, event):
    save(client)
    assert forget_old_drafts() == 0
    Draft.objects.update(updated_at=timezone.now() - dt.timedelta(days=31))
    assert (forget_old_drafts(), Draft.objects.count()) == (1, 0)


def test_what_nobody_asks_is_not_kept(client, event):
    fields = {field.attname: "x" for field in Registration._meta.concrete_fields if field.attname != "email"}
    client.post(address("save"), fields | typed() | {"key": first_key(client), "q999": "x"})
    asked = typed().keys() | {"organization", "rppo", "gender_described"}
    assert {name for name, _value in Draft.objects.get().posted} <= asked


# Invitations


def invitation_to(event, letter="V", **fields):
    category = event.categories.get(letter=letter)
    type(category).objects.filter(pk=category.pk).update(audience="invitation", needs_approval=False)
    values = {"name": "Ana López", "email": "ana@example.org", "email_folded": "ana@example.org"}
    return PersonalInvitation.objects.create(event=event, category=category, **(values | fields))


def test_an_invited_person_registers_with_the_invited_address(client, event):
    invitation = invitation_to(event)
    token = link.INVITATION.token_for(invitation.public_id, 0)
    page = client.get(f"/en/events/SYMPOSIUM/register/invited/{token}/")
    assert (page.status_code, 'value="Ana López"' in page.text) == (200, True)
    assert 'name="email"' not in page.text
    assert 'name="category"' not in page.text
    person = typed(category=None, email="thief@example.org", name="Ana")
    page = send(client, page, **person)
    assert heading(page) == "Check your answers"
    assert "<bdi>ana@example.org</bdi>" in page.text
    for _twice in range(2):
        assert send(client, page, "done/").status_code == 303
    registration = Registration.objects.get()
    assert (registration.email, registration.category.letter) == ("ana@example.org", "V")
    assert client.get(f"/en/events/SYMPOSIUM/register/invited/{token}/").status_code == 404
    again = send(Client(), page, "done/")
    assert (again.status_code, Registration.objects.count()) == (409, 1)


def test_without_the_invitation_its_category_cannot_be_chosen(client, event):
    invitation_to(event)
    page = client.post(address("done"), typed(category="V", invitation="A" * 42) | {"key": "0" * 32})
    assert (page.status_code, Registration.objects.exists()) == (409, False)
    client.post(address("done"), typed(category="V") | {"key": "1" * 32})
    assert Registration.objects.get().category.letter == "D"


# Lost links


def ask(client, email):
    return client.post(address("lost"), {"email": email})


def test_every_address_gets_the_same_answer(client, event):
    make_registration(event, email="known@example.org")
    answers = [ask(client, email) for email in ("known@example.org", "unknown@example.org")]
    assert {(a.status_code, a["Location"]) for a in answers} == {(303, address("lost") + "?sent=1")}
    assert "Look in your mail" in client.get(answers[0]["Location"]).text
    assert list(Message.objects.order_by("created_at").values_list("kind", "to")) == [
        ("lost-link", "known@example.org"),
        ("lost-link", "unknown@example.org"),
    ]


def test_known_and_unknown_addresses_cost_the_same_queries(client, event, django_assert_num_queries):
    make_registration(event, email="known@example.org")
    for email in ("known@example.org", "unknown@example.org"):
        with django_assert_num_queries(5):
            ask(client, email)


def test_the_mail_holds_the_open_registrations_of_this_event_and_address(client, event):
    mine = make_registration(event, email="Known@example.org", name="Mine <b>")
    ended = make_registration(event, email="known@example.org")
    withdraw(registration=ended)
    renewed = renew_link(registration=make_registration(event, email="known@example.org"))
    other = make_registration(make_event(), email="known@example.org")
    Message.objects.all().delete()
    ask(client, "known@EXAMPLE.org")
    mail = RENDERERS["lost-link"](Message.objects.get())
    for person in (mine, renewed):
        assert link.REGISTRATION.token_for(person.public_id, person.link_version) in mail.text
        assert person.reference in mail.text
    for person in (ended, other):
        assert person.reference not in mail.text
    assert link.REGISTRATION.token_for(renewed.public_id, 0) not in mail.text


def test_the_mail_to_somebody_unknown_says_so(client, event):
    ask(client, "unknown@example.org")
    mail = RENDERERS["lost-link"](Message.objects.get())
    assert "No open registration for this event has this address." in mail.text


@pytest.mark.parametrize("email", ["", "x", "é@example.org", "a@b.example\r\nBcc: c@d.example"])
def test_what_is_no_address_is_said(client, event, email):
    page = ask(client, email)
    assert (page.status_code, errors_in(page)[0][0]) == (422, "id_email")
    assert not Message.objects.exists()


# Whoever registers twice


def test_an_address_registered_before_is_answered_as_a_new_one(client, event):
    first = confirm(client)
    again = confirm(Client())
    assert (again.status_code, again["Location"]) == (first.status_code, first["Location"])
    assert Registration.objects.count() == 2
    for step in ("check", "save"):
        new, old = (
            Client().post(address(step), typed(email=email) | {"key": "0" * 32})
            for email in ("new@example.org", "anh@example.org")
        )
        assert new.status_code == old.status_code


# Limits


def refusal_of(act, most):
    for _ in range(most):
        assert act().status_code in {200, 303}
    refused = act()
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert "There were too many requests in the last hour" in refused.text
    return refused


def test_an_address_registers_five_times_an_hour(client, event):
    refused = refusal_of(lambda: confirm(client), 5)
    assert heading(refused) == "Check your answers"
    assert 'value="Nguyễn Thị Ánh Tuyết"' in refused.text
    assert confirm(client, email="other@example.org").status_code == 303


def test_the_same_form_again_is_answered_as_the_first_time(client, event):
    key = first_key(client)
    for _ in range(9):
        assert confirm(client, key).status_code == 303
    assert Registration.objects.count() == 1


def test_a_venue_behind_one_address_registers(client, event):
    for number in range(60):
        assert confirm(client, f"{number:032x}", email=f"d{number}@example.org").status_code == 303
    limit = limits.REGISTERED_FROM_NETWORK
    assert limit.most >= 300
    Taken.objects.filter(taken=60).update(taken=limit.most)
    assert confirm(client, email="more@example.org").status_code == 429


def test_saving_and_lost_links_are_limited_for_each_address(client, event):
    functions = iter(range(10))
    page = refusal_of(lambda: save(client, function=f"F{next(functions)}"), 5)
    assert 'value="F5"' in page.text
    refusal_of(lambda: ask(client, "a@example.org"), 5)
    assert ask(client, "b@example.org").status_code == 303


def test_refusals_speak_the_language_of_the_page(client, event):
    for _ in range(6):
        page = client.post(address("lost", "ar"), {"email": "a@example.org"})
    assert (page.status_code, 'dir="rtl"' in page.text) == (429, True)


def test_a_file_that_went_away_is_asked_for_again(client, event):
    question = make_question(make_set(event), "letter", Kind.FILE, is_required=True)
    page = client.post(address("done"), typed() | {"key": first_key(client), f"q{question.pk}": "A" * 42})
    assert page.status_code == 422
    assert "We do not have this file any more." in page.text
    assert key_in(page)
