"""Blocks that lead on: documents, events, one call to act."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from .safety import validate_https

LEAD = _("Links")


class DocumentsBlock(blocks.StructBlock):
    """Files for download. Those that not everybody may open are not named here."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Documents"), min_num=1)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The documents for everybody."""
        from ...documents.selectors import public_documents

        chosen = [document.pk for document in value["documents"] if document]
        found = public_documents().in_bulk(chosen) if chosen else {}
        documents = [found[pk] for pk in chosen if pk in found]
        return {**super().get_context(value, parent_context), "documents": documents}

    def get_preview_value(self) -> Any:
        """Two documents that everybody may open."""
        from ...documents.selectors import public_documents

        documents = list(public_documents().order_by("-pk")[:2])
        return self.normalize({"title": "Documents", "documents": documents})

    class Meta:
        label = _("Documents")
        icon = "doc-full"
        group = LEAD
        description = _("Files for download. Only those that everybody may open are shown.")
        template = "site_cms/blocks/documents.html"


def _families() -> list[tuple[str, str]]:
    """The families of events by slug."""
    from events.catalogue.models import Family

    return [(family.slug, str(family)) for family in Family.objects.all()]


class EventsBlock(blocks.StructBlock):
    """The next events, always as they are now."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    family = blocks.ChoiceBlock(label=_("Family of events"), choices=_families, required=False)
    number = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=12, default=3)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The events to come of the family chosen, else of all."""
        from ..selectors import next_events

        context = super().get_context(value, parent_context)
        events = next_events(value["family"], value["number"], context.get("request"))
        return {**context, "events": events}

    class Meta:
        label = _("Next events")
        icon = "calendar-alt"
        group = LEAD
        description = _("The next events of a family or of all, always as they are now.")
        template = "site_cms/blocks/events.html"
        preview_value = {"title": "What is next", "family": "", "number": 3}


class CallToActionBlock(blocks.StructBlock):
    """One button: to the registration of an event, to a page, or to another site."""

    text = blocks.CharBlock(label=_("Words before the button"), max_length=240, required=False)
    label = blocks.CharBlock(label=_("Words on the button"), max_length=60)
    registration = blocks.PageChooserBlock(
        label=_("Register for the event of this page"), page_type="site_cms.EventPage", required=False
    )
    page = blocks.PageChooserBlock(label=_("Or go to this page"), required=False)
    address = blocks.URLBlock(
        label=_("Or go to this address on another site"), required=False, validators=[validate_https]
    )

    def clean(self, value: Any) -> Any:
        """Refuse a button that leads nowhere or to two places."""
        cleaned = super().clean(value)
        if sum(bool(cleaned[name]) for name in ("registration", "page", "address")) != 1:
            raise StructBlockValidationError(
                non_block_errors=[ValidationError(_("Choose exactly one place where the button leads."))]
            )
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The address where the button leads; "" where nobody can go now."""
        from ..selectors import action_url

        context = super().get_context(value, parent_context)
        return {**context, "url": action_url(value, context.get("request"))}

    class Meta:
        label = _("Call to action")
        icon = "arrow-right"
        group = LEAD
        description = _("One button. It disappears when registration closes or the page is not published.")
        template = "site_cms/blocks/action.html"
        preview_value = {
            "text": "Register before 20 March.",
            "label": "Register",
            "address": "https://www.ippc.int/",
        }
