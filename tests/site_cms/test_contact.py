import csv
import email
import email.policy
import io
import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from wagtail.contrib.forms.models import FormSubmission

from events.outbox.models import Message
from site_cms.models import ContactField, ContactPage
from site_cms.pages import contact_form
from site_cms.pages.contact_pages import publish_contact_pages
from tests.site_cms.factories import make_homes

pytestmark = pytest.mark.django_db
GOOD = {
    "answer-name": "Amina Otieno",
    "answer-email": "amina@example.org",
    "answer-topic": "ePhyto",
    "answer-message": "How do we connect?\nThank you.",
}


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def contact():
    home = make_homes()["en"]
    contact = ContactPage(title="Contact", slug="contact", to="contact@example.org", locale=home.locale)
    contact.form_fields = [
        ContactField(sort_order=1, label="Name", clean_name="name", field_type="singleline"),
        ContactField(sort_order=2, label="E-mail", clean_name="email", field_type="email"),
        ContactField(
            sort_order=3, label="Topic", clean_name="topic", field_type="dropdown", choices="General\nePhyto"
        ),
        ContactField(sort_order=4, label="Message", clean_name="message", field_type="multiline"),
    ]
    return home.add_child(instance=contact)


def key(client, contact) -> str:
    return re.search(r'name="key" value="([0-9a-f]{32})"', client.get(contact.url).text)[1]


def send(client, contact, answers=None, **more):
    data = {"key": key(client, contact), **(answers or GOOD), **more}
    return client.post(contact.url, data)


def mails() -> list[str]:
    """The queued mails, headers and body, decoded."""
    parsed = [
        email.message_from_bytes(bytes(message.mime), policy=email.policy.default)
        for message in Message.objects.filter(kind="contact")
    ]
    return [f"To: {mail['To']}\nSubject: {mail['Subject']}\n\n{mail.get_content()}" for mail in parsed]


def test_answers_are_kept_and_mailed_once(client, contact):
    response = send(client, contact)
    assert (response.status_code, response["Location"]) == (303, f"{contact.url}?sent=1")
    assert FormSubmission.objects.get().form_data == {
        "name": "Amina Otieno",
        "email": "amina@example.org",
        "topic": "ePhyto",
        "message": "How do we connect?\nThank you.",
    }
    (mail,) = mails()
    assert mail.startswith("To: contact@example.org\nSubject: [IPPC Events] Contact\n")
    assert "Name: Amina Otieno" in mail
    assert "How do we connect?" in mail
    text = client.get(response["Location"]).text
    assert "Your message was sent" in text
    assert '<meta name="robots" content="noindex">' in text


def test_the_form_is_ours_and_no_cache_keeps_it(client, contact):
    response = client.get(contact.url)
    assert response["Cache-Control"] == "private, no-cache"
    assert 'autocomplete="email"' in response.text
    assert '<label for="id_answer-name">' in response.text
    assert "only to answer you" in response.text


def test_a_double_submit_sends_once(client, contact):
    data = {"key": key(client, contact), **GOOD}
    assert [client.post(contact.url, data).status_code for _ in range(3)] == [303, 303, 303]
    assert FormSubmission.objects.count() == len(mails()) == 1


def test_other_words_with_the_same_key_are_asked_about(client, contact):
    data = {"key": key(client, contact), **GOOD}
    client.post(contact.url, data)
    response = client.post(contact.url, data | {"answer-message": "Another message"})
    assert response.status_code == 409
    assert "Another message" in response.text
    new = re.search(r'name="key" value="([0-9a-f]{32})"', response.text)[1]
    assert (
        client.post(contact.url, {**data, "answer-message": "Another message", "key": new}).status_code == 303
    )
    assert FormSubmission.objects.count() == 2


@pytest.mark.parametrize("bad", ["", "x", "A" * 32, "0" * 33, "\x00"])
def test_without_a_key_the_form_asks_again_and_keeps_the_words(client, contact, bad):
    response = client.post(contact.url, {"key": bad, **GOOD})
    assert response.status_code == 422
    assert "How do we connect?" in response.text
    assert not FormSubmission.objects.exists()


@pytest.mark.parametrize(
    "change,field",
    [
        ({"answer-name": ""}, "answer-name"),
        ({"answer-name": "x" * 256}, "answer-name"),
        ({"answer-name": "a\x00b"}, "answer-name"),
        ({"answer-email": "nobody"}, "answer-email"),
        ({"answer-email": "a@example.org\r\nBcc: b@example.org"}, "answer-email"),
        ({"answer-topic": "Another"}, "answer-topic"),
        ({"answer-message": "x" * 5_001}, "answer-message"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, contact, change, field):
    response = send(client, contact, GOOD | change)
    assert response.status_code == 422
    assert f'href="#id_{field}"' in response.text
    assert "Error:" in response.text
    assert not FormSubmission.objects.exists()
    assert not Message.objects.exists()


def test_a_program_that_fills_in_everything_is_thanked_and_passed_over(client, contact):
    assert send(client, contact, **{contact_form.TRAP: "https://example.org"}).status_code == 303
    assert not FormSubmission.objects.exists()
    assert not Message.objects.exists()


def test_five_messages_in_ten_minutes_from_one_network(client, contact):
    codes = [send(client, contact, GOOD | {"answer-message": str(number)}).status_code for number in range(7)]
    assert codes == [303] * 5 + [429] * 2
    assert FormSubmission.objects.count() == len(mails()) == 5
    response = send(client, contact, GOOD | {"answer-message": "kept words"})
    assert 0 < int(response["Retry-After"]) <= 600
    assert "kept words" in response.text
    assert "5" not in re.search(r'id="error-summary".*?</div>', response.text, re.DOTALL)[0]


def test_another_network_is_not_counted_with_it(client, contact):
    for number in range(6):
        send(client, contact, GOOD | {"answer-message": str(number)})
    data = {"key": key(client, contact), **GOOD}
    assert client.post(contact.url, data, REMOTE_ADDR="192.0.2.9").status_code == 303


def test_no_header_comes_from_an_answer_or_a_title(client, contact):
    contact.title = "Contact\r\nBcc: victim@example.org"
    contact.save()
    send(client, contact, GOOD | {"answer-name": "A\r\nBcc: victim@example.org"})
    (message,) = Message.objects.all()
    head = bytes(message.mime).partition(b"\r\n\r\n")[0].decode()
    assert not re.search(r"^bcc:", head, re.IGNORECASE | re.MULTILINE)
    assert message.to == "contact@example.org"


def test_no_address_of_the_sender_gets_a_mail(client, contact):
    contact.to = ""
    contact.save()
    send(client, contact, to="victim@example.org", **{"answer-to": "victim@example.org"})
    assert FormSubmission.objects.count() == 1
    assert not Message.objects.exists()


@pytest.mark.parametrize("to", ["jörg@example.org", "a@" + "x" * 70 + ".org"])
def test_an_address_that_no_mail_reaches_is_refused_when_it_is_entered(contact, to):
    contact.to = to
    with pytest.raises(ValidationError):
        contact.clean()


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@a", "\t=1+1", '=HYPERLINK("http://x")'])
def test_answers_are_text_for_staff_and_in_exports(client, contact, value):
    hostile = f"{value}<script>alert(1)</script>"
    FormSubmission.objects.create(page=contact, form_data={"name": hostile, "email": "a@example.org"})
    client.force_login(get_user_model().objects.create_superuser("admin@example.org", "secret"))
    address = f"/admin/forms/submissions/{contact.pk}/"
    assert "<script>alert" not in client.get(address).text
    exported = b"".join(client.get(address, {"export": "csv"}).streaming_content).decode()
    rows = list(csv.reader(io.StringIO(exported)))
    assert rows[1][1] == f"'{hostile}"
    from openpyxl import load_workbook

    book = client.get(address, {"export": "xlsx"})
    content = b"".join(book.streaming_content) if book.streaming else book.content
    cell = load_workbook(io.BytesIO(content)).active.cell(2, 2)
    assert (cell.data_type, cell.value.strip()) == ("s", hostile.strip())


def test_the_first_forms_in_six_languages(capsys):
    call_command("demo")
    pages = ContactPage.objects.select_related("locale")
    assert {contact.locale.language_code for contact in pages} == {"en", "fr", "es", "ar", "zh-hans", "ru"}
    assert len({contact.translation_key for contact in pages}) == 1
    assert {contact.form_fields.count() for contact in pages} == {4}
    topics = [contact.form_fields.get(clean_name="topic").choices.splitlines() for contact in pages]
    assert {len(each) for each in topics} == {11}
    assert publish_contact_pages() == []


HEADLESS = "<p>Write to us.</p><h3>&nbsp;</h3>"


def edited(contact, **changes):
    """What the page editor sends."""
    from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

    text = changes.pop("text", "<p>Write to us.</p>")
    question = {"label": "Name", "field_type": "singleline", "required": "on", "id": ""}
    fields = {"title": "Contact", "slug": "contact", "to": "", "thanks": "", "comments": inline_formset([])}
    return nested_form_data(
        fields
        | {"form_fields": inline_formset([question | changes.pop("question", {})])}
        | {"body": streamfield([("text", rich_text(text))]), "action-publish": "action-publish"}
        | changes
    )


@pytest.fixture
def editing(client, contact):
    client.force_login(get_user_model().objects.create_superuser("admin@example.org", "secret"))
    contact.form_fields.all().delete()
    return lambda **changes: client.post(f"/admin/pages/{contact.pk}/edit/", edited(contact, **changes))


def test_an_editor_publishes_a_form(editing, contact):
    assert editing(thanks="We answer").status_code == 302
    contact.refresh_from_db()
    assert (contact.thanks, [field.clean_name for field in contact.form_fields.all()]) == (
        "We answer",
        ["name"],
    )


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"text": HEADLESS}, "body"),
        ({"slug": "events"}, "slug"),
        ({"to": "nobody"}, "to"),
        ({"to": "jörg@example.org"}, "to"),
    ],
)
def test_an_editors_mistake_is_said_beside_the_field_and_kept(editing, contact, changes, where):
    response = editing(thanks="Kept words", **changes)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [where]
    assert "Kept words" in response.text
    contact.refresh_from_db()
    assert contact.thanks == ""


def test_a_question_without_words_is_refused(editing):
    assert editing(question={"label": ""}).status_code == 200


KINDS = {
    "singleline": "x" * 300,
    "multiline": "x" * 6_000,
    "email": "nobody",
    "number": "NaN many",
    "url": "javascript:alert(1)",
    "checkbox": "",
    "checkboxes": "no such",
    "dropdown": "no such",
    "multiselect": "no such",
    "radio": "no such",
    "date": "2030-02-30",
    "datetime": "yesterday",
    "hidden": "x" * 300,
}
HOSTILE = "\"'><script>alert(1)</script>"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_of_question_says_what_is_wrong(client, kind, language):
    home = make_homes()[language]
    page = ContactPage(title="Contact", slug="contact", locale=home.locale)
    page.form_fields = [
        ContactField(
            sort_order=1,
            label=f"Q {HOSTILE}",
            help_text=HOSTILE,
            clean_name="q",
            field_type=kind,
            choices=f"A\n{HOSTILE}",
        ),
        ContactField(sort_order=2, label="Name", clean_name="name", field_type="singleline"),
    ]
    page = home.add_child(instance=page)
    form = BeautifulSoup(client.get(page.url).text, "html.parser")
    assert (f"Q {HOSTILE}" in form.main.get_text()) == (kind != "hidden")
    data = {"key": form.select_one("[name=key]")["value"], "answer-name": HOSTILE, "answer-q": KINDS[kind]}
    response = client.post(page.url, data)
    answer = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == 422
    title = answer.title.get_text()
    assert title.startswith({"en": "Error:", "ar": "خطأ:"}[language]), title
    links = [link["href"] for link in answer.select("#error-summary a[href^='#']")]
    assert links
    for link in links:
        assert answer.select_one(link), link
    assert answer.select_one("[name=answer-name]")["value"] == HOSTILE
    assert answer.select("main script, main [onerror]") == []
    assert not FormSubmission.objects.exists()


def test_what_is_missing_is_told_by_its_question(client, contact):
    page = send(client, contact, {"answer-name": " ", "answer-topic": "ePhyto"})
    links = BeautifulSoup(page.content, "html.parser").select(".error-summary a")
    assert [link.get_text() for link in links] == [
        "Fill in “Name”.",
        "Fill in “E-mail”.",
        "Fill in “Message”.",
    ]
