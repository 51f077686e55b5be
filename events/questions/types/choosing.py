"""Questions that are answered by choosing."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext_lazy, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ...catalogue.texts import Texts, marked
from ...typed.fields import LongSelect
from .base import AnswerType, common

if TYPE_CHECKING:
    from ..models import Question

FEW = 10
"""Up to so many choices are radios; more are a list."""

YES = "yes"
"""The code of a consent that was given."""


class Several(forms.MultipleChoiceField):
    """Several choices, at least and at most so many."""

    def __init__(self, *, least: int | None = None, most: int | None = None, **kwargs: Any) -> None:
        """None means without bound; `least` does not bind who chooses nothing where nothing is needed."""
        self.least, self.most = least, most
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)

    def validate(self, value: Any) -> None:
        """Refuse too few and too many."""
        super().validate(value)
        if value and self.least is not None and len(set(value)) < self.least:
            raise ValidationError(
                ngettext_lazy("Choose at least %(least)d.", "Choose at least %(least)d.", "least"),
                params={"least": self.least},
                code="too-few",
            )
        if self.most is not None and len(set(value)) > self.most:
            raise ValidationError(
                ngettext_lazy("Choose %(most)d at most.", "Choose %(most)d at most.", "most"),
                params={"most": self.most},
                code="too-many",
            )


class OneChoice(AnswerType):
    """One of the question's choices. The value is its code."""

    needs_choices = True
    takes_choices = True

    def field(self, question: "Question", kept: Any = None) -> forms.Field:
        """Radios, or a list when there are many."""
        offered = offered_choices(question, self.standing, self.codes(kept))
        messages = {"invalid_choice": gettext("Choose one from the list.")}
        given = common(question, **messages)
        if len(offered) <= FEW:
            return forms.ChoiceField(choices=shown(offered), widget=forms.RadioSelect, **given)
        nothing = ("", gettext("Choose from the list"))
        return forms.ChoiceField(choices=[nothing, *plain(offered)], widget=LongSelect(), **given)

    def codes(self, value: Any) -> frozenset[str]:
        """The chosen one."""
        return frozenset({value} if isinstance(value, str) else ())

    def words(self, question: "Question", value: Any, language: str) -> str:
        """The choice's label."""
        return label_of(question, self.standing, value, language)


class SeveralCodes(AnswerType):
    """Any of what is offered. The value is the list of its codes."""

    bounds = frozenset({"minimum", "maximum"})

    def boxes(self, question: "Question", offered: Iterable[tuple[str, Any]]) -> Several:
        """Boxes to tick: code and label of each."""
        return Several(
            choices=shown(offered),
            least=question.minimum,
            most=question.maximum,
            **common(question, invalid_choice=gettext("Choose only what is in the list.")),
        )

    def value(self, cleaned: Any) -> Any:
        """Each code once."""
        return list(dict.fromkeys(cleaned)) or None

    def posted(self, name: str, value: Any) -> list[tuple[str, str]]:
        """One pair a choice."""
        return [(name, code) for code in value]

    def codes(self, value: Any) -> frozenset[str]:
        """The chosen ones."""
        return frozenset(value or ())

    def fitting(self, codes: Sequence[str]) -> Any:
        """All of them."""
        return list(codes)


class SeveralChoices(SeveralCodes):
    """Any of the question's choices."""

    needs_choices = True
    takes_choices = True

    def field(self, question: "Question", kept: Any = None) -> forms.Field:
        """Boxes to tick."""
        return self.boxes(question, offered_choices(question, self.standing, self.codes(kept)))

    def words(self, question: "Question", value: Any, language: str) -> str:
        """The labels, one after the other."""
        return joined((label_of(question, self.standing, code, language) for code in value), language)


class Consent(AnswerType):
    """A box to tick. Unticked is unanswered."""

    standing = ((YES, _("Yes")),)

    def field(self, question: "Question", kept: Any = None) -> forms.Field:
        """One box."""
        missing = gettext("Tick the box to go on: “%(question)s”.") % {"question": question.label.text()}
        return forms.BooleanField(**common(question, required=missing))

    def posted(self, name: str, value: Any) -> list[tuple[str, str]]:
        """As a browser posts a ticked box."""
        return [(name, "on")]

    def codes(self, value: Any) -> frozenset[str]:
        """“yes” when it was given."""
        return frozenset({YES} if value is True else ())

    def fitting(self, codes: Sequence[str]) -> Any:
        """That it was given."""
        return True

    def words(self, question: "Question", value: Any, language: str) -> str:
        """Yes."""
        with override(language):
            return gettext("Yes")


class TravelSupport(OneChoice):
    """Whether the person asks for support of the journey. The codes are those of a funding."""

    needs_choices = False
    standing = (
        ("none", _("No, my organization or I pay for the journey")),
        ("airfare", _("Yes, the airfare")),
        ("airfare-dsa", _("Yes, the airfare and a daily allowance")),
    )


class Diet(SeveralChoices):
    """What the person does and does not eat. Nothing chosen means everything."""

    needs_choices = False
    standing = (
        ("vegetarian", _("Vegetarian")),
        ("vegan", _("Vegan")),
        ("halal", _("Halal")),
        ("kosher", _("Kosher")),
        ("gluten-free", _("Without gluten")),
        ("lactose-free", _("Without lactose")),
        ("nut-free", _("Without nuts")),
        ("other", pgettext_lazy("diet", "Something else")),
    )


class Accessibility(SeveralChoices):
    """What the person needs to take part."""

    needs_choices = False
    standing = (
        ("step-free", _("A way without steps")),
        ("wheelchair", _("A place for a wheelchair")),
        ("hearing-loop", _("A hearing loop")),
        ("captions", _("Live captions")),
        ("sign-language", _("Sign language interpretation")),
        ("large-print", _("Documents in large print or for a screen reader")),
        ("companion", _("A person who accompanies me")),
        ("other", pgettext_lazy("accessibility", "Something else")),
    )


def offered_choices(
    question: "Question", standing: Sequence[tuple[str, Any]], kept: Collection[str]
) -> list[tuple[str, Any]]:
    """Code and label of what one can choose: without retired choices, but for those answered before."""
    own = list(question.choices.all())
    if not own:
        return list(standing)
    return [(choice.code, choice.label) for choice in own if not choice.is_retired or choice.code in kept]


def label_of(question: "Question", standing: Sequence[tuple[str, Any]], code: str, language: str) -> str:
    """The label of a choice in `language`, or of a standing one; the code itself of one that is gone."""
    for choice in question.choices.all():
        if choice.code == code:
            return choice.label.text(language)
    with override(language):
        return str(dict(standing).get(code, code))


def joined(labels: Iterable[str], language: str) -> str:
    """The labels as a list in `language`."""
    with override(language):
        return gettext(", ").join(labels)


def shown(offered: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The labels for radios and boxes, marked where they stand in English."""
    return [(code, marked(label) if isinstance(label, Texts) else label) for code, label in offered]


def plain(offered: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """The labels without marks: an option of a list holds text only."""
    return [(code, str(label)) for code, label in offered]
