"""What badges say: in the person's language, and in English below it for those who read that."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import override

from ..catalogue.dates import event_days
from ..catalogue.models import Category, Event
from ..registration.models import Registration
from ..tickets.code import badge_address
from ..tickets.qr import symbol
from ..typesetting.direction import Direction
from ..typesetting.words import Words, direction_of, words
from .colours import ink_on


class Face(TypedDict):
    """What all badges of one language share."""

    direction: Direction
    title: Words
    when: Words
    notice: Words | None
    symbol_name: str


class Kind(TypedDict):
    """What all badges of one category and language share. Colours as #RRGGBB."""

    letter: Words
    label: list[Words]
    colour: str
    ink: str


class Badge(TypedDict):
    """One person's badge; `face` and `kind` are the keys of what it shares with others."""

    reference: str
    face: str
    kind: str
    name: Words
    representing: list[Words]
    symbol: dict[str, Any]


class Badges(TypedDict):
    """All that `badge.typ` draws."""

    faces: dict[str, Face]
    kinds: dict[str, Kind]
    badges: list[Badge]


def badges_of(event: Event, holders: Sequence[Registration], base: str) -> Badges:
    """The badges of `holders` of `event`, in their order; each QR symbol's address begins with `base`."""
    faces: dict[str, Face] = {}
    kinds: dict[str, Kind] = {}
    badges: list[Badge] = []
    for holder in holders:
        face, kind = holder.language, f"{holder.category.letter} {holder.language}"
        with override(holder.language):
            faces.setdefault(face, faces.get(face) or _face(event, holder.language))
            kinds.setdefault(kind, kinds.get(kind) or _kind(holder.category, holder.language))
            badges.append(_badge(holder, face, kind, base))
    return Badges(faces=faces, kinds=kinds, badges=badges)


def lost_characters(drawn: Badges) -> dict[str, str]:
    """By reference, the characters of a name, country or organization that no font holds, each once."""
    lost = {
        badge["reference"]: "".join(text["lost"] for text in (badge["name"], *badge["representing"]))
        for badge in drawn["badges"]
    }
    return {reference: "".join(dict.fromkeys(chars)) for reference, chars in lost.items() if chars}


def _face(event: Event, language: str) -> Face:
    days, place = event_days(event), event.place.text()
    return Face(
        direction=direction_of(language),
        title=words(event.title.text(), event.title.language()),
        when=words(f"{days} · {place}" if place else days, language),
        notice=words(_("Demonstration, not a real event"), language) if event.is_demonstration else None,
        symbol_name=_("QR code of this badge"),
    )


def _kind(category: Category, language: str) -> Kind:
    return Kind(
        letter=words(category.letter, language),
        label=_with_english(category.label.text(), category.label.text("en"), language),
        colour=category.colour,
        ink=ink_on(category.colour),
    )


def _badge(registration: Registration, face: str, kind: str, base: str) -> Badge:
    drawn = symbol(badge_address(base, registration.ticket.code))
    return Badge(
        reference=registration.reference,
        face=face,
        kind=kind,
        name=words(registration.name, registration.language),
        representing=_representing(registration),
        symbol={**asdict(drawn), "view_box": drawn.view_box},
    )


def _representing(registration: Registration) -> list[Words]:
    """Whom the person represents, in the active language and in English; then the organization."""
    language, organization = registration.language, registration.organization
    label = registration.representing_label
    with override("en"):
        english = registration.representing_label
    lines = _with_english(label, english, language)
    if organization and organization != label:
        lines.append(words(organization, language))
    return lines


def _with_english(text: str, english: str, language: str) -> list[Words]:
    if not text:
        return []
    return [words(text, language)] if text == english else [words(text, language), words(english, "en")]
