"""What officers add to a registration: notes, and who pays for the journey."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...access.row_acts import RowAct
from ...journeys.fund import fund
from ...typed.fields import Paragraphs, TextLine
from ..dossier import Funding
from ..models import Registration
from ..notes import add_note

NOTE_LENGTH = 2000


class NoteForm(forms.Form):
    """What colleagues should know."""

    text = Paragraphs(
        label=_("Note"),
        longest=NOTE_LENGTH,
        help_text=_("Colleagues read it, the person never does. It cannot be changed or deleted afterwards."),
    )


class FundingForm(forms.Form):
    """What is paid, by whom, and why."""

    kind = forms.ChoiceField(label=_("Funding"), choices=Funding.Kind.choices, widget=forms.RadioSelect)
    source = TextLine(
        label=_("Source of the money"),
        longest=160,
        required=False,
        help_text=_("For example the trust fund or the project."),
    )
    criteria = TextLine(
        label=_("Decided by these criteria"),
        longest=500,
        required=False,
        help_text=_("Why this person, in words that an auditor understands."),
    )

    def clean(self) -> dict[str, Any]:
        """Money has a source and a reason."""
        given = super().clean() or self.cleaned_data
        if given.get("kind") in {Funding.Kind.AIRFARE, Funding.Kind.AIRFARE_DSA}:
            self._insist("source", _("Write where the money comes from."))
            self._insist("criteria", _("Write by which criteria it was decided."))
        return given

    def _insist(self, name: str, words: Any) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, words)


def _note(registration: Registration, user: Any, given: dict[str, Any]) -> None:
    add_note(registration=registration, text=given["text"], user=user)


def _fund(registration: Registration, user: Any, given: dict[str, Any]) -> None:
    fund(registration=registration, user=user, **given)


def _decided(registration: Registration) -> dict[str, Any]:
    """The decision that stands, to begin with."""
    funding = Funding.objects.filter(registration=registration).first() or Funding()
    return {"kind": funding.kind, "source": funding.source, "criteria": funding.criteria}


NOTE = RowAct(
    name="note",
    label=_("Add a note"),
    question=_("What should colleagues know?"),
    done=_("The note is kept with %(object)s."),
    do=_note,
    possible=lambda registration: True,
    form=NoteForm,
    on_top=False,
    icon="edit",
)
FUND = RowAct(
    name="fund",
    label=_("Decide funding"),
    question=_("Who is funded pays no fee. Earlier decisions stay in the history."),
    done=_("The funding of %(object)s is decided."),
    do=_fund,
    possible=lambda registration: True,
    form=FundingForm,
    on_top=False,
    initial=_decided,
    icon="tag",
)
DOSSIER_ACTS = (NOTE, FUND)
"""They have their place on the page, not on top of it."""
