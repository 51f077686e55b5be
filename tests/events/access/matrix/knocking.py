"""Opening an address as somebody, and judging the answer: open or not, and which words are in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

_CLOSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
_AWAY = {"/accounts/login/", "/admin/login/", "/admin/"}
"""Where somebody is led who may not: to sign in, or to the home of the staff screens."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    location: str
    text: str

    @property
    def is_open(self) -> bool | None:
        """Whether the address showed or did something; None when it failed."""
        if self.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return None
        return self.status not in _CLOSED and self.location not in _AWAY

    def __str__(self) -> str:
        return f"{self.status} {self.location}".strip()

    def says(self, words: Iterable[str]) -> set[str]:
        """Those of the words that stand in the body or a header, in any letter case."""
        return {word for word in words if word.lower() in self.text}


class Person:
    """Somebody's browser: after each request it and the database are as before."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._cookies = dict(client.cookies)

    def knock(self, method: str, path: str, data: dict[str, str] | None = None) -> Answer:
        """Ask for the path by `method`, with nothing in the body but `data`."""
        self.client.cookies.clear()
        self.client.cookies.update(self._cookies)
        with transaction.atomic():
            answer = getattr(self.client, method)(path, data or {})
            text = _text(answer)
            transaction.set_rollback(True)
        return Answer(answer.status_code, answer.get("Location", "").split("?")[0], text)


def _text(answer: HttpResponseBase) -> str:
    """Headers but the one that holds the time, and the body, in small letters; a workbook unpacked."""
    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist())
    kept = (f"{name}: {value}" for name, value in answer.headers.items() if name != "Expires")
    headers = "\n".join(kept)
    return f"{headers}\n{body.decode(errors='replace')}".lower()
