"""Short texts in the six languages of the United Nations, kept in one column."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..typed.fields import Paragraphs

LANGUAGES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "zh-hans": "中文",
    "ru": "Русский",
}
RIGHT_TO_LEFT = frozenset({"ar"})


class Texts(dict[str, str]):
    """A text by language code. English is the fallback for a language without a text."""

    def language(self, wanted: str | None = None) -> str:
        """The language in which `wanted` (the active language by default) can be served."""
        wanted = wanted or get_language() or "en"
        return wanted if self.get(wanted) else "en"

    def text(self, wanted: str | None = None) -> str:
        """The text in `wanted` (the active language by default), else in English."""
        return self.get(self.language(wanted), "")

    def __str__(self) -> str:
        """The text in the active language."""
        return self.text()


def marked(texts: Texts) -> SafeString:
    """The text in the active language; in English and marked so where that language has none."""
    language = texts.language()
    if language == (get_language() or "en"):
        return format_html("{}", texts.text())
    return format_html('<span lang="en" dir="ltr">{}</span>', texts.text())


class TextsWidget(forms.MultiWidget):
    """One input a language, each with its own `lang` and direction."""

    template_name = "django/forms/widgets/texts.html"
    one: type[forms.Widget] = forms.TextInput
    more: ClassVar[dict[str, Any]] = {}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Build the six inputs."""
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            code: self.one(
                {
                    "lang": code,
                    "dir": "rtl" if code in RIGHT_TO_LEFT else "ltr",
                    "aria-label": name,
                    **self.more,
                }
            )
            for code, name in LANGUAGES.items()
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: dict[str, str] | None) -> list[str]:
        """The stored texts in the order of the inputs."""
        return [(value or {}).get(code, "") for code in LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Give each input its language's name for the label."""
        context = super().get_context(name, value, attrs)
        for subwidget, label in zip(context["widget"]["subwidgets"], LANGUAGES.values(), strict=True):
            subwidget["label"] = label
        return context


class LongTextsWidget(TextsWidget):
    """The same for texts of several lines."""

    one = forms.Textarea
    more: ClassVar = {"rows": 6}


class TextsFormField(forms.MultiValueField):
    """Six texts of which English is needed when the field is required."""

    widget: type[TextsWidget] = TextsWidget

    def __init__(self, *, max_length: int, required: bool = True, **kwargs: Any) -> None:
        """`max_length` is in characters for each language."""
        for unused in ("encoder", "decoder"):
            kwargs.pop(unused, None)
        self.english_required = required
        fields = [self.one(max_length) for _code in LANGUAGES]
        super().__init__(fields, required=False, require_all_fields=False, **kwargs)

    @staticmethod
    def one(max_length: int) -> forms.Field:
        """The field of one language."""
        return forms.CharField(required=False, max_length=max_length)

    def compress(self, data_list: list[str]) -> Texts:
        """The texts that are not empty, by language."""
        return Texts({code: text for code, text in zip(LANGUAGES, data_list, strict=False) if text})

    def clean(self, value: list[str]) -> Texts:
        """Refuse a required field without an English text."""
        texts = super().clean(value) or Texts()
        if self.english_required and not texts.get("en"):
            raise ValidationError(_("Enter the English text."), code="required")
        return texts


class LongTextsFormField(TextsFormField):
    """Six texts of several lines, each cleaned as `Paragraphs`."""

    widget = LongTextsWidget

    @staticmethod
    def one(max_length: int) -> forms.Field:
        """The field of one language."""
        return Paragraphs(required=False, longest=max_length)


class TextsAttribute(DeferredAttribute):
    """A plain dictionary given to a row becomes `Texts` at once, not only after the row is read again."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        """Keep `value`, wrapped."""
        plain = isinstance(value, dict) and not isinstance(value, Texts)
        instance.__dict__[self.field.attname] = Texts(value) if plain else value


class TextsField(models.JSONField):
    """A column of `Texts`, at most `max_length` characters a language."""

    descriptor_class = TextsAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """`max_length` bounds each language, in characters."""
        kwargs.setdefault("max_length", 255)
        kwargs.setdefault("default", Texts)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Texts:
        """Wrap the stored object."""
        return Texts(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value: Any) -> Texts:
        """Wrap a value that comes from a form or a fixture."""
        return Texts(super().to_python(value) or {})

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Accept known languages with bounded texts only."""
        super().validate(value, model_instance)
        for code, text in value.items():
            if code not in LANGUAGES or not isinstance(text, str) or len(text) > (self.max_length or 0):
                raise ValidationError(_("Enter one text for each language, none too long."), code="invalid")

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Six inputs instead of raw JSON."""
        return TextsFormField(
            **{
                "max_length": self.max_length,
                "required": not self.blank,
                "label": capfirst(self.verbose_name),
                "help_text": self.help_text,
                **{k: v for k, v in kwargs.items() if k in {"label", "help_text", "initial"}},
            }
        )
