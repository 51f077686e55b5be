"""Forms of the staff screens of questions: what cannot be asked cannot be saved."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...access.forms import ScopedForm
from ...typed.names import clean_text
from ..conditions import asked_before, asked_too_early, possible_answers, runs_in_a_circle
from ..kinds import Kind
from ..models import Choice, Question, QuestionSet
from ..selectors import forget_sets, read_sets
from ..services import choices_add
from ..types import type_of

_LABEL_LENGTH = 200


class SetForm(ScopedForm):
    """A set of questions."""

    def clean(self) -> dict[str, Any]:
        """Refuse a place or a moment at which a condition would not be decided yet."""
        cleaned: dict[str, Any] = super().clean()
        event = cleaned.get("event") or getattr(self.instance, "event", None)
        if self.instance.pk and event and not self.errors:
            placed = ("moment", "position")
            changed: dict[str, Any] = {name: cleaned[name] for name in placed if name in cleaned}
            self._refuse_disorder(read_sets(event), changed)
        return cleaned

    def _refuse_disorder(self, sets: list[QuestionSet], changed: dict[str, Any]) -> None:
        for each in sets:
            if each.pk == self.instance.pk:
                for name, value in changed.items():
                    setattr(each, name, value)
        if wrong := asked_too_early(sets):
            question, condition = wrong
            words = gettext("“%(question)s” would come before “%(condition)s”, on whose answer it depends.")
            names = {"question": question.label.text(), "condition": condition.label.text()}
            self.add_error("position", words % names)

    def save(self, commit: bool = True) -> QuestionSet:  # noqa: FBT001, FBT002 - Django's signature
        """The set, seen at once."""
        saved: QuestionSet = super().save(commit)
        forget_sets(saved.event_id)
        return saved


class QuestionForm(ScopedForm):
    """A question with its condition and, where it has some, its choices."""

    condition = forms.MultipleChoiceField(
        label=_("Only after one of these answers"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None ticked: it is always asked. Tick answers of one question only."),
    )
    new_choices = forms.CharField(
        label=_("Add choices"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=10_000,
        help_text=_(
            "In English, each on a line of its own. Other languages and the order: on each choice’s page. "
            "Diet, accessibility and travel support have choices in six languages unless you add some."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_answered = bool(self.instance.pk) and self.instance.answers.exists()
        if self.is_answered:
            for name in ("key", "kind"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("It has been answered: this stays as it is.")
        self.others = self._others()
        self.fields["condition"].choices = [
            (str(each.label), [(f"{each.pk}:{code}", label) for code, label in answers])
            for each in self.others.values()
            if (answers := possible_answers(each))
        ]
        if self.instance.shown_if_id:
            own = [f"{self.instance.shown_if_id}:{code}" for code in self.instance.shown_if_values]
            self.initial["condition"] = own

    def _others(self) -> dict[int, Question]:
        """The questions of the same event, which is known once the set is."""
        if self._set is None:
            return {}
        found = [each for one in read_sets(self._set.event) for each in one.questions.all()]
        return {each.pk: each for each in found if each.pk != self.instance.pk and not each.is_retired}

    @cached_property
    def _set(self) -> QuestionSet | None:
        if self.instance.pk:
            return self.instance.question_set
        chosen = self.data.get("question_set") or self.initial.get("question_set")
        offered = self.fields["question_set"].queryset
        return offered.filter(pk=chosen).first() if chosen and str(chosen).isdecimal() else None

    def clean_key(self) -> str:
        """Refuse a key that another question of the event has: exports would have two of it."""
        key = str(self.cleaned_data["key"]).lower()
        if any(other.key == key for other in self.others.values()):
            raise ValidationError(_("Another question of this event has this key."), code="taken")
        return key

    def clean_new_choices(self) -> list[str]:
        """One label a line."""
        labels = [clean_text(line) for line in self.cleaned_data["new_choices"].splitlines()]
        if any(len(label) > _LABEL_LENGTH for label in labels):
            raise ValidationError(_("Use 200 characters or fewer for each choice."), code="too-long")
        return [label for label in labels if label]

    def clean(self) -> dict[str, Any]:
        """Refuse what could not be asked or answered."""
        cleaned: dict[str, Any] = super().clean()
        if kind := cleaned.get("kind"):
            self._check_bounds(cleaned, kind)
            self._check_choices(cleaned, kind)
            if kind == Kind.VISA and cleaned.get("visibility") == Question.Visibility.TEAM:
                self.add_error("visibility", _("Data of passports are for registrars only."))
        self._check_condition(cleaned)
        if cleaned.get("is_retired") and self.instance.pk:
            self._refuse_to_leave_followers()
        return cleaned

    def _check_bounds(self, cleaned: dict[str, Any], kind: str) -> None:
        bounds = type_of(kind).bounds
        for name in ("minimum", "maximum"):
            if cleaned.get(name) is not None and name not in bounds:
                self.add_error(name, _("This kind of question has no such bound. Leave it empty."))
        least, most = cleaned.get("minimum"), cleaned.get("maximum")
        if least is not None and most is not None and least > most:
            self.add_error("maximum", _("The bounds leave no answer."))
        if most is not None and most < 1 and kind != Kind.NUMBER:
            self.add_error("maximum", _("The bounds leave no answer."))

    def _check_choices(self, cleaned: dict[str, Any], kind: str) -> None:
        new = cleaned.get("new_choices")
        if new and not type_of(kind).takes_choices:
            self.add_error("new_choices", _("This kind of question has no choices. Leave it empty."))
        has_some = self.instance.pk and self.instance.choices.filter(is_retired=False).exists()
        if type_of(kind).needs_choices and not new and not has_some and "new_choices" in cleaned:
            self.add_error("new_choices", _("Enter at least one choice."))

    def _check_condition(self, cleaned: dict[str, Any]) -> None:
        """Turn the ticked answers into the condition, or say why they are none."""
        ticked = [each.split(":", 1) for each in cleaned.get("condition", ())]
        pks = {int(pk) for pk, _code in ticked}
        if len(pks) > 1:
            self.add_error("condition", _("Tick answers of one question only."))
            return
        condition = self.others[pks.pop()] if pks else None
        self.instance.shown_if = condition
        self.instance.shown_if_values = [code for _pk, code in ticked]
        if condition is None or self._set is None:
            return
        if self.instance.pk and runs_in_a_circle(self.instance, condition):
            self.add_error("condition", _("That question depends on this one itself."))
        elif not asked_before(condition.question_set, self._set):
            self.add_error("condition", _("That question is asked later than this one."))

    def _refuse_to_leave_followers(self) -> None:
        followers = self.instance.followed_by.filter(is_retired=False)
        if followers.exists():
            names = ", ".join(str(each) for each in followers)
            words = _("Other questions depend on its answer: %(questions)s.")
            self.add_error("is_retired", ValidationError(words, params={"questions": names}))

    @transaction.atomic
    def save(self, commit: bool = True) -> Question:  # noqa: FBT001, FBT002 - Django's signature
        """The question and its new choices, seen at once."""
        saved: Question = super().save(commit)
        choices_add(question=saved, labels=self.cleaned_data["new_choices"])
        return saved


class ChoiceForm(ScopedForm):
    """A choice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and is_answered(self.instance):
            self.fields["code"].disabled = True
            self.fields["code"].help_text = _("It has been answered: this stays as it is.")

    def clean_code(self) -> str:
        """In small letters: conditions and exports compare it."""
        return str(self.cleaned_data["code"]).lower()

    def clean_question(self) -> Question:
        """Refuse a question without choices."""
        question: Question = self.cleaned_data["question"]
        if not type_of(question.kind).takes_choices:
            raise ValidationError(_("This kind of question has no choices."), code="no-choices")
        return question

    def save(self, commit: bool = True) -> Choice:  # noqa: FBT001, FBT002 - Django's signature
        """The choice, seen at once."""
        saved: Choice = super().save(commit)
        forget_sets(saved.question.question_set.event_id)
        return saved


def is_answered(choice: Choice) -> bool:
    """Whether anybody gave this answer."""
    # A list of codes on both databases: JSON is searched as text, with the quotes around the code.
    return bool(choice.question.answers.filter(value__icontains=f'"{choice.code}"').exists())
