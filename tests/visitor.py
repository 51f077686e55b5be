"""A visitor without JavaScript: follows links and submits forms as they stand in the page."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import requests
from bs4 import BeautifulSoup, Tag


@dataclass(slots=True)
class Visitor:
    """One person's browser, with its cookies; `page` is what it shows now."""

    address: str
    session: requests.Session = field(default_factory=requests.Session)
    response: requests.Response | None = None

    @property
    def page(self) -> BeautifulSoup:
        assert self.response is not None
        return BeautifulSoup(self.response.content, "html.parser")

    @property
    def text(self) -> str:
        """The words of the page, in one line."""
        return " ".join(self.page.get_text(" ").split())

    def get(self, path: str, *, status: int = 200, **options: Any) -> "Visitor":
        """Open an address and expect its status."""
        self.response = self.session.get(urljoin(self.address, path), timeout=30, **options)
        assert self.response.status_code == status, f"{path}: {self.response.status_code}\n{self.text[:2000]}"
        return self

    def follow(self, words: str) -> "Visitor":
        """Follow the first link with exactly these words."""
        for link in self.page.find_all("a"):
            if " ".join(link.get_text(" ").split()) == words:
                return self.get(urljoin(self.response.url, link["href"]))  # type: ignore[union-attr]
        message = f"no link {words!r} on {self.response.url}:\n{self.text[:2000]}"  # type: ignore[union-attr]
        raise AssertionError(message)

    def form(self, action: str = "") -> Tag:
        """The first POST form whose action ends with `action`."""
        for form in self.page.find_all("form", method=lambda value: str(value).lower() == "post"):
            if str(form.get("action") or "").split("?")[0].endswith(action):
                return form
        message = f"no form {action!r} on the page:\n{self.text[:2000]}"
        raise AssertionError(message)

    def ticked(self, words: str) -> dict[str, str]:
        """The name and value of the radio or checkbox with exactly this label."""
        for label in self.page.find_all("label"):
            box = label.find("input") or self.page.find("input", id=label.get("for"))
            if box is not None and " ".join(label.get_text(" ").split()) == words:
                return {str(box["name"]): str(box.get("value", "on"))}
        message = f"no choice {words!r} on the page:\n{self.text[:2000]}"
        raise AssertionError(message)

    def press(self, words: str, *, status: int = 200, **values: Any) -> "Visitor":
        """Press the button with these words, also one that sends its form to an address of its own."""
        button = next(
            each for each in self.page.find_all("button") if " ".join(each.get_text(" ").split()) == words
        )
        form = (
            self.page.find("form", id=button["form"])
            if button.has_attr("form")
            else button.find_parent("form")
        )
        data = preset(form) | values  # type: ignore[arg-type]
        if button.has_attr("name"):
            data[str(button["name"])] = str(button.get("value", ""))
        target = str(button.get("formaction") or form.get("action") or "")  # type: ignore[union-attr]
        return self._post(target, data, status)

    def submit(self, action: str = "", *, status: int = 200, button: str = "", **values: Any) -> "Visitor":
        """Submit a form with its hidden and preset values, changed by `values`."""
        form = self.form(action)
        data = preset(form)
        if button:
            pressed = form.find("button", attrs={"name": button}) or form.find(
                "button", attrs={"value": button}
            )
            data[str(pressed["name"])] = pressed.get("value", "")  # type: ignore[index]
        return self._post(str(form.get("action") or ""), data | values, status)

    def _post(self, action: str, data: dict[str, Any], status: int) -> "Visitor":
        target = urljoin(self.response.url, action)  # type: ignore[union-attr]
        headers = {"Referer": self.response.url}  # type: ignore[union-attr]
        self.response = self.session.post(target, data=data, headers=headers, timeout=30)
        assert self.response.status_code == status, (
            f"{target}: {self.response.status_code}\n{self.text[:3000]}"
        )
        return self


def preset(form: Tag) -> dict[str, Any]:
    """The values with which a browser would submit the untouched form."""
    data: dict[str, Any] = {}
    for element in form.find_all(["input", "select", "textarea"]):
        name, kind = element.get("name"), element.get("type", "text")
        if not name or element.has_attr("disabled") or kind in {"submit", "button", "file", "image"}:
            continue
        if kind in {"checkbox", "radio"}:
            if element.has_attr("checked"):
                data.setdefault(name, []).append(element.get("value", "on"))
        elif element.name == "select":
            chosen = element.find("option", selected=True) or element.find("option")
            data[name] = chosen.get("value", "") if chosen else ""
        elif element.name == "textarea":
            # HTML: a line break right after the start tag is none of the text.
            data[name] = element.get_text().removeprefix("\n")
        else:
            data.setdefault(name, []).append(element.get("value", ""))
    return data
