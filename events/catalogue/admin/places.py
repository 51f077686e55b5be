"""Forms with a number of places, which a counter keeps."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ...access.forms import ScopedForm
from ...registration.models import Counter
from ...registration.services import set_capacity
from ...registration.waiting import offer_freed
from ..models import Category, Event


class WithPlaces(ScopedForm):
    """A form with the number of places of an event or a category, kept in its counter."""

    places = forms.IntegerField(
        label=_("Places"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=_("Empty: without limit."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counter = self.find_counter() if self.instance.pk else None
        if self.counter:
            self.initial["places"] = self.counter.capacity
            self.fields["places"].help_text = ngettext(
                "%(taken)d is taken. Empty: without limit.",
                "%(taken)d are taken. Empty: without limit.",
                self.counter.taken,
            ) % {"taken": self.counter.taken}

    def find_counter(self) -> Counter | None:
        """The counter of the row."""
        raise NotImplementedError

    def clean_places(self) -> int | None:
        """Refuse fewer places than are taken."""
        places: int | None = self.cleaned_data["places"]
        if self.counter and places is not None and places < self.counter.taken:
            raise too_few(self.counter.taken)
        return places

    def keep_places(self, event: Event, category: Category | None) -> None:
        """Set the counter; raises ValidationError when a place was taken since the form was checked."""
        try:
            set_capacity(event=event, category=category, capacity=self.cleaned_data["places"])
        except IntegrityError:
            raise ValidationError({"places": too_few(self.cleaned_data["places"] + 1)}) from None
        offer_freed(event_id=event.pk)


def too_few(taken: int) -> ValidationError:
    """Why fewer places cannot be kept."""
    message = ngettext(
        "At least %(taken)d place is taken already. Enter at least as many.",
        "At least %(taken)d places are taken already. Enter at least as many.",
        taken,
    )
    return ValidationError(message, params={"taken": taken})
