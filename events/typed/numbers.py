"""Numbers and telephone numbers as people type them, in any digits."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_NUMBER = re.compile(r"[+-]?\d{1,15}")
_PHONE = re.compile(r"\+?\d(?: ?\d){5,14}", re.ASCII)
_HOPELESS = 60
"""Characters: no number is as long."""


def clean_number(text: str) -> int | None:
    """The whole number in `text`, in the digits of any script, or None. Spaces may group thousands."""
    bare = "".join(text.split()).replace("\u2212", "-")
    return int(bare) if _NUMBER.fullmatch(bare) else None


def clean_phone(text: str) -> str | None:
    """The number in ASCII digits with single spaces between its groups, or None. Idempotent.

    Six to fifteen digits (ITU-T E.164); an international number begins with “+” and keeps it.
    """
    folded = unicodedata.normalize("NFKC", text)
    digits = "".join(str(unicodedata.decimal(char, char)) for char in folded)
    spaced = " ".join(re.sub(r"[().\-/\u2010-\u2015\u2212]", " ", digits).split())
    grouped = re.sub(r"^(?:\+ |00 ?)", "+", spaced)
    return grouped if _PHONE.fullmatch(grouped) else None


class WholeNumber(forms.CharField):
    """A whole number within bounds; None when nothing is typed."""

    def __init__(self, *, least: int | None = None, most: int | None = None, **kwargs: Any) -> None:
        """Both bounds belong to what is allowed; None means without bound."""
        self.least, self.most = least, most
        attrs = {"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        """The number; refuses what is none and what is out of bounds."""
        text = super().to_python(value)
        if not text:
            return None
        number = clean_number(text) if len(text) <= _HOPELESS else None
        if number is None:
            raise ValidationError(_("Enter a whole number, such as 12."), code="invalid")
        if self.least is not None and number < self.least:
            raise ValidationError(
                _("Enter %(least)d or more."), params={"least": self.least}, code="too-small"
            )
        if self.most is not None and number > self.most:
            raise ValidationError(_("Enter %(most)d or less."), params={"most": self.most}, code="too-large")
        return number


class TelephoneNumber(forms.CharField):
    """A telephone number, cleaned by `clean_phone`."""

    def __init__(self, **kwargs: Any) -> None:
        """Takes what every field takes."""
        attrs = {"type": "tel", "autocomplete": "tel", "dir": "ltr"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        """The number; refuses what is none."""
        text = str(super().to_python(value))
        if not text:
            return ""
        number = clean_phone(text) if len(text) <= _HOPELESS else None
        if number is None:
            raise ValidationError(
                _("Enter a telephone number with its country code, like +39 06 5705 1."), code="invalid"
            )
        return number
