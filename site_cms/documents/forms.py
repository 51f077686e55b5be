"""Uploading and changing a document."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.models import GroupCollectionPermission

from events.access.roles import Act
from events.access.selectors import event_ids_for
from events.catalogue.models import Event


class DocumentForm(BaseDocumentForm):
    """Offers the events in reach. A document is for the team until somebody says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.get("user") or AnonymousUser()
        super().__init__(*args, **kwargs)
        if "event" in self.fields:
            mine = event_ids_for(self.user, Act.EDIT_EVENT)
            self.fields["event"].queryset = Event.objects.filter(pk__in=mine).order_by("-start_date", "code")
        # The uploader of many files sends each with its title alone and asks for the rest afterwards.
        for name in {"audience", "language"} & set(self.fields):
            self.fields[name].required = False
        if self.instance.pk is None and "audience" in self.fields:
            self.initial["audience"] = type(self.instance).Audience.TEAM

    def clean_audience(self) -> str:
        """The audience chosen; without a choice, that of before, at first the team alone."""
        before = self.instance.audience if self.instance.pk else type(self.instance).Audience.TEAM
        return self.cleaned_data["audience"] or before

    def clean_language(self) -> str:
        """The language chosen, else that of before."""
        return self.cleaned_data["language"] or self.instance.language

    def clean(self) -> dict[str, Any]:
        """Refuse to publish outside an event what only an event's team uploads."""
        data: dict[str, Any] = super().clean()
        audience, event = data.get("audience"), data.get("event")
        if "event" not in self.fields or event is not None:
            return data
        if audience == type(self.instance).Audience.REGISTERED:
            self.add_error("event", ValidationError(_("Choose the event whose participants may open it.")))
        elif audience == type(self.instance).Audience.PUBLIC and not self._publishes_for_all():
            self.add_error("event", ValidationError(_("Choose the event to which the document belongs.")))
        return data

    def _publishes_for_all(self) -> bool:
        """Whether the user's rights come from a group, so that they are not about one event alone."""
        return (
            self.user.is_superuser
            or GroupCollectionPermission.objects.filter(
                group__user=self.user, permission__codename="add_document"
            ).exists()
        )
