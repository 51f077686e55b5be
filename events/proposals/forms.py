"""The form by which anyone proposes an event, and the same fields for staff."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..catalogue.country_field import read_countries
from ..typed.fields import CodeField, Day, EmailAddress, Paragraphs, TextLine
from .days import problem_with
from .models import Proposal
from .web_address import clean_address

TITLE_LENGTH, PLACE_LENGTH, NAME_LENGTH, DESCRIPTION_LENGTH = 160, 160, 120, 2000


class WebAddress(forms.CharField):
    """The address of a page, cleaned by `clean_address`."""

    def __init__(self, **kwargs: Any) -> None:
        """Takes what every field takes."""
        attrs = {"autocomplete": "off", "dir": "ltr", "spellcheck": "false", "inputmode": "url"}
        # No type=url: browsers would refuse www.example.org in their own words.
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        """The address in ASCII."""
        return clean_address(str(super().to_python(value)))


class ProposalForm(forms.Form):
    """What the public calendar shows, and whom the Secretariat writes to. Named as `Proposal`'s fields."""

    title = TextLine(
        label=_("Title of the event"),
        longest=TITLE_LENGTH,
        error_messages={"required": _("Enter the title of the event.")},
    )
    description = Paragraphs(
        label=_("Description"),
        help_text=_("What happens, for whom, and how one takes part. Up to 2,000 characters."),
        longest=DESCRIPTION_LENGTH,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language of title and description"),
        help_text=_("We also write to you in this language."),
        choices=settings.LANGUAGES,
        error_messages={"required": _("Choose a language.")},
    )
    start_date = Day(label=_("First day"), error_messages={"required": _("Enter the first day.")})
    end_date = Day(
        label=_("Last day"),
        help_text=_("The same as the first day, if the event takes one day."),
        error_messages={"required": _("Enter the last day.")},
    )
    place = TextLine(
        label=_("Place"), help_text=_("City and venue, or “online”."), longest=PLACE_LENGTH, required=False
    )
    country = CodeField(
        label=_("Country or territory"),
        help_text=_("Leave it open for an online or worldwide event."),
        required=False,
    )
    level = forms.ChoiceField(
        label=_("Level"),
        widget=forms.RadioSelect,
        choices=Proposal.Level.choices,
        error_messages={"required": _("Choose the level of the event.")},
    )
    link = WebAddress(
        label=_("Web page of the event"), help_text=_("Begins with https:// or http://."), required=False
    )
    proposer_name = TextLine(
        label=_("Your name"),
        longest=NAME_LENGTH,
        autocomplete="name",
        error_messages={"required": _("Enter your name.")},
    )
    proposer_email = EmailAddress(
        label=_("Your e-mail address"),
        help_text=_("We write to you when it is decided. Your name and address are never published."),
        error_messages={"required": _("Enter your e-mail address.")},
    )
    consent = forms.BooleanField(
        label=_(
            "I agree that the IPPC Secretariat publishes the event and keeps my name and e-mail address."
        ),
        error_messages={"required": _("We can take your proposal only if you agree. Tick the box to go on.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", get_language())
        read_countries(cast(CodeField, self.fields["country"]))

    def clean(self) -> None:
        """Refuse days that cannot be."""
        first, last = self.cleaned_data.get("start_date"), self.cleaned_data.get("end_date")
        if first and last and (problem := problem_with(first, last, today=timezone.now().date())):
            self.add_error(*problem)

    def as_typed(self, posted: QueryDict) -> dict[str, Any]:
        """What was posted as the form's initial values: shown again, not yet judged."""
        return {
            name: field.widget.value_from_datadict(posted, {}, name) for name, field in self.fields.items()
        }

    def answers(self) -> dict[str, Any]:
        """The cleaned answers as fields of `Proposal`, for `services.propose`."""
        return {name: answer for name, answer in self.cleaned_data.items() if name != "consent"}
