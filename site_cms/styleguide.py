"""The living style guide: tokens, components and blocks as they are, for staff."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.forms import CharField, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from events.catalogue.models import Family
from events.registration.windows import Window

from .pages.blocks import BODY_BLOCKS

SCHEMES = ("light", "dark")
COLOURS = (
    "paper",
    "wash",
    "ink",
    "ink-soft",
    "rule",
    "rule-strong",
    "brand",
    "accent",
    "accent-deep",
    "accent-wash",
    "error",
    "warning",
    "success",
    "focus",
)


class _Example(Form):
    """A form with one answer that is missing."""

    name = CharField(label=_("Name"), help_text=_("As in your passport."))


@dataclass(frozen=True, slots=True)
class BlockExample:
    """A block with its preview value, bound for `include_block`."""

    label: str
    description: str
    bound: Any


@require_safe
@require_admin_access
def styleguide(request: HttpRequest) -> HttpResponse:
    """Everything that pages are made of, in one scheme and one language."""
    scheme = request.GET.get("scheme", "")
    language = "ar" if request.GET.get("language") == "ar" else "en"
    with translation.override(language):
        return render(
            request,
            "site_cms/styleguide.html",
            {
                "scheme": scheme if scheme in SCHEMES else "",
                "is_example": True,
                "colours": COLOURS,
                "accents": Family.Accent.choices,
                "windows": [{"name": window.name} for window in Window],
                "blocks": list(_blocks()),
                "form": _Example({}),
                "page_obj": Paginator(range(30), 10).page(2),
                "facts": [(_("Place"), "Kuala Lumpur"), (_("Time zone"), "Kuala Lumpur (UTC+08:00)")],
            },
        )


@require_safe
@require_admin_access
def tokens(request: HttpRequest, scheme: str) -> HttpResponse:
    """The tokens as in `scheme`, whatever the reader's own is."""
    sheet = Path(finders.find("css/tokens.css") or "").read_text()
    applies = "all" if scheme == "dark" else "not all"
    sheet = sheet.replace("(prefers-color-scheme: dark)", applies).replace("light dark", scheme)
    return HttpResponse(sheet, content_type="text/css")


def _blocks() -> Iterator[BlockExample]:
    """Each block of a page's text with its example."""
    for _name, block in BODY_BLOCKS:
        yield BlockExample(block.label, block.get_description(), block.bind(block.get_preview_value()))
