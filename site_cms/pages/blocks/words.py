"""Blocks of words: heading, text, quote, questions that open."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .safety import checked_links

RICH_TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]

WORDS = _("Words")


class HeadingBlock(blocks.CharBlock):
    """A heading of the second level: the page's title is the first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 120} | kwargs)

    class Meta:
        label = _("Heading")
        icon = "title"
        group = WORDS
        description = _("Begins a part of the page.")
        template = "site_cms/blocks/heading.html"
        preview_value = "What an ePhyto is"


class TextBlock(blocks.RichTextBlock):
    """Paragraphs with lists, links and smaller headings; a link that a browser would run is taken out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": RICH_TEXT_FEATURES} | kwargs)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """The text with its links checked."""
        return {**super().get_context(value, parent_context), "value": checked_links(value)}

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        group = WORDS
        description = _("Paragraphs, lists and links.")
        template = "site_cms/blocks/text.html"
        preview_value = (
            "<p>The Hub exchanges <b>electronic phytosanitary certificates</b> between countries.</p>"
            "<ul><li>One connection reaches every country.</li><li>No certificate is kept.</li></ul>"
        )


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    text = blocks.TextBlock(label=_("Words"), max_length=600)
    person = blocks.CharBlock(label=_("Who said it"), max_length=160)
    source = blocks.CharBlock(
        label=_("Source"), max_length=200, required=False, help_text=_("A publication, a speech, a date.")
    )

    class Meta:
        label = _("Quote")
        icon = "openquote"
        group = WORDS
        description = _("Somebody’s own words, with their name and the source.")
        template = "site_cms/blocks/quote.html"
        preview_value = {
            "text": "Plants make 80 percent of the food we eat.",
            "person": "Name of the speaker",
            "source": "Opening of the symposium",
        }


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label=_("Question or title"), max_length=160)
    answer = TextBlock(label=_("Answer"))

    class Meta:
        label = _("Question")
        icon = "help"


class AccordionBlock(blocks.StructBlock):
    """Questions of which the reader opens those that matter to them; no JavaScript."""

    items = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        label = _("Questions and answers")
        icon = "list-ul"
        group = WORDS
        description = _("Titles that open on a click, for long lists of practical matters.")
        template = "site_cms/blocks/accordion.html"
        preview_value = {
            "items": [
                {"question": "Do I need a visa?", "answer": "<p>Ask the embassy of the host country.</p>"},
                {"question": "Which languages are interpreted?", "answer": "<p>All six.</p>"},
            ]
        }
