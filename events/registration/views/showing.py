"""The pages of the form."""

from dataclasses import replace
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from ...once.form_keys import new_key
from ...questions.forms import QuestionsForm
from ..closed import why_closed
from ..forms import RegistrationForm
from ..models import Registration
from ..questions import empty_page, empty_questions, page_questions, questions
from ..steps import Walk, number_in
from ..summary import Answer, answers_in_words, answers_to_questions
from ..windows import Window
from .filling import Filling


def show_standing(
    request: HttpRequest,
    filling: Filling,
    form: RegistrationForm,
    asked: SafeString | None = None,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """The standing questions: empty, as typed, or with what is wrong."""
    context = {
        "event": filling.event,
        "form": form,
        "questions": asked or questions(form),
        "key": filling.key_or_new(),
        "hidden": filling.carried(),
        "has_pages": filling.has_pages,
        "invitation": filling.invitation,
    }
    return render(request, "events/registration/form.html", context, status=status)


def show_empty(request: HttpRequest, filling: Filling) -> HttpResponse:
    """The standing questions before anything is typed."""
    form = filling.standing()
    if filling.invitation:
        form.initial.update(name=filling.invitation.name)
        return show_standing(request, filling, form)
    asked = empty_questions(form, filling.event, filling.offers)
    return show_standing(request, filling, form, asked)


def show_page(
    request: HttpRequest,
    filling: Filling,
    way: Walk[QuestionsForm],
    *,
    words: str = "",
    status: HTTPStatus | None = None,
) -> HttpResponse:
    """The page of questions at which the walk has stopped: fresh, or with what is wrong."""
    form = way.form or filling.fresh(way.questions)
    if words:
        form = filling.judged(way.questions)
        form.add_error(None, words)
    context = {
        "event": filling.event,
        "question_set": way.stop and way.stop.question_set,
        "form": form,
        "questions": _drawn(filling, form, way),
        "key": filling.key_or_new(),
        "hidden": filling.carried(page=way.questions),
        "here": way.questions[0].pk,
        "before": way.before,
    }
    usual = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "events/registration/page.html", context, status=status or usual)


def show_check(
    request: HttpRequest,
    filling: Filling,
    way: Walk[QuestionsForm],
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """All answers, to look through and to confirm; the form says why that was not possible a moment ago."""
    form = filling.form
    registration = Registration(event=filling.event, category=form.chosen_category, **form.answers())
    pairs = [*form.as_posted(), *(pair for each in way.forms for pair in each.as_posted())]
    asked = {question.pk for each in way.forms for question in each.questions}
    context = {
        "event": filling.event,
        "form": form,
        "key": filling.key_or_new(),
        "hidden": [*pairs, *filling.marks(asked)],
        "answers": [*_standing(form, registration), *answers_to_questions(filling.questions, way.values)],
        "waits": form.chosen_offer.window is Window.WAITING_LIST,
    }
    return render(request, "events/registration/check.html", context, status=status)


def show_closed(request: HttpRequest, filling: Filling) -> HttpResponse:
    """Why one cannot register."""
    why = why_closed(filling.event, filling.terms.window, filling.terms)
    context = {"event": filling.event, "why": why, "is_restricted": filling.terms.is_restricted}
    return render(request, "events/registration/closed.html", context)


def refuse(request: HttpRequest, filling: Filling, status: HTTPStatus, words: str = "") -> HttpResponse:
    """The page that was sent, with everything typed; `words` are about the whole, and go with a fresh key."""
    form = filling.form
    is_good = form.is_valid()
    if words:
        filling.key = new_key()
        here = number_in(filling.posted.get("here", ""))
        way = filling.walk(seen=None, until=here) if is_good and here is not None else None
        if way and not way.is_complete:
            return show_page(request, filling, way, words=words, status=status)
        form.add_error(None, words)
    return show_standing(request, filling, form, status=status)


def _drawn(filling: Filling, form: QuestionsForm, way: Walk[QuestionsForm]) -> SafeString:
    """The questions as HTML; those not yet typed are the same for all."""
    return page_questions(form) if form.is_bound or form.initial else empty_page(form, way.questions)


def _standing(form: RegistrationForm, registration: Registration) -> list[Answer]:
    """The answers to the standing questions; what the form does not ask cannot be changed in it."""
    return [
        answer if answer.field in form.fields else replace(answer, field="")
        for answer in answers_in_words(registration)
    ]
