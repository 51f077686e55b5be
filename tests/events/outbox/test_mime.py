"""The bytes of a mail, read back by Python's own parser."""

import datetime as dt
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.outbox.mime import AddressError, compose, mailbox, one_line
from events.outbox.rendering import Attachment, Rendered

DATE = dt.datetime(2026, 11, 25, 12, 30, tzinfo=dt.UTC)
ARABIC = "تأكيد التسجيل: الندوة العالمية الثالثة للاتفاقية الدولية لوقاية النباتات بشأن الشهادات الإلكترونية"
CHINESE = "注册确认:第三届国际植保公约电子植检证书全球研讨会将在吉隆坡举行" * 2


def composed(subject: str = "Your registration", to: str = "anna@example.org", **parts: object) -> bytes:
    rendered = Rendered(subject=subject, **({"text": "Text\n", "html": "<p>Text</p>\n"} | parts))
    return compose(
        rendered,
        sender="IPPC Events <events@example.org>",
        to=to,
        language="ar",
        message_id="<4f7c@events.example.org>",
        date=DATE,
    )


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=default)


def test_the_headers() -> None:
    mail = read(composed())
    assert {name: mail[name] for name in mail if name not in {"Content-Type", "MIME-Version"}} == {
        "Subject": "Your registration",
        "From": "IPPC Events <events@example.org>",
        "To": "anna@example.org",
        "Date": "Wed, 25 Nov 2026 12:30:00 +0000",
        "Message-ID": "<4f7c@events.example.org>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": "ar",
    }


@pytest.mark.parametrize("subject", [ARABIC, CHINESE, "Registration " * 30, "Île-de-France, 中文 и русский"])
def test_long_and_foreign_subjects_come_through(subject: str) -> None:
    content = composed(subject)
    assert read(content)["Subject"] == " ".join(subject.split())
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 78


@given(st.text(max_size=300))
def test_no_subject_adds_a_header_or_loses_a_letter(subject: str) -> None:
    try:
        subject.encode()
    except UnicodeEncodeError:
        return  # Lone surrogates are refused where names are read.
    content = composed(subject)
    head = content.split(b"\r\n\r\n")[0].split(b"\r\n")
    assert sorted(line.split(b":")[0] for line in head if not line.startswith(b" ")) == [
        b"Auto-Submitted",
        b"Content-Language",
        b"Content-Type",
        b"Date",
        b"From",
        b"MIME-Version",
        b"Message-ID",
        b"Subject",
        b"To",
    ]
    if "=?" not in subject:
        assert str(read(content)["Subject"]) == one_line(subject)


def test_line_ends_in_a_subject_become_spaces() -> None:
    mail = read(composed("Ticket\r\nBcc: everyone@example.org\x00\u2028end"))
    assert mail["Subject"] == "Ticket Bcc: everyone@example.org end"
    assert mail["Bcc"] is None


def test_text_and_html_come_through() -> None:
    mail = read(composed(text="Größe 中文\n.\nFrom here\n", html="<p>الندوة</p>\n"))
    assert mail.get_body(("plain",)).get_content() == "Größe 中文\r\n.\r\nFrom here\r\n"
    assert mail.get_body(("html",)).get_content() == "<p>الندوة</p>\r\n"


def test_a_mail_of_text_alone_has_one_part() -> None:
    mail = read(composed(html=""))
    assert (mail.get_content_type(), mail.get_content()) == ("text/plain", "Text\r\n")


def test_attachments_keep_name_type_and_every_byte() -> None:
    calendar = "BEGIN:VCALENDAR\r\nSUMMARY:Größe\r\n".encode()
    files = (
        Attachment("تذكرة.pdf", bytes(range(256)), "application/pdf"),
        Attachment("event\r\n.ics", calendar, "text/calendar"),
    )
    parts = list(read(composed(attachments=files)).iter_attachments())
    assert [(p.get_filename(), p.get_content_type(), p.get_payload(decode=True)) for p in parts] == [
        ("تذكرة.pdf", "application/pdf", bytes(range(256))),
        ("event .ics", "text/calendar", calendar),
    ]
    assert parts[1].get_content_charset() == "utf-8"


@pytest.mark.parametrize(
    "address, spec",
    [
        ("anna@example.org", "anna@example.org"),
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("anna.maria+ippc@пример.example", "anna.maria+ippc@xn--e1afmkfd.example"),
        ("IPPC Events <events@example.org>", "events@example.org"),
    ],
)
def test_an_address_in_ascii(address: str, spec: str) -> None:
    assert mailbox(address).addr_spec == spec


@pytest.mark.parametrize(
    "address", ["änna@example.org", "anna", "", "anna@", "@example.org", "anna@" + "a" * 70 + ".org"]
)
def test_an_address_that_smtp_cannot_carry(address: str) -> None:
    with pytest.raises(AddressError):
        mailbox(address)


@given(st.text(max_size=60))
def test_no_address_adds_a_header(address: str) -> None:
    try:
        content = composed(to=address)
    except AddressError:
        return
    head = content.split(b"\r\n\r\n")[0]
    assert sum(line.startswith((b"To:", b"Cc:", b"Bcc:")) for line in head.split(b"\r\n")) == 1
