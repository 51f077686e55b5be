"""The form of one page of questions."""

import uuid
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from ..registration.models import Registration
from ..registration.uploads import keep_upload, upload_of
from .kinds import FILES
from .models import Question
from .types import type_of
from .types.files import REMOVED, FileField, KeptFile


class QuestionsForm(forms.Form):
    """Asks `questions`. A file is kept as soon as it is judged; then its signed name travels.

    `kept` are the values answered before, by primary key: shown first, and retired choices among them
    stay possible. `registration` is whose answers are changed, None while one registers.
    """

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        questions: Iterable[Question],
        kept: Mapping[int, Any] | None = None,
        registration: Registration | None = None,
    ) -> None:
        kept = kept or {}
        self.questions, self.registration = tuple(questions), registration
        initial = {
            field_name(question): type_of(question.kind).initial(kept[question.pk])
            for question in self.questions
            if question.pk in kept
        }
        super().__init__(data, files, initial=initial)
        for question in self.questions:
            field = type_of(question.kind).field(question, kept.get(question.pk))
            if isinstance(field, FileField):
                field.keep_by(keep=partial(self._keep, question), find=partial(self._find, question))
            self.fields[field_name(question)] = field

    def values(self) -> dict[int, Any]:
        """The JSON values of what was answered, by the question's primary key."""
        judged = {
            question.pk: type_of(question.kind).value(self.cleaned_data[field_name(question)])
            for question in self.questions
            if field_name(question) in self.cleaned_data
        }
        return {pk: value for pk, value in judged.items() if value is not None}

    def as_posted(self) -> list[tuple[str, str]]:
        """The answers as the form posts them: names and values of hidden fields."""
        values = self.values()
        return [pair for question in self.questions for pair in posted(question, values.get(question.pk))]

    def as_typed(self, sent: Any) -> dict[str, Any]:
        """What was posted as the form's initial values: shown again, not yet judged, with its files."""
        typed = {
            name: field.widget.value_from_datadict(sent, {}, name) for name, field in self.fields.items()
        }
        files = {name: field for name, field in self.fields.items() if isinstance(field, FileField)}
        return typed | {name: field.found(typed[name]) for name, field in files.items()}

    def _keep(self, question: Question, file: UploadedFile) -> KeptFile:
        upload = keep_upload(question=question, file=file)
        return KeptFile(upload.public_id, upload.name)

    def _find(self, question: Question, public_id: uuid.UUID) -> KeptFile | None:
        upload = upload_of(public_id, question=question, registration=self.registration)
        return KeptFile(upload.public_id, upload.name) if upload else None


def keep_files(
    posted: QueryDict, files: MultiValueDict[str, Any], *, questions: Iterable[Question]
) -> tuple[QueryDict, MultiValueDict[str, Any]]:
    """Keep the files that came with a post: in the answers each gets its signed name, as if sent before.

    So they travel as every other answer does, and one that the person removes no longer does. What may
    not be kept stays a file, to be refused where the page is judged.
    """
    if not files and not any(name.endswith(REMOVED) for name in posted):
        return posted, files
    answered_by_files = [each for each in questions if each.kind in FILES]
    sent = [each for each in answered_by_files if field_name(each) in files]
    form = QuestionsForm(posted, files, questions=sent)
    form.is_valid()
    named, left = posted.copy(), files.copy()
    for name in map(field_name, answered_by_files):
        if f"{name}{REMOVED}" in named:
            named.pop(name, None)
    for name, token in form.as_posted():
        named[name] = token
        del left[name]
    return named, left


def field_name(question: Question) -> str:
    """The name under which the form posts the answer."""
    return f"q{question.pk}"


def posted(question: Question, value: Any) -> list[tuple[str, str]]:
    """One answer as hidden fields; none when there is no answer."""
    return type_of(question.kind).posted(field_name(question), value) if value is not None else []
