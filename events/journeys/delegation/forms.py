"""The forms of a delegation's page."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ...catalogue.models import Category
from ...delegations.lists import MOST_BYTES, ListError, lines_of_file, lines_of_text
from ...delegations.services import LETTER_KINDS
from ...files.checks import check_file
from ...registration.fields import CategoryRadios
from ...registration.models import NAME_LENGTH, Registration
from ...registration.quotas import Quota
from ...typed.fields import EmailAddress, TextLine
from ...typed.names import fold
from .nominate import Nominee
from .standing import Standing

Role = Registration.DelegationRole


class PersonForm(forms.Form):
    """Whom the place goes to, when the place itself is known.

    Without `judged`, only the answers themselves are looked at and not what the delegation has already:
    a form that comes a second time meets the person whom it nominated the first time.
    """

    name = TextLine(
        label=_("Full name"),
        help_text=_("As it should stand on the badge. The person can correct it."),
        longest=NAME_LENGTH,
        error_messages={"required": _("Enter the person's name.")},
    )
    email = EmailAddress(
        label=_("E-mail address"),
        help_text=_("The person's own: their personal link is sent there."),
        error_messages={"required": _("Enter the person's e-mail address.")},
    )
    language = forms.ChoiceField(
        label=_("Language of our mails to the person"),
        choices=settings.LANGUAGES,
        error_messages={
            "required": _("Choose a language."),
            "invalid_choice": _("“%(value)s” is none of the six languages. Choose one from the list."),
        },
    )

    def __init__(self, *args: Any, standing: Standing, judged: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.judged = judged
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.initial.setdefault("language", standing.delegation.contact_point.language)

    def clean_name(self) -> str:
        """Refuse what a spreadsheet would run."""
        return _no_formula(self.cleaned_data["name"])

    def clean_email(self) -> str:
        """Refuse the address of somebody who is in the delegation."""
        email: str = self.cleaned_data["email"]
        if self.judged and fold(email) in self.standing.addresses:
            raise ValidationError(gettext("Somebody with this address is in your delegation already."))
        return email


class NomineeForm(PersonForm):
    """A person and the place that they would take."""

    field_order = ("role", "category", "name", "email", "function", "language")

    role = forms.ChoiceField(
        label=_("Role in the delegation"),
        widget=CategoryRadios,
        choices=Role.choices,
        error_messages={
            "required": _("Choose the role in the delegation."),
            "invalid_choice": _("“%(value)s” is no role. Choose head of delegation, alternate or adviser."),
        },
    )
    category = forms.ChoiceField(
        label=_("Category"),
        widget=CategoryRadios,
        error_messages={
            "required": _("Choose a category."),
            "invalid_choice": _("“%(value)s” is no category of this event. Choose one from the list."),
        },
    )
    function = TextLine(label=_("Function or job title"), longest=160, required=False)

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        """As of a person alone."""
        super().__init__(*args, standing=standing, **kwargs)
        self.by_letter = {category.letter: category for category in standing.categories}
        role = cast(forms.ChoiceField, self.fields["role"])
        if standing.has_head:
            role.widget.full = frozenset({Role.HEAD})
        self._ask_for_category(cast(forms.ChoiceField, self.fields["category"]))

    def _ask_for_category(self, field: forms.ChoiceField) -> None:
        quotas = [
            quota for quota in self.standing.quotas.of_categories if quota.category.letter in self.by_letter
        ]
        field.choices = [(quota.category.letter, _label(quota)) for quota in quotas]
        full = frozenset(
            quota.category.letter for quota in quotas if quota.left is not None and quota.left <= 0
        )
        field.widget.full = full
        if len(quotas) == 1:
            field.initial = quotas[0].category.letter

    def clean_role(self) -> str:
        """Refuse a second head."""
        role: str = self.cleaned_data["role"]
        if self.judged and role == Role.HEAD and self.standing.has_head:
            raise ValidationError(second_head())
        return role

    def clean_category(self) -> str:
        """Refuse a category without a place."""
        letter: str = self.cleaned_data["category"]
        quota = self.standing.quotas.of(self.by_letter[letter].pk)
        if self.judged and quota is not None and quota.left is not None and quota.left <= 0:
            raise ValidationError(no_place(quota), code="full")
        return letter

    def clean_function(self) -> str:
        """Refuse what a spreadsheet would run."""
        return _no_formula(self.cleaned_data["function"])

    @property
    def chosen_category(self) -> Category | None:
        """The category, when it is one."""
        return self.by_letter.get(self.cleaned_data.get("category", ""))

    def nominee(self) -> Nominee:
        """The person, from a valid form."""
        cleaned = self.cleaned_data | {"category": self.by_letter[self.cleaned_data["category"]]}
        return Nominee(**{name: cleaned[name] for name in self.field_order})


class ListForm(forms.Form):
    """A list of people: a file, or cells pasted from a spreadsheet."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX or CSV, at most 1 MB and 500 people."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    pasted = forms.CharField(
        label=_("Or paste the cells here"),
        help_text=_("Copy them in your spreadsheet, with or without the headings."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Read the list, or say why it cannot be read."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        file, pasted = cleaned.get("file"), cleaned.get("pasted")
        try:
            if file:
                # One byte more than may be is enough to know.
                self.lines = lines_of_file(file.read(MOST_BYTES + 1))
            elif pasted:
                self.lines = lines_of_text(pasted)
            else:
                self.add_error("file", gettext("Choose a file, or paste the cells below."))
        except ListError as error:
            self.add_error("file" if file else "pasted", str(error))
        return cleaned


class LetterForm(forms.Form):
    """The signed letter of the delegation."""

    letter = forms.FileField(
        label=_("Signed letter or credentials"),
        help_text=_("PDF, JPEG or PNG, at most 10 MB. One file for the whole delegation."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        allow_empty_file=True,
        error_messages={
            "required": _("Choose the file of the letter."),
            "missing": _("Choose the file of the letter."),
        },
    )

    def clean_letter(self) -> File:
        """The letter, if it may be kept."""
        letter: File = self.cleaned_data["letter"]
        check_file(letter, kinds=LETTER_KINDS)
        return letter


class SuccessorForm(forms.Form):
    """Who takes over."""

    name = TextLine(
        label=_("Name of your successor"),
        longest=NAME_LENGTH,
        error_messages={"required": _("Enter the name of your successor.")},
    )
    email = EmailAddress(
        label=_("E-mail address of your successor"),
        help_text=_("The link to this page is sent there. Your own link stops working."),
        error_messages={"required": _("Enter the e-mail address of your successor.")},
    )
    language = forms.ChoiceField(
        label=_("Language of our mails to your successor"), choices=settings.LANGUAGES
    )

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.initial.setdefault("language", standing.delegation.contact_point.language)


class RankForm(forms.Form):
    """In which order the party would like its people funded; each rank once."""

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = standing.people
        numbers = [("", gettext("Not ranked")), *((str(n), str(n)) for n in range(1, len(self.people) + 1))]
        for person in self.people:
            self.fields[person.reference] = forms.ChoiceField(
                label=person.name,
                choices=numbers,
                required=False,
                initial=str(person.funding_rank or ""),
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a rank that two people have."""
        cleaned = super().clean() or self.cleaned_data
        seen: dict[str, str] = {}
        for person in self.people:
            rank = cleaned.get(person.reference)
            if rank and rank in seen:
                words = gettext("%(name)s has rank %(rank)s as well. Give each rank once.")
                self.add_error(person.reference, words % {"name": seen[rank], "rank": rank})
            elif rank:
                seen[rank] = person.name
        return cleaned

    def ranks(self) -> dict[str, int]:
        """The rank of each reference, without gaps."""
        ranked = sorted((int(rank), reference) for reference, rank in self.cleaned_data.items() if rank)
        return {reference: place for place, (_rank, reference) in enumerate(ranked, start=1)}


def second_head() -> str:
    """Why there cannot be another head."""
    return gettext(
        "Your delegation has a head already. Choose alternate or adviser, or replace the head first."
    )


def no_place(quota: Quota) -> str:
    """Why nobody can be added in the category."""
    if quota.places is None or quota.taken < quota.places:
        return gettext("No place is left in this category for anybody. Choose another one.")
    words = ngettext(
        "Your delegation has %(places)d place in this category, and it is taken.",
        "Your delegation has %(places)d places in this category, and all are taken.",
        quota.places,
    )
    return words % {"places": quota.places}


def _label(quota: Quota) -> str:
    if quota.left is None:
        return str(quota.category.label)
    words = ngettext(
        "%(category)s – %(left)d place left", "%(category)s – %(left)d places left", max(quota.left, 0)
    )
    return words % {"category": quota.category.label, "left": max(quota.left, 0)}


def _no_formula(text: str) -> str:
    if text.startswith("="):
        raise ValidationError(gettext("Enter text. This is a formula of a spreadsheet."), code="formula")
    return text
