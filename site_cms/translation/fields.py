"""What a translation of a page takes from its source and never has of its own."""

from wagtail_localize.fields import SynchronizedField

SAME_FAMILY = [SynchronizedField("slug", overridable=False), SynchronizedField("family", overridable=False)]
"""A family's pages lead to one family, at one address below each language."""

SAME_EVENT = [SynchronizedField("slug", overridable=False), SynchronizedField("event", overridable=False)]
"""The same for an event's pages."""
