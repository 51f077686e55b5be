"""What the door's page sends."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ScanForm(forms.Form):
    """A code, typed or sent by a scanner that acts as a keyboard, and the UUID of this reading."""

    scan_id = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Scan the badge or type its code"),
        max_length=300,
        widget=forms.TextInput(
            attrs={
                "autofocus": True,
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "dir": "ltr",
                "aria-describedby": "answer",
            }
        ),
    )
