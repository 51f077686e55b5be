"""The forms of mailings and reminders: texts whose placeholders are checked, and whom to write to."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..access.forms import ScopedForm
from ..catalogue.models import Country, Event
from ..catalogue.regions import WorkshopRegion
from ..catalogue.texts import LANGUAGES, LongTextsFormField, Texts, TextsFormField
from ..registration.dossier import Funding
from ..registration.states import State
from ..typed.names import clean_text
from . import services
from .models import WORDS_LENGTH, Mailing, Reminder
from .placeholders import IN_SUBJECTS, NAMES, OF_NOBODY, wrong_in
from .recipients import Choice
from .standard_words import WHEN

SUBJECT_LENGTH = 150


def in_braces(names: tuple[str, ...]) -> str:
    """The placeholders as one writes them."""
    return ", ".join(f"{{{name}}}" for name in names)


def checked(texts: Texts, allowed: tuple[str, ...]) -> Texts:
    """The texts; refuses what is in braces and is no placeholder, naming it and its language."""
    wrong = [
        _("%(language)s: %(parts)s") % {"language": LANGUAGES[code], "parts": " ".join(parts)}
        for code, text in texts.items()
        if (parts := wrong_in(text, allowed))
    ]
    if wrong:
        words = _("Only %(allowed)s may stand in braces here. Correct this: %(wrong)s")
        raise ValidationError(words % {"allowed": in_braces(allowed), "wrong": "; ".join(wrong)})
    return texts


def lines(texts: Texts) -> Texts:
    """Each text on one line, without anything invisible."""
    cleaned = {code: clean_text(text) for code, text in texts.items()}
    return Texts({code: text for code, text in cleaned.items() if text})


class WordsForm(ScopedForm):
    """Subject and text in six languages."""

    in_subject: tuple[str, ...] = IN_SUBJECTS
    in_words: tuple[str, ...] = NAMES

    def clean_subject(self) -> Texts:
        """One line, and only placeholders that a subject may hold."""
        return checked(lines(self.cleaned_data["subject"]), self.in_subject)

    def clean_words(self) -> Texts:
        """Only placeholders in braces."""
        return checked(self.cleaned_data["words"], self.in_words)


class MailingForm(WordsForm):
    """What is written, and to the people of which event."""

    instance: Mailing
    subject = TextsFormField(
        label=gettext_lazy("Subject"),
        max_length=SUBJECT_LENGTH,
        help_text=gettext_lazy("{name}, {reference} and {event} become those of each person."),
    )
    words = LongTextsFormField(
        label=gettext_lazy("Text"),
        max_length=WORDS_LENGTH,
        help_text=gettext_lazy(
            "{name}, {reference}, {event} and {link}, the personal page, become those of each person. An "
            "empty line begins a paragraph. Greeting, facts and button are added. Who reads a language "
            "that you leave empty gets English."
        ),
    )

    def clean_subject(self) -> Texts:
        """As every subject; English is needed."""
        subject = super().clean_subject()
        if not subject.get("en"):
            raise ValidationError(_("Enter the English text."), code="required")
        return subject

    def save(self, commit: bool = True) -> Mailing:  # noqa: FBT001, FBT002 - Django's signature
        """By the service; refuses when the sending has begun."""
        text = {name: self.cleaned_data[name] for name in ("subject", "words")}
        if not self.instance.pk:
            self.instance = services.write(event=self.cleaned_data["event"], user=self.for_user, **text)
            return self.instance
        try:
            return services.rewrite(mailing=self.instance, **text)
        except services.NotPossibleError:
            words = _("Nothing was changed: somebody has begun to send this mailing.")
            raise ValidationError(words) from None


class ReminderForm(WordsForm):
    """Whether and when a reminder is sent, and its words."""

    subject = TextsFormField(label=gettext_lazy("Subject"), max_length=SUBJECT_LENGTH, required=False)
    words = LongTextsFormField(label=gettext_lazy("Text"), max_length=WORDS_LENGTH, required=False)
    hours = forms.IntegerField(label=gettext_lazy("Hours"), min_value=1, max_value=2160)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind == Reminder.Kind.UNFINISHED:
            self.in_subject, self.in_words = ("event",), OF_NOBODY
        self.fields["hours"].help_text = str(WHEN[Reminder.Kind(self.instance.kind)])
        for name, allowed in (("subject", self.in_subject), ("words", self.in_words)):
            self.fields[name].help_text = _(
                "In a language that you leave empty, our own words are sent. In braces you may use: "
                "%(allowed)s."
            ) % {"allowed": in_braces(allowed)}


class Words(forms.MultipleChoiceField):
    """Codes to tick."""

    widget = forms.CheckboxSelectMultiple


class Rows(forms.TypedMultipleChoiceField):
    """Rows to tick, by primary key."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, **kwargs)


class RecipientsForm(forms.Form):
    """Whom a mailing goes to. What is not ticked in a group does not narrow."""

    states = Words(
        label=gettext_lazy("State"),
        choices=State.choices,
        help_text=gettext_lazy("None ticked: everybody who comes or may still come."),
    )
    categories = Rows(label=gettext_lazy("Category"))
    regions = Words(label=gettext_lazy("Region"), choices=WorkshopRegion.choices)
    countries = Rows(
        label=gettext_lazy("Country"),
        help_text=gettext_lazy("Those for which somebody is registered."),
    )
    funding = Words(label=gettext_lazy("Funding"), choices=Funding.Kind.choices)
    only_delegations = forms.BooleanField(label=gettext_lazy("Only members of delegations"))
    only_missing_answers = forms.BooleanField(label=gettext_lazy("Only who has not answered all questions"))

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
        self.fields["categories"].choices = [  # type: ignore[attr-defined]
            (category.pk, str(category)) for category in event.categories.all()
        ]
        self.fields["countries"].choices = _countries(event)  # type: ignore[attr-defined]

    def choice(self) -> Choice:
        """What was chosen."""
        return Choice.stored(self.cleaned_data)


def _countries(event: Event) -> list[tuple[int, str]]:
    present = event.registrations.order_by().values("country")
    countries = [(country.pk, str(country)) for country in Country.objects.filter(pk__in=present)]
    return sorted(countries, key=lambda choice: choice[1].casefold())
