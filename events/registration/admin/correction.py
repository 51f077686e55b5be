"""Putting right what a person told."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel

from ...access.forms import ScopedForm
from ...journeys.correct import correct
from ...typed.fields import EmailAddress, TextLine
from ..models import NAME_LENGTH, Registration
from ..services import CORRECTABLE


class CorrectionForm(ScopedForm):
    """What the Secretariat may put right."""

    name = TextLine(label=_("Name as on the badge"), longest=NAME_LENGTH)
    email = EmailAddress(label=_("E-mail address"))
    organization = TextLine(label=_("Organization"), longest=160, required=False)
    function = TextLine(label=_("Function or job title"), longest=160, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def save(self, commit: bool = True) -> Registration:  # noqa: FBT001, FBT002 - Django's signature
        """By the journey, which also takes the mail to a new address."""
        changes = {name: self.cleaned_data[name] for name in self.changed_data if name in CORRECTABLE}
        return correct(registration=self.instance, changes=changes)


PANELS: list[Panel] = [
    MultiFieldPanel([FieldPanel("name"), FieldPanel("email"), FieldPanel("language")], heading=_("Person")),
    MultiFieldPanel(
        [
            FieldPanel("representing"),
            FieldRowPanel([FieldPanel("country"), FieldPanel("rppo")]),
            FieldPanel("organization"),
            FieldPanel("function"),
            FieldPanel("languages"),
        ],
        heading=_("Represents"),
    ),
]
