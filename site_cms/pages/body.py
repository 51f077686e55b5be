"""The field that holds a page's text."""

from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):
    """Wagtail's stream of blocks, except that a migration does not record the blocks.

    The column is JSON whatever the blocks are: a new block, or another word on the screen, changes no table.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """What a migration records: a stream without blocks."""
        name, path, _blocks, kwargs = super().deconstruct()
        del kwargs["block_lookup"]
        return name, path, [[]], kwargs
