"""The registration form of one event."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..catalogue.country_field import country_options
from ..catalogue.models import Category, Country, Event, Rppo
from ..catalogue.selectors import countries_by_code, rppos_by_acronym
from ..typed.fields import CodeField, EmailAddress, TextLine
from .closed import offer_label
from .fields import CategoryRadios
from .models import NAME_LENGTH, Registration
from .windows import Offer, Window

Representing = Registration.Representing

NEEDED: dict[str, tuple[str, Any]] = {
    Representing.COUNTRY: ("country", _("Choose the country or territory that you represent.")),
    Representing.RPPO: ("rppo", _("Choose the organization that you represent.")),
    Representing.ORGANIZATION: ("organization", _("Enter the name of the organization that you represent.")),
}
"""The answer that goes with what one represents, and the words when it is missing."""


class RegistrationForm(forms.Form):
    """What the Secretariat needs to know about one person. Named as the fields of `Registration`."""

    category = forms.ChoiceField(
        label=_("How will you take part?"),
        widget=CategoryRadios,
        error_messages={"required": _("Choose how you will take part.")},
    )
    name = TextLine(
        label=_("Name as on your badge"),
        help_text=_("Your full name, as you wish others to read it."),
        longest=NAME_LENGTH,
        autocomplete="name",
        error_messages={"required": _("Enter your name.")},
    )
    email = EmailAddress(
        label=_("E-mail address"),
        help_text=_("We send your confirmation, your ticket and your personal link to this address."),
        error_messages={"required": _("Enter your e-mail address.")},
    )
    representing = forms.ChoiceField(
        label=_("Whom do you represent?"),
        widget=forms.RadioSelect,
        choices=Representing.choices,
        error_messages={"required": _("Choose whom you represent.")},
    )
    country = CodeField(
        label=_("Country or territory"),
        help_text=_("If you represent a country or territory."),
        autocomplete="country",
        required=False,
        goes_with_another=True,
    )
    rppo = CodeField(
        label=_("Regional plant protection organization"),
        help_text=_("If you represent a regional plant protection organization."),
        required=False,
        goes_with_another=True,
    )
    organization = TextLine(
        label=pgettext_lazy("where one works", "Organization"),
        help_text=_("If you represent another organization."),
        longest=160,
        autocomplete="organization",
        required=False,
        goes_with_another=True,
    )
    function = TextLine(
        label=_("Function or job title"), longest=160, autocomplete="organization-title", required=False
    )
    gender = forms.ChoiceField(
        label=_("Gender"),
        help_text=_("Asked to report on balanced participation. It is not printed on your badge."),
        widget=forms.RadioSelect,
        choices=Registration.Gender.choices,
        error_messages={"required": _("Choose an answer. You may prefer not to say.")},
    )
    gender_described = TextLine(label=_("Your own words"), longest=60, required=False, goes_with_another=True)
    nationality = CodeField(
        label=_("Nationality"),
        help_text=_("The host of this event asks for it, for example for entry to the building."),
        error_messages={"required": _("Choose your nationality.")},
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        widget=forms.CheckboxSelectMultiple,
        choices=settings.LANGUAGES,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language of our mails to you"),
        choices=settings.LANGUAGES,
        error_messages={"required": _("Choose a language.")},
    )
    consent = forms.BooleanField(
        label=_("I agree that the IPPC Secretariat keeps and uses these details as described here."),
        error_messages={"required": _("We can register you only if you agree. Tick the box to go on.")},
    )

    def __init__(
        self, *args: Any, event: Event, offers: list[Offer], invited_as: str = "", **kwargs: Any
    ) -> None:
        """`offers` are the event's categories; a single one is not asked for.

        Who is invited has told the address already: `invited_as`.
        """
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", get_language())
        self.event = event
        self.invited_as = invited_as
        if invited_as:
            del self.fields["email"]
        self.by_letter = {offer.category.letter: offer for offer in offers}
        self._ask_for_category(offers)
        self._ask_for_countries()

    def _ask_for_category(self, offers: list[Offer]) -> None:
        if len(offers) == 1:
            del self.fields["category"]
            return
        field = cast(forms.ChoiceField, self.fields["category"])
        field.choices = [(offer.category.letter, offer_label(offer)) for offer in offers]
        radios = cast(CategoryRadios, field.widget)
        radios.full = frozenset(offer.category.letter for offer in offers if not offer.can_be_chosen)

    def _ask_for_countries(self) -> None:
        options = country_options()
        if not self.event.asks_nationality:
            del self.fields["nationality"]
        for name in {"country", "nationality"} & self.fields.keys():
            cast(CodeField, self.fields[name]).read_from(options=options, find=self._country)
        cast(CodeField, self.fields["rppo"]).read_from(options=self._rppo_options, find=self._rppo)

    def _country(self, code: str) -> Country | None:
        return self._given_countries.get(code)

    def _rppo_options(self) -> Iterable[tuple[str, Rppo]]:
        return self._rppos.items()

    def _rppo(self, acronym: str) -> Rppo | None:
        return self._rppos.get(acronym)

    @cached_property
    def _given_countries(self) -> dict[str, Country]:
        """The countries that the answers name, all in one query."""
        return countries_by_code([self.data.get("country", ""), self.data.get("nationality", "")])

    @cached_property
    def _rppos(self) -> dict[str, Rppo]:
        return rppos_by_acronym()

    @property
    def chosen_category(self) -> Category:
        """The chosen category, or the only one."""
        return self.chosen_offer.category

    @property
    def chosen_offer(self) -> Offer:
        """The same with how it stands."""
        return self.by_letter[self.cleaned_data.get("category") or next(iter(self.by_letter))]

    @property
    def is_refused_for_places(self) -> bool:
        """Whether what is wrong with the answers is that the category is full."""
        return self.has_error("category", "full")

    def clean_category(self) -> str:
        """Refuse a category that is full or not open while another one can be chosen."""
        letter = self.cleaned_data["category"]
        is_hopeless = not any(offer.can_be_chosen for offer in self.by_letter.values())
        if self.by_letter[letter].can_be_chosen or is_hopeless:
            return str(letter)
        if self.by_letter[letter].window is not Window.FULL:
            words = _("Registration is not open in this category. Choose another one.")
            raise ValidationError(words, code="full")
        raise ValidationError(_("No place is left in this category. Choose another one."), code="full")

    def clean(self) -> None:
        """Of the answers that go with another one, need the one that must be there and drop the others."""
        if "representing" in self.fields:
            self._keep_represented(self.cleaned_data.get("representing", ""))
        if self.cleaned_data.get("gender") != Registration.Gender.SELF_DESCRIBED:
            self._drop("gender_described", "")

    def _keep_represented(self, kind: str) -> None:
        needed, words = NEEDED.get(kind, ("", ""))
        asked = {"organization"} if kind == Representing.OTHER else {needed}
        for name, nothing in (("country", None), ("rppo", None), ("organization", "")):
            if name not in asked:
                self._drop(name, nothing)
        if needed and not self.cleaned_data.get(needed) and not self.has_error(needed):
            self.add_error(needed, ValidationError(words, code="required"))

    def _drop(self, name: str, nothing: str | None) -> None:
        """Forget an answer that was not asked for, and what was wrong with it."""
        self.errors.pop(name, None)
        self.cleaned_data[name] = nothing

    def as_typed(self, posted: QueryDict) -> dict[str, Any]:
        """What was posted as the form's initial values: shown again, not yet judged."""
        return {
            name: field.widget.value_from_datadict(posted, {}, name) for name, field in self.fields.items()
        }

    def as_posted(self) -> list[tuple[str, str]]:
        """The cleaned answers as the form posts them: names and values of hidden fields."""
        return [
            (name, _code(value))
            for name, answer in self.cleaned_data.items()
            for value in (answer if isinstance(answer, list) else [answer])
            if value
        ]

    def answers(self) -> dict[str, Any]:
        """The cleaned answers as fields of `Registration`, for `services.register`."""
        others = {"category", "consent"}
        answers = {name: answer for name, answer in self.cleaned_data.items() if name not in others}
        return answers | {"email": self.invited_as} if self.invited_as else answers


class OwnDataForm(RegistrationForm):
    """What a registered person may change: all but the category and, in a delegation, the party."""

    def __init__(self, *args: Any, registration: Registration, consents: bool = False, **kwargs: Any) -> None:
        """Begins with what is kept. Asks for consent only where it was not given yet."""
        only = [Offer(registration.category, is_full=False)]
        super().__init__(*args, event=registration.event, offers=only, **kwargs)
        if registration.delegation_id:
            for name in ("representing", "country", "rppo", "organization"):
                del self.fields[name]
        if not consents:
            del self.fields["consent"]
        self.initial.update({name: _kept(registration, name) for name in self.fields if name != "consent"})


def _kept(registration: Registration, name: str) -> Any:
    """The value with which the form's field begins."""
    value = getattr(registration, name)
    return _code(value) if isinstance(value, Country | Rppo) else value


def _code(answer: Any) -> str:
    if isinstance(answer, Country):
        return answer.iso2
    if isinstance(answer, Rppo):
        return answer.acronym
    return "on" if answer is True else str(answer)
