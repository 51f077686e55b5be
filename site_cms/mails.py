"""The table of mails that the outbox reads: those of the domain, and those about reviews of pages."""

from events import mails

from .editing import mails as editing
from .editing.telling import APPROVED, ASKED, REFUSED

RENDERERS = mails.RENDERERS | {
    ASKED: editing.asked,
    APPROVED: editing.approved,
    REFUSED: editing.refused,
}
