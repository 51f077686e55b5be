"""Answering a page of questions on the personal page: nothing but these answers changes."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ..questions.pages import Page, only_asked
from ..registration.answering import keep_answers, values_of
from ..registration.asked import pages_of, questions_of
from ..registration.models import Registration
from ..registration.states import LASTS, NotAllowedError
from .complete import complete_if_answered


@transaction.atomic
def answer(*, registration: Registration, page: Page, given: Mapping[int, Any]) -> Registration:
    """Keep the answers `given` to the page, and drop answers to what is no longer asked after them.

    The last answer that a nominated person owes completes the nomination. Raises `NotAllowedError` when
    the registration has ended, and `Upload.DoesNotExist` when a file is not to be had.
    """
    locked = Registration.objects.select_for_update().get(pk=registration.pk)
    if locked.state not in LASTS:
        raise NotAllowedError("answer")
    all_pages = pages_of(locked)
    of_page = {question.pk for question in page.questions}
    others = {pk: value for pk, value in values_of(locked).items() if pk not in of_page}
    values = only_asked(all_pages, {**others, **given})
    keep_answers(registration=locked, questions=questions_of(all_pages), values=values)
    return complete_if_answered(registration=locked)
