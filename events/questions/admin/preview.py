"""The pages of a set as a delegate sees them. Nothing is kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, override
from django.views.generic import View
from wagtail.admin.views.generic.base import BaseObjectMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from ...registration.steps import walk
from ..answers import in_words
from ..forms import QuestionsForm
from ..models import Question, QuestionSet
from ..pages import Page, pages
from ..selectors import read_set
from ..types import type_of
from ..types.files import FileField

TEMPLATE = "events/questions/preview.html"


class PreviewForm(QuestionsForm):
    """Without files, which would be kept: they need not be chosen here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, FileField):
                field.required = False


class PreviewView(PermissionCheckedMixin, BaseObjectMixin, View):
    """The first page by GET; by POST the next, as the answers decide. `?language=` chooses a language."""

    model = QuestionSet
    object: QuestionSet
    any_permission_required = ("view", "change")
    permission_required = None
    index_url_name = ""
    inspect_url_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The first page, empty."""
        return self._walk(reached=-1)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The first page that is not complete, or what was answered."""
        page = request.POST.get("page", "0")
        return self._walk(reached=int(page) if page.isdecimal() and len(page) < 4 else 0)

    def _walk(self, *, reached: int) -> HttpResponse:
        """`reached` is the number of the last page that was shown, -1 before the first."""
        with override(self._language()):
            seen = {question.pk for page in self._pages[: reached + 1] for question in page.questions}
            way = walk(self._pages, judge=self._judged, seen=seen, given=self._assumed)
            hidden = [pair for form in way.forms for pair in form.as_posted()]
            if way.stop is None:
                return self._show(None, None, hidden, answers=self._told(way.values))
            number = self._pages.index(way.stop)
            return self._show(way.stop, way.form or self._form(way.questions), hidden, number)

    def _judged(self, questions: Iterable[Question]) -> PreviewForm:
        return self._form(questions, self.request.POST)

    def _form(self, questions: Iterable[Question], data: Any = None) -> PreviewForm:
        return PreviewForm(data, questions=questions)

    @cached_property
    def _set(self) -> QuestionSet:
        return read_set(self.object)

    @cached_property
    def _pages(self) -> list[Page]:
        return pages([self._set])

    @cached_property
    def _assumed(self) -> dict[int, Any]:
        """Answers to other sets by which all is asked here that may be."""
        assumed: dict[int, Any] = {}
        mine = {question.pk for question in self._set.questions.all()}
        waiting = list(self._set.questions.all())
        while waiting:
            question = waiting.pop()
            condition = question.shown_if
            if condition is None or condition.pk in mine or condition.pk in assumed:
                continue
            assumed[condition.pk] = type_of(condition.kind).fitting(question.shown_if_values)
            waiting.append(condition)
        return assumed

    def _language(self) -> str:
        wanted = self.request.GET.get("language", "")
        return wanted if wanted in dict(settings.LANGUAGES) else get_language() or "en"

    def _told(self, values: Mapping[int, Any]) -> list[tuple[str, str]]:
        language = get_language() or "en"
        found = (question for page in self._pages for question in page.questions)
        return [
            (question.label.text(), in_words(question, values[question.pk], language))
            for question in found
            if question.pk in values
        ]

    def _show(
        self,
        page: Page | None,
        form: PreviewForm | None,
        hidden: list[tuple[str, str]],
        number: int = 0,
        answers: list[tuple[str, str]] | None = None,
    ) -> HttpResponse:
        context = {
            "question_set": self.object,
            "shown_event": self.object.event,
            "form": form,
            "page_shown": page,
            "hidden": hidden,
            "number": number,
            "answers": answers,
            "preview_languages": settings.LANGUAGES,
            "back_url": reverse(self.inspect_url_name, args=(self.object.pk,)),
        }
        return render(self.request, TEMPLATE, context)
