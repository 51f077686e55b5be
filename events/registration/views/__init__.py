"""Registering: the form, page by page, its check and its end; saving it; finding a lost link."""

from .lost import lost
from .register import check, done, invited, register
from .saving import save, saved

__all__ = ["check", "done", "invited", "lost", "register", "save", "saved"]
