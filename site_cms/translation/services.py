"""Writes of translations: bringing a page beside its source, and sending a translation to review."""

from collections.abc import Iterator
from itertools import groupby

from django.db import transaction
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from ..editing.policies import User


class NotAlikeError(Exception):
    """The two pages are built of different blocks, so that their texts cannot be put side by side."""


class InReviewError(Exception):
    """The page is being reviewed already, or no review begins for it."""


@transaction.atomic
def put_side_by_side(*, source: Page, page: Page, user: User) -> Translation:
    """Let `page`, written by itself so far, be edited beside its source; its texts become the translations.

    For pages that were not made by “Translate this page”, such as the first ones. Nothing that is public
    changes. Raises `NotAlikeError`, and then nothing is written.
    """
    origin, _made = TranslationSource.update_or_create_from_instance(source.specific)
    pairs = list(_pairs(source.specific, page.specific))
    for segment in origin.stringsegment_set.select_related("string"):
        text = next((text for string, text in pairs if string == segment.string.data), None)
        if text is not None:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=page.locale,
                context=segment.context,
                defaults={
                    "data": text,
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                    "last_translated_by": user,
                },
            )
    translation, _made = Translation.objects.update_or_create(
        source=origin, target_locale=page.locale, defaults={"enabled": True}
    )
    return translation


def _pairs(source: Page, page: Page) -> Iterator[tuple[str, str]]:
    """Each text of the source with the text at the same place of the page."""
    there = dict(_by_field(page))
    for field, texts in _by_field(source):
        own = there.get(field, [])
        if len(own) != len(texts):
            raise NotAlikeError(field)
        yield from zip(texts, own, strict=True)


def _by_field(page: Page) -> list[tuple[str, list[str]]]:
    """The texts of a page by field, in the order of reading. Blocks differ in ids, not in order."""
    segments = [each for each in extract_segments(page) if isinstance(each, StringSegmentValue)]
    return [
        (field, [segment.string.data for segment in group])
        for field, group in groupby(segments, key=lambda each: each.path.partition(".")[0])
    ]


@transaction.atomic
def submit_translation(*, translation: Translation, user: User) -> WorkflowState:
    """Make the translated strings the page's newest draft and send it to review. What is public stays.

    (wagtail-localize's own way to save a draft writes into a live page.) Raises `InReviewError`.
    """
    page = translation.get_target_instance()
    workflow = page.get_workflow()
    if workflow is None or page.workflow_in_progress:
        raise InReviewError
    draft = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    draft.save_revision(user=user, log_action=True)
    page.refresh_from_db()
    returned = page.current_workflow_state
    if returned is None:
        return workflow.start(page, user)
    returned.resume(user)  # A colleague asked for changes: it is the same review that goes on.
    return returned


def untranslated(translation: Translation) -> int:
    """How many strings of the page have no translation yet; one query."""
    segments = translation.source.stringsegment_set.annotate_translation(translation.target_locale)
    return segments.filter(translation__isnull=True).count()
