"""Moved to `events.typed.names`."""

from ..typed.names import MARKS_A_BASE, clean_text, fold

__all__ = ["MARKS_A_BASE", "clean_text", "fold"]
