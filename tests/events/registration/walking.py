"""A delegate's steps through the form, by Django's test client."""

import re
from typing import Any

from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from events.catalogue.models import Event
from tests.factories import make_category, make_country, make_event
from tests.visitor import preset

KEY = re.compile(r'name="key" value="([0-9a-f]{32})"')


def open_event(**fields: Any) -> Event:
    """An event with two categories, of which V needs approval, and one country."""
    make_country("VN", "Viet Nam")
    event = make_event("SYMPOSIUM", **fields)
    make_category(event, "D", label={"en": "Delegate"})
    make_category(event, "V", label={"en": "Visitor"}, needs_approval=True, position=1)
    return event


def typed(**changes: Any) -> dict[str, Any]:
    """What a delegate of Viet Nam types; None leaves a field out."""
    values = {
        "category": "D",
        "name": "Nguyễn Thị Ánh Tuyết",
        "email": "anh@example.org",
        "representing": "country",
        "country": "VN",
        "function": "Head of the NPPO",
        "gender": "woman",
        "languages": ["en", "fr"],
        "language": "fr",
        "consent": "on",
    } | changes
    return {name: value for name, value in values.items() if value is not None}


def address(step: str = "", language: str = "en", code: str = "SYMPOSIUM") -> str:
    """The address of a step: the form, `check` or `done`."""
    return f"/{language}/events/{code}/register/{step}{'/' if step else ''}"


def key_in(response: HttpResponse) -> str:
    """The idempotency key of a page."""
    found = set(KEY.findall(response.text))
    assert len(found) == 1, found
    return found.pop()


def first_key(client: Client) -> str:
    """The key of a fresh form."""
    return key_in(client.get(address()))


def confirm(client: Client, key: str | None = None, **changes: Any) -> HttpResponse:
    """Post the last step, with a fresh form's key unless one is given."""
    return client.post(address("done"), typed(**changes) | {"key": key or first_key(client)})


def send(client: Client, page: HttpResponse, action: str = "check/", button: str = "", **values: Any) -> Any:
    """Submit the form of the page as a browser would, with these values; `button` has its own address."""
    soup = BeautifulSoup(page.content, "html.parser")
    form = next(
        each
        for each in soup.find_all("form", method="post")
        if str(each.get("action") or "").endswith(action)
    )
    data = preset(form)
    target = form.get("action") or page.wsgi_request.path
    if button:
        pressed = next(each for each in form.find_all("button") if each.get_text(strip=True) == button)
        target = pressed["formaction"]
        data |= {pressed["name"]: pressed["value"]} if pressed.has_attr("name") else {}
    return client.post(target, {name: value for name, value in (data | values).items() if value is not None})


def heading(page: HttpResponse) -> str:
    """What the page is about."""
    found = re.search(r"<h1>([^<]+)</h1>", page.text)
    assert found is not None, page.text
    return found[1]


def errors_in(response: HttpResponse) -> list[tuple[str, str]]:
    """The error summary: where each error leads to, and its words."""
    summary = response.text.partition('id="error-summary"')[2].partition("</div>")[0]
    return re.findall(r'<a href="#(\w+)">([^<]+)</a>', summary)
