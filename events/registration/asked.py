"""What a registered person is asked beside the standing questions, and what is still open."""

from ..questions.models import Question, QuestionSet
from ..questions.pages import Page, pages
from ..questions.selectors import concerns, sets_of
from .answering import values_of
from .models import Registration
from .states import State
from .steps import OpenPage, open_pages

Moment = QuestionSet.Moment


def pages_of(registration: Registration) -> list[Page]:
    """The pages that the person is asked as it stands: those for afterwards too once it is confirmed."""
    moments = [Moment.REGISTERING, *([Moment.APPROVED] if registration.state == State.CONFIRMED else [])]
    mine = [each for each in sets_of(registration.event) if concerns(each, registration.category)]
    return [page for moment in moments for page in pages(each for each in mine if each.moment == moment)]


def questions_of(all_pages: list[Page]) -> list[Question]:
    """Every question of the pages, asked or not."""
    return [question for page in all_pages for question in page.questions]


def page_of(all_pages: list[Page], question: int) -> Page | None:
    """The page with this question, if there is one."""
    return next((page for page in all_pages if question in {each.pk for each in page.questions}), None)


def owed_by(registration: Registration) -> list[OpenPage]:
    """The pages with an answer that must be given and is not, in order."""
    opened = open_pages(pages_of(registration), values_of(registration))
    return [page for page in opened if page.is_owed]
