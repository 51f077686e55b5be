"""Blocks of facts: figures, tables, timelines."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import (
    TypedTable,
    TypedTableBlock,
    TypedTableBlockValidationError,
)
from wagtail_localize.segments import StringSegmentValue

FACTS = _("Facts")


class FigureBlock(blocks.StructBlock):
    """One figure."""

    number = blocks.CharBlock(label=_("Figure"), max_length=20)
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)

    class Meta:
        label = _("Figure")
        icon = "order"


class FiguresBlock(blocks.StructBlock):
    """A few large figures side by side."""

    figures = blocks.ListBlock(FigureBlock(), label=_("Figures"), min_num=1, max_num=6)
    source = blocks.CharBlock(label=_("Source"), max_length=200, required=False)

    class Meta:
        label = _("Figures")
        icon = "order"
        group = FACTS
        description = _("Up to six large figures, each with what it counts, and their source.")
        template = "site_cms/blocks/figures.html"
        preview_value = {
            "figures": [
                {"number": "680", "label": "events"},
                {"number": "86", "label": "countries"},
            ],
            "source": "FAO final report",
        }


class TableBlock(TypedTableBlock):
    """A table with a caption, headings, and the first column naming each row."""

    text = blocks.CharBlock(label=_("Text"), required=False)
    number = blocks.CharBlock(label=_("Number"), required=False)

    def clean(self, table: TypedTable) -> TypedTable:
        """Refuse a table that a screen reader could not announce: without caption or heading."""
        if not table.caption.strip():
            raise TypedTableBlockValidationError(
                non_block_errors=[ValidationError(_("Enter a caption: it tells what the table is about."))]
            )
        if any(not column["heading"].strip() for column in table.columns):
            raise TypedTableBlockValidationError(
                non_block_errors=[ValidationError(_("Enter a heading for each column."))]
            )
        return super().clean(table)

    def get_translatable_segments(self, table: TypedTable) -> list[StringSegmentValue]:
        """What wagtail-localize offers to translators: the caption, the headings and every cell."""
        headings = ((f"heading.{at}", column["heading"]) for at, column in enumerate(table.columns))
        cells = (
            (f"cell.{row}.{column}", text)
            for row, data in enumerate(table.row_data)
            for column, text in enumerate(data["values"])
        )
        texts = [("caption", table.caption), *headings, *cells]
        return [StringSegmentValue(path, text) for path, text in texts if text]

    def restore_translated_segments(self, table: TypedTable, segments: list[Any]) -> TypedTable:
        """The table with the translated texts in their places."""
        for segment in segments:
            part, *place = segment.path.split(".")
            text = segment.render_text()
            if part == "caption":
                table.caption = text
            elif part == "heading":
                table.columns[int(place[0])]["heading"] = text
            else:
                table.row_data[int(place[0])]["values"][int(place[1])] = text
        return table

    class Meta:
        label = _("Table")
        icon = "table"
        group = FACTS
        description = _("Rows and columns with a caption. The first column names each row.")
        template = "site_cms/blocks/table.html"
        preview_value = {
            "columns": [{"type": "text", "heading": "Region"}, {"type": "number", "heading": "Participants"}],
            "rows": [{"values": ["Africa", "22"]}, {"values": ["Asia", "37"]}],
            "caption": "Regional workshops",
        }


class MomentBlock(blocks.StructBlock):
    """One moment of a timeline."""

    when = blocks.CharBlock(label=_("When"), max_length=60)
    what = blocks.CharBlock(label=_("What happened"), max_length=200)
    text = blocks.TextBlock(label=_("More"), max_length=600, required=False)

    class Meta:
        label = _("Moment")
        icon = "date"


class TimelineBlock(blocks.StructBlock):
    """What happened when, from the first to the last."""

    moments = blocks.ListBlock(MomentBlock(), label=_("Moments"), min_num=1)

    class Meta:
        label = _("Timeline")
        icon = "history"
        group = FACTS
        description = _("Dates in their order, each with what happened.")
        template = "site_cms/blocks/timeline.html"
        preview_value = {
            "moments": [
                {"when": "2013", "what": "The Commission sets up the steering group", "text": ""},
                {"when": "2017", "what": "The pilot of the Hub begins", "text": "Nine countries take part."},
            ]
        }
