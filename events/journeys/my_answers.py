"""Changing one's answers, answering what is still open, and confirming a nomination, by the personal link."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..access.limits import TooManyError, take_each
from ..questions.forms import QuestionsForm
from ..questions.pages import asked
from ..registration.answering import values_of
from ..registration.asked import owed_by, page_of, pages_of
from ..registration.dossier import Upload
from ..registration.forms import OwnDataForm
from ..registration.limits import of_writing, refuse_for_now
from ..registration.models import Registration
from ..registration.questions import page_questions, questions
from ..registration.services import OWN
from ..registration.states import NotAllowedError, State
from .answer import answer
from .complete import complete
from .correct import correct
from .my_registration import by_token, may_change, see_registration, show, token_of


# Without the check of forged requests for the same reason as withdrawing; so are the others.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_token
def change_page(request: HttpRequest, registration: Registration) -> HttpResponseBase:
    """The standing questions with what the person told; a new address gets the link and the ticket anew."""
    if not may_change(registration):
        return redirect("my_registration", token=token_of(registration))
    if registration.state == State.NOMINATED:
        return redirect("my_completion", token=token_of(registration))
    form = OwnDataForm(request.POST if request.method == "POST" else None, registration=registration)
    if request.method != "POST" or not form.is_valid():
        return _show_own(request, "change", registration, form)
    return _keep(request, "change", registration, form)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_token
def completion_page(request: HttpRequest, registration: Registration) -> HttpResponseBase:
    """The same with the consent, for a nominated person: then the nomination is confirmed."""
    if registration.state != State.NOMINATED or not may_change(registration):
        return redirect("my_registration", token=token_of(registration))
    posted = request.POST if request.method == "POST" else None
    form = OwnDataForm(posted, registration=registration, consents=True)
    if posted is None or not form.is_valid():
        return _show_own(request, "complete", registration, form)
    return _keep(request, "complete", registration, form)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_token
def questions_page(request: HttpRequest, registration: Registration, question: int) -> HttpResponseBase:
    """The page that asks this question, with what the person answered; then the next with an answer owed."""
    page = page_of(pages_of(registration), question)
    if page is None:
        raise Http404
    values = values_of(registration)
    wanted = asked(page, values)
    if not wanted or not may_change(registration):
        return redirect("my_registration", token=token_of(registration))
    posted, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = QuestionsForm(posted, files, questions=wanted, kept=values, registration=registration)
    if posted is None or not form.is_valid():
        return _show_questions(request, registration, form, page.question_set)
    try:
        changed = answer(registration=registration, page=page, given=form.values())
    except NotAllowedError:
        return see_registration(registration)
    except Upload.DoesNotExist:
        form.add_error(None, _("We do not have one of your files any more. Choose it again."))
        return _show_questions(request, registration, form, page.question_set)
    return _next(changed, before=registration.state)


def _next(registration: Registration, *, before: str) -> HttpResponse:
    """303 to the next page with an answer owed, or to the registration when its state is new."""
    owed = owed_by(registration) if registration.state == before else []
    if not owed:
        return see_registration(registration)
    named = {"token": token_of(registration), "question": owed[0].question.pk}
    address = reverse("my_questions", kwargs=named)
    return HttpResponse(status=HTTPStatus.SEE_OTHER, headers={"Location": address})


def _keep(request: HttpRequest, name: str, registration: Registration, form: OwnDataForm) -> HttpResponse:
    """Keep what was told; the link that was used ends with the address that it was mailed to."""
    answers = form.answers()
    is_moved = answers["email"] != registration.email
    try:
        if is_moved:
            take_each(*of_writing(registration.pk, registration.event, answers["email"]))
        if name == "complete":
            kept = complete(registration=registration, answers=answers)
        else:
            kept = correct(registration=registration, changes=answers, among=OWN)
    except TooManyError as error:
        return refuse_for_now(error, form, partial(_show_own, request, name, registration, form))
    except NotAllowedError:
        return see_registration(registration)
    if is_moved:
        return show(request, "moved", registration, email=kept.email)
    return _next(kept, before=registration.state) if name == "complete" else see_registration(kept)


def _show_own(
    request: HttpRequest,
    name: str,
    registration: Registration,
    form: OwnDataForm,
    *,
    status: HTTPStatus | None = None,
) -> HttpResponse:
    return show(
        request, name, registration, form=form, questions=questions(form), status=status or _status(form)
    )


def _show_questions(
    request: HttpRequest, registration: Registration, form: QuestionsForm, question_set: Any
) -> HttpResponse:
    return show(
        request,
        "questions",
        registration,
        form=form,
        questions=page_questions(form),
        question_set=question_set,
        status=_status(form),
    )


def _status(form: Form) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
