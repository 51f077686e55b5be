"""Fields that take what people really type, and say in words what is wrong."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .names import clean_text
from .paragraphs import clean_paragraphs

EMAIL_LENGTH = 254
_HOPELESS = 20
"""Text this many times too long is refused unread: cleaning it would only cost time."""

Choices = Iterable[tuple[str, Any]]


class TooLong(MaxLengthValidator):
    """Says how many characters there may be and how many there are."""

    message = ngettext_lazy(
        "Use %(limit_value)d character or fewer. There are %(show_value)d now.",
        "Use %(limit_value)d characters or fewer. There are %(show_value)d now.",
        "limit_value",
    )


class TextLine(forms.CharField):
    """One line in any script, cleaned by `clean_text`.

    The input has no `maxlength`: browsers would cut a pasted text without a word.
    """

    def __init__(
        self, *, longest: int, autocomplete: str = "off", goes_with_another: bool = False, **kwargs: Any
    ) -> None:
        """`longest` is in characters after cleaning; `autocomplete` is a token of HTML's list.

        A question that goes with another answer says so in its hint, not by “(optional)”.
        """
        self.longest = longest
        self.goes_with_another = goes_with_another
        attrs = {"autocomplete": autocomplete, "dir": "auto"}
        super().__init__(widget=forms.TextInput(attrs=attrs), validators=[TooLong(longest)], **kwargs)

    def to_python(self, value: Any) -> str:
        """The cleaned line; refuses text without any letter or digit."""
        text = str(super().to_python(value))
        if len(text) > _HOPELESS * self.longest:
            TooLong(self.longest)(text)
        line = clean_text(text)
        if text and not line:
            raise ValidationError(_("Enter at least one letter or digit."), code="no-letter")
        return line


class Paragraphs(forms.CharField):
    """Text of several lines in any script, cleaned by `clean_paragraphs`."""

    def __init__(self, *, longest: int, rows: int = 6, **kwargs: Any) -> None:
        """`longest` is in characters after cleaning."""
        self.longest = longest
        widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        super().__init__(widget=widget, validators=[TooLong(longest)], strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """The cleaned lines."""
        text = str(super().to_python(value))
        if len(text) > _HOPELESS * self.longest:
            TooLong(self.longest)(text)
        return clean_paragraphs(text)


class Day(forms.DateField):
    """One day; where the browser has no calendar, typed as 2027-05-12."""

    def __init__(self, **kwargs: Any) -> None:
        """Takes what every field takes."""
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        words = _("Enter a day that exists, like 2027-05-12.")
        messages = {"invalid": words, "required": words, **kwargs.pop("error_messages", {})}
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], error_messages=messages, **kwargs)


class EmailAddress(forms.CharField):
    """An address that every mail server understands: plain Latin letters, nothing invisible."""

    def __init__(self, **kwargs: Any) -> None:
        """Takes what every field takes."""
        attrs = {"autocomplete": "email", "dir": "ltr", "spellcheck": "false", "inputmode": "email"}
        widget = forms.EmailInput(attrs=attrs)
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        """The address; refuses letters outside ASCII and anything that is no address."""
        address = super().to_python(value)
        if not address:
            return ""
        TooLong(EMAIL_LENGTH)(address)
        if not address.isascii() or not address.isprintable():
            raise ValidationError(
                _("Use only plain Latin letters, digits and signs in the e-mail address, without spaces."),
                code="not-plain",
            )
        try:
            validate_email(address)
        except ValidationError:
            raise ValidationError(
                _("Enter an e-mail address in the correct format, like name@example.org."), code="invalid"
            ) from None
        return str(address)


class LongSelect(forms.Select):
    """A select of hundreds of options, written at once: one template an option costs 20 ms."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The select with its options; the first is empty."""
        chosen = str(value or "")
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((code, mark_safe(" selected") if code == chosen else "", label) for code, label in self.choices),
        )
        written = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        opening = format_html_join("", ' {}="{}"', ((k, v) for k, v in written.items() if v is not True))
        return format_html("<select{}>{}</select>", opening, options)


class CodeField(forms.Field):
    """A choice from a long table of the database, given by its code; cleaned to the row or None."""

    def __init__(self, *, autocomplete: str = "off", goes_with_another: bool = False, **kwargs: Any) -> None:
        """As of `TextLine`."""
        self.goes_with_another = goes_with_another
        super().__init__(widget=LongSelect(attrs={"autocomplete": autocomplete}), **kwargs)

    def read_from(self, *, options: Callable[[], Choices], find: Callable[[str], Any]) -> None:
        """Ask `options` (code and label) when it is drawn, and `find` for a code's row when it is cleaned."""
        self.widget.choices = lambda: [("", _("Choose from the list")), *options()]
        self.find = find

    def clean(self, value: Any) -> Any:
        """The chosen row, or None; refuses a code that is not in the table."""
        code = super().clean(value)
        if not code:
            return None
        row = self.find(str(code))
        if row is None:
            raise ValidationError(_("Choose one from the list."), code="invalid")
        return row
