"""The blocks of a page's text, in the order in which the editor's menu offers them."""

from typing import Any

from .figures import FiguresBlock, TableBlock, TimelineBlock
from .links import CallToActionBlock, DocumentsBlock, EventsBlock
from .people import PeopleBlock
from .pictures import PictureBlock, VideoBlock
from .words import AccordionBlock, HeadingBlock, QuoteBlock, TextBlock

BODY_BLOCKS: list[tuple[str, Any]] = [
    ("heading", HeadingBlock()),
    ("text", TextBlock()),
    ("quote", QuoteBlock()),
    ("accordion", AccordionBlock()),
    ("image", PictureBlock()),
    ("video", VideoBlock()),
    ("figures", FiguresBlock()),
    ("table", TableBlock()),
    ("timeline", TimelineBlock()),
    ("people", PeopleBlock()),
    ("documents", DocumentsBlock()),
    ("events", EventsBlock()),
    ("action", CallToActionBlock()),
]
