"""The table of mails: which function renders which kind of message."""

from collections.abc import Callable

RENDERERS: dict[str, Callable[..., object]] = {}
