"""The pages of events, as the acts on an event ask for them (`settings.EVENT_FACES`)."""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from wagtail.coreutils import find_available_slug
from wagtail.models import Page

from events.catalogue.models import Event
from events.catalogue.texts import Texts

from .models import EventPage, FamilyPage


class EventFaces:
    """One page a language is the face of an event, with the pages below it."""

    def with_title_of(self, *, event: Event, title: Texts) -> int:
        """How many pages bear the event's own title and would change for `title`."""
        return sum(1 for _found in _bearing(event, title))

    def follow_title(self, *, event: Event, title: Texts, user: AbstractBaseUser | None) -> int:
        """Give those pages `title`, live ones at once and drafts as drafts; how many."""
        pages = list(_bearing(event, title))
        for page, before, after in pages:
            _retitle(page, before, after, user)
        return len(pages)

    def to_copy(self, *, source: Event) -> int:
        """How many pages an edition made from `source` gets."""
        mine = EventPage.objects.filter(event=source).select_related("locale")
        missing = {page.locale_id for page in _families(source)} - {page.locale_id for page in mine}
        return sum(1 + page.get_descendants().count() for page in mine) + len(missing)

    def copy(self, *, source: Event, event: Event, user: AbstractBaseUser | None) -> int:
        """Make the pages of `event` in every language: copies of those of `source`, all drafts.

        Where `source` has no page but its family has one, the draft is empty.
        """
        keys: dict[uuid.UUID, uuid.UUID] = defaultdict(uuid.uuid4)
        made = 0
        languages = set()
        key = uuid.uuid4()
        for page in EventPage.objects.filter(event=source).select_related("locale").order_by("path"):
            key = keys[page.translation_key]
            languages.add(page.locale_id)
            own = {"event": event, "title": event.title.text(page.locale.language_code)}
            made += _copy_tree(page, page.get_parent(), keys, user, {**own, "slug": event.code.lower()})
        for family in _families(event):
            if family.locale_id not in languages:
                _empty_draft(family, event, key)
                made += 1
        return made


FACES = EventFaces()


def _bearing(event: Event, title: Texts) -> Iterator[tuple[EventPage, str, str]]:
    """The pages whose title, live or in the draft, is the event's, with the title before and after."""
    for page in EventPage.objects.filter(event=event).select_related("locale").order_by("path"):
        language = page.locale.language_code
        before, after = event.title.text(language), title.text(language)
        if before != after and before in {page.title, page.draft_title}:
            yield page, before, after


def _retitle(page: EventPage, before: str, after: str, user: AbstractBaseUser | None) -> None:
    """Change the title in the page and in its draft; what was in work stays in work."""
    was_in_work = page.has_unpublished_changes
    if page.title == before:
        page.title = after
        page.save()
    if page.latest_revision_id is None:
        return
    draft = page.get_latest_revision_as_object()
    if draft.title == before or not was_in_work:
        draft.title = after
        revision = draft.save_revision(user=user, log_action=True)
        if page.live and not was_in_work:
            revision.publish(user=user)


def _families(event: Event) -> list[FamilyPage]:
    return list(FamilyPage.objects.filter(family_id=event.family_id).select_related("locale"))


def _copy_tree(
    page: Page,
    parent: Page,
    keys: dict[uuid.UUID, uuid.UUID],
    user: AbstractBaseUser | None,
    own: dict[str, Any],
) -> int:
    """Copy a page and all below it as drafts; translations of one page stay translations of one another."""
    slug = find_available_slug(parent, own.pop("slug", page.slug))
    copied = page.copy(
        to=parent,
        update_attrs={**own, "slug": slug, "translation_key": keys[page.translation_key]},
        copy_revisions=False,
        keep_live=False,
        reset_translation_key=False,
        user=user,
    )
    return 1 + sum(
        _copy_tree(child.specific, copied, keys, user, {}) for child in page.get_children().order_by("path")
    )


def _empty_draft(family: FamilyPage, event: Event, key: uuid.UUID) -> None:
    """A page with the title alone, in the family's language."""
    family.add_child(
        instance=EventPage(
            event=event,
            title=event.title.text(family.locale.language_code),
            slug=find_available_slug(family, event.code.lower()),
            locale=family.locale,
            translation_key=key,
            live=False,
            has_unpublished_changes=True,
        )
    )
