"""What a mail server's answers mean, and that the bytes are the same on every way out."""

import smtplib
from pathlib import Path

import pytest
from django.core.mail import get_connection

from events.outbox.mime import AddressError
from events.outbox.transport import StoredMail, in_words, refused_for_good
from tests.mailbox import Mailbox

CONTENT = (
    b"Subject: =?utf-8?b?2KrYo9mD2YrYrw==?=\r\nMessage-ID: <1@example.org>\r\n"
    b"X-Odd:   spaces  and\r\n\tfolds\r\n\r\n.one dot\r\n..two dots\r\nFrom here\r\n\r\n"
)


def refused(code: int, words: bytes) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"anna@example.org": (code, words)})


@pytest.mark.parametrize(
    "error, final",
    [
        (refused(550, b"5.1.1 no such user"), True),
        (refused(553, b"mailbox name not allowed"), True),
        (smtplib.SMTPDataError(552, b"5.3.4 message too big"), True),
        (AddressError(), True),
        (refused(450, b"4.2.0 greylisted"), False),
        (refused(452, b"too many recipients"), False),
        (refused(554, b"5.7.1 relay access denied"), False),
        (refused(530, b"authentication required"), False),
        (smtplib.SMTPDataError(451, b"try later"), False),
        (smtplib.SMTPDataError(550, b"5.7.1 looks like spam"), False),
        (smtplib.SMTPSenderRefused(550, b"5.1.8 sender", "events@example.org"), False),
        (smtplib.SMTPAuthenticationError(535, b"5.7.8 bad password"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (TimeoutError("timed out"), False),
        (ConnectionRefusedError(111, "Connection refused"), False),
        (KeyError("unknown kind"), False),
    ],
)
def test_what_is_final(error: Exception, final: bool) -> None:
    assert refused_for_good(error) is final


@pytest.mark.parametrize(
    "error, words",
    [
        (
            refused(550, b"5.1.1 <anna@example.org>: Recipient\r\nANNA unknown, hannah is not"),
            "550 5.1.1 [address] Recipient [address] unknown, hannah is not",
        ),
        (smtplib.SMTPDataError(451, b"\xff try later"), "451 \N{REPLACEMENT CHARACTER} try later"),
        (smtplib.SMTPServerDisconnected("to anna@example.org"), "SMTPServerDisconnected"),
        (ConnectionRefusedError(111, "Connection refused"), "ConnectionRefusedError: Connection refused"),
        (ValueError("the name Anna Ivanova"), "ValueError"),
    ],
)
def test_errors_are_told_without_personal_data(error: Exception, words: str) -> None:
    assert in_words(error, to="anna@example.org") == words


def test_an_error_of_ours_tells_its_place() -> None:
    def renders_badly() -> None:
        message = "the name Anna Ivanova"
        raise ValueError(message)

    with pytest.raises(ValueError, match="Anna") as caught:
        renders_badly()
    line = caught.traceback[-1].lineno + 1
    assert in_words(caught.value) == f"ValueError (renders_badly, line {line})"


def test_an_answer_of_any_length_fits() -> None:
    assert len(in_words(refused(550, b"x" * 5000), to="anna@example.org")) == 300


def send(backend: str, **options: object) -> None:
    connection = get_connection(f"django.core.mail.backends.{backend}.EmailBackend", **options)
    mail = StoredMail(CONTENT, sender="IPPC Events <events@example.org>", to="anna@bücher.example")
    assert connection.send_messages([mail, mail]) == 2


def test_a_real_server_gets_the_stored_bytes_each_time(mailbox: Mailbox) -> None:
    host, port = mailbox.url.removeprefix("smtp://").split(":")
    envelopes = []
    mailbox.answer = lambda envelope: envelopes.append((envelope.mail_from, envelope.rcpt_tos)) or "250 OK"
    send("smtp", host=host, port=int(port))
    assert mailbox.raw == [CONTENT, CONTENT]
    assert envelopes == [("events@example.org", ["anna@xn--bcher-kva.example"])] * 2


def test_files_hold_the_stored_bytes(tmp_path: Path) -> None:
    send("filebased", file_path=str(tmp_path))
    (file,) = tmp_path.iterdir()
    assert file.read_bytes() == (CONTENT + b"\n" + b"-" * 79 + b"\n") * 2


def test_the_console_shows_the_stored_mail(capsys: pytest.CaptureFixture[str]) -> None:
    send("console")
    assert capsys.readouterr().out.count("\n..two dots") == 2


def test_the_tests_outbox_holds_the_stored_bytes(mailoutbox: list[StoredMail]) -> None:
    send("locmem")
    assert [mail.message().as_bytes() for mail in mailoutbox] == [CONTENT, CONTENT]
