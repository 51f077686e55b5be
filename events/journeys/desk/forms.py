"""The short form of the desk."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from ...registration.forms import RegistrationForm

NOT_ASKED = ("gender", "gender_described", "nationality", "languages")


class DeskForm(RegistrationForm):
    """What is needed for a badge and a mail; the person can tell the rest later, on their page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NOT_ASKED:
            self.fields.pop(name, None)
        self.fields["consent"].label = _(
            "The person was told this, and agrees that the IPPC Secretariat keeps and uses these details."
        )
        self.fields["email"].help_text = _("The ticket and the personal link go to this address.")
