"""The blocks of a page's text."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock

RICH_TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]

BODY_BLOCKS = [
    (
        "heading",
        CharBlock(label=_("Heading"), max_length=120, icon="title", template="site_cms/blocks/heading.html"),
    ),
    (
        "text",
        RichTextBlock(label=_("Text"), features=RICH_TEXT_FEATURES, template="site_cms/blocks/text.html"),
    ),
]
