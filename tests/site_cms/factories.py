"""Pages for tests: a home in each language asked for, and the pages below it."""

import io
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Locale, Page, Site

from events.catalogue.models import Event, Family
from site_cms.models import EventPage, FamilyPage, HomePage, SiteImage

LANGUAGES = ("en", "fr", "es", "ar", "zh-hans", "ru")
Pages = dict[str, Page]


def make_homes(languages: Iterable[str] = LANGUAGES) -> Pages:
    """The home page in each language, served at /{language}/; whatever pages were there are gone."""
    root = Page.objects.get(depth=1)
    for page in root.get_children():
        page.delete()
    root.refresh_from_db()
    homes = _translated(HomePage, dict.fromkeys(languages, root), "home", title="Home", in_slug=True)
    Site.objects.create(hostname="testserver", root_page=homes["en"], is_default_site=True)
    return homes


def make_family_pages(family: Family, homes: Pages, **fields: Any) -> Pages:
    """The family's page below each home."""
    return _translated(FamilyPage, homes, family.slug, title=str(family), family=family, **fields)


def make_event_pages(event: Event, parents: Pages, **fields: Any) -> Pages:
    """The event's page below the family's page of each language."""
    return _translated(EventPage, parents, event.code.lower(), title=str(event), event=event, **fields)


def make_event_site(event: Event, languages: Iterable[str] = LANGUAGES) -> Pages:
    """Homes, the family's pages and the event's pages, in each language."""
    return make_event_pages(event, make_family_pages(event.family, make_homes(languages)))


def _translated(
    kind: type[Page], parents: Pages, slug: str, *, in_slug: bool = False, **fields: Any
) -> Pages:
    """One page of `kind` below the parent of each language, translations of each other."""
    made: Pages = {}
    for language, parent in parents.items():
        locale, _made = Locale.objects.get_or_create(language_code=language)
        own_slug = f"{slug}-{language}" if in_slug else slug
        page = kind(slug=own_slug, locale=locale, **{"title": slug, **fields})
        if made:
            page.translation_key = next(iter(made.values())).translation_key
        made[language] = parent.add_child(instance=page)
    return made


def make_page(kind: type[Page], parent: Page, slug: str, *, body: Iterable[dict] = (), **fields: Any) -> Any:
    """A page below `parent`, in its language, with these blocks as the database keeps them."""
    page = kind(slug=slug, locale=parent.locale, **{"title": slug.title(), **fields})
    if body:
        page.body = page.body.stream_block.to_python(list(body))
    return parent.add_child(instance=page)


def make_image(title: str = "Seedlings", size: tuple[int, int] = (640, 360), kind: str = "PNG") -> SiteImage:
    """An image of one colour."""
    file = ContentFile(image_bytes(size, kind), f"{title.lower()}.{kind.lower()}")
    return SiteImage.objects.create(title=title, file=file)


def image_bytes(size: tuple[int, int] = (640, 360), kind: str = "PNG") -> bytes:
    """An image file."""
    out = io.BytesIO()
    Image.new("RGB", size, "#1b6e3c").save(out, kind)
    return out.getvalue()
