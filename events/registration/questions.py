"""The questions of the form as HTML. Empty ones are the same for all, so each process keeps them a moment."""

from collections.abc import Iterable

from django.core.cache import caches
from django.forms import Form
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ..catalogue.models import Event
from ..questions.models import Question
from .windows import Offer

TEMPLATE = "events/registration/questions.html"
PAGE_TEMPLATE = "events/registration/page_questions.html"


def questions(form: Form) -> SafeString:
    """The questions with what was typed and what is wrong with it."""
    return render_to_string(TEMPLATE, {"form": form})


def empty_page(form: Form, questions: Iterable[Question]) -> SafeString:
    """A page of the event's own questions before anything is typed, kept likewise."""
    asked = ",".join(str(question.pk) for question in questions)
    kept = caches["process"].get_or_set(
        f"page:{get_language()}:{asked}", lambda: render_to_string(PAGE_TEMPLATE, {"form": form})
    )
    return mark_safe(str(kept))  # noqa: S308 - as below


def page_questions(form: Form) -> SafeString:
    """The same with what was typed and what is wrong with it."""
    return render_to_string(PAGE_TEMPLATE, {"form": form})


def empty_questions(form: Form, event: Event, offers: list[Offer]) -> SafeString:
    """The questions before anything is typed: drawing them anew for each visitor costs 15 ms."""
    open_letters = "".join(f"{offer.category.letter}{'-' if offer.is_full else '+'}" for offer in offers)
    key = f"questions:{event.pk}:{get_language()}:{open_letters}"
    kept = caches["process"].get_or_set(key, lambda: str(questions(form)))
    return mark_safe(str(kept))  # noqa: S308 - rendered by Django's own templates above
