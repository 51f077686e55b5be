"""The forms of the staff screens of delegations."""

import zoneinfo
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ...access.forms import ScopedForm
from ...access.policy import policy_of
from ...catalogue.local_times import LocalTimes
from ...catalogue.models import Category, Country, Event, Rppo
from ...catalogue.regions import FaoRegion
from ...catalogue.selectors import countries_by_name
from ...registration.quotas import open_counters
from .. import selectors
from ..models import ContactPoint, Delegation
from ..services import needs_approval


class DelegationForm(LocalTimes, ScopedForm):
    """One delegation. Party and event never change; the closing time is that of the event's zone."""

    local_times = ("closes_at",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("country", "rppo"):
            if self.instance.pk:
                self.fields[name].disabled = True

    def zone(self) -> zoneinfo.ZoneInfo | None:
        """The event's."""
        event = getattr(self, "cleaned_data", {}).get("event")
        if isinstance(event, Event):
            return event.tz
        return self.instance.event.tz if self.instance.pk else None

    def clean(self) -> dict[str, Any]:
        """One party, and approval where somebody else nominates for it."""
        cleaned = super().clean()
        country, rppo, point = (cleaned.get(name) for name in ("country", "rppo", "contact_point"))
        if bool(country) == bool(rppo):
            self.add_error("country", _("Choose a party or an organization, one of both."))
        if point and needs_approval(country_id=country.pk if country else None, contact_point=point):
            cleaned["needs_approval"] = True
        return cleaned

    @transaction.atomic
    def save(self, commit: bool = True) -> Delegation:  # noqa: FBT001, FBT002 - Django's signature
        """The delegation, a new one with its counters."""
        is_new = not self.instance.pk
        delegation: Delegation = super().save(commit)
        if is_new:
            open_counters(event=delegation.event, delegations=[delegation])
        return delegation


class ManyForm(forms.Form):
    """Delegations for many parties at once."""

    PARTIES, CHOSEN = "parties", "chosen"

    event = forms.ModelChoiceField(label=_("Event"), queryset=Event.objects.none())
    whom = forms.ChoiceField(
        label=_("For whom"),
        choices=[
            (PARTIES, _("All contracting parties with a contact point in office")),
            *((f"region:{region.value}", region.label) for region in FaoRegion),
            (CHOSEN, _("Those chosen below")),
        ],
    )
    countries = forms.ModelMultipleChoiceField(
        label=_("Countries and territories"), queryset=Country.objects.all(), required=False
    )
    rppos = forms.ModelMultipleChoiceField(
        label=_("Regional plant protection organizations"), queryset=Rppo.objects.all(), required=False
    )
    invites = forms.BooleanField(
        label=_("Send the invitations now"), required=False, help_text=_("Otherwise you send them later.")
    )

    def __init__(self, *args: Any, user: AbstractBaseUser | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = policy_of(Delegation)
        events = Event.objects.exclude(state=Event.State.CANCELLED).order_by("-start_date", "code")
        if not getattr(user, "is_superuser", False):
            events = events.filter(pk__in=policy.events(user, ["add"]))
        self.fields["event"].queryset = events  # type: ignore[attr-defined]
        by_name = countries_by_name(get_language() or "en")
        self.fields["countries"].choices = [(row.pk, str(row)) for row in by_name]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Need somebody chosen where one chooses."""
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("countries") or cleaned.get("rppos")
        if cleaned.get("whom") == self.CHOSEN and not chosen:
            self.add_error("countries", _("Choose at least one."))
        return cleaned

    def contact_points(self) -> list[ContactPoint]:
        """Who would be asked to nominate."""
        whom: str = self.cleaned_data["whom"]
        if whom == self.CHOSEN:
            return selectors.contact_points_of(self.cleaned_data["countries"], self.cleaned_data["rppos"])
        region = whom.removeprefix("region:") if whom != self.PARTIES else ""
        return selectors.parties_with_contact_point(self.cleaned_data["event"], region=region)


class PlacesForm(forms.Form):
    """The places of a delegation in each category, for it alone or for all of the event."""

    everybody = forms.BooleanField(
        label=_("For all delegations of this event"),
        required=False,
        help_text=_("Otherwise for this one alone."),
    )

    def __init__(
        self, *args: Any, categories: Sequence[Category], kept: dict[int, int | None], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.categories = categories
        for category in categories:
            self.fields[f"places_{category.pk}"] = forms.IntegerField(
                label=f"{category.letter} – {category.label}",
                min_value=0,
                max_value=10_000,
                required=False,
                initial=kept.get(category.pk),
                help_text=_("Empty: without limit."),
            )
        self.order_fields([*(f"places_{category.pk}" for category in categories), "everybody"])

    def places(self) -> dict[Category, int | None]:
        """How many in each category."""
        return {category: self.cleaned_data[f"places_{category.pk}"] for category in self.categories}
