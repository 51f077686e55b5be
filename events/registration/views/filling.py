"""What somebody has answered so far. It is not stored: it came with the request and goes with the page."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.core.cache import caches
from django.http import Http404, HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from ...catalogue.models import Category, Event
from ...catalogue.selectors import event_by_code
from ...once.form_keys import form_session, key_in, new_key
from ...questions.forms import QuestionsForm, keep_files
from ...questions.models import Question, QuestionSet
from ...questions.pages import Page, pages
from ...questions.selectors import concerns, question_sets
from ..asked import page_of
from ..beginnings import PersonalInvitation
from ..drafts import draft_id_in, new_draft_id
from ..forms import RegistrationForm
from ..invitations import invitation_by_token
from ..selectors import offers, public, terms_of_offers
from ..steps import MARKS, Pair, Walk, answers_in, number_in, seen_as, seen_in, walk
from ..windows import Offer, Terms, Window

CODE_LENGTH = 40
REGISTERING = QuestionSet.Moment.REGISTERING


def event_of(code: str) -> Event:
    """The public event, kept a moment in each process as the public pages are; 404 for any other."""
    if len(code) > CODE_LENGTH:
        raise Http404
    key = f"event:{code.upper()}"
    event: Event | None = caches["process"].get(key)
    if event is None:
        event = event_by_code(code)
        if event is None:
            raise Http404
        caches["process"].set(key, event)
    return event


def _open_to_all(event: Event) -> list[Category]:
    """The categories that the public form shows, kept likewise."""
    mine = event.categories.filter(audience=Category.Audience.OPEN).order_by("position", "pk")
    kept = caches["process"].get_or_set(f"open-to-all:{event.pk}", lambda: list(mine)) or []
    for category in kept:
        category.event = event
    return kept


SAVED_COOKIE = "saved"
"""Says that this browser has saved a form of this event, so that the draft ends with the registration."""


def draft_of(request: HttpRequest, filling: "Filling") -> uuid.UUID | None:
    """The draft that this form goes on with or was saved as, if there is one."""
    if draft := draft_id_in(filling.draft):
        return draft
    return own_draft(request, filling) if SAVED_COOKIE in request.COOKIES else None


def own_draft(request: HttpRequest, filling: "Filling") -> uuid.UUID:
    """The draft of this form in this browser, whether or not it was saved."""
    return new_draft_id(key=filling.key_or_new(), form_session=form_session(request))


class Filling:
    """The form of one event as far as it is filled in.

    `posted` is what the browser posted, or what a draft has kept. Without `places`, as when confirming, no
    category is refused for want of one.
    """

    def __init__(
        self,
        event: Event,
        posted: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        key: str | None = None,
        invitation: PersonalInvitation | None = None,
        places: bool = True,
    ) -> None:
        self.event, self.files = event, files
        self.posted = posted if posted is not None else QueryDict()
        self.key = key
        self.draft = self.posted.get("draft", "")
        self.token = self.posted.get("invitation", "")
        self.invitation = invitation or (invitation_by_token(event.pk, self.token) if self.token else None)
        self.looks_at_places = places

    @classmethod
    def of(cls, request: HttpRequest, event: Event, *, places: bool = True) -> "Filling":
        """What came with the request."""
        filling = cls(event, request.POST, request.FILES, key=key_in(request), places=places)
        filling.posted, filling.files = keep_files(
            request.POST, request.FILES, questions=filling.every_question
        )
        return filling

    @cached_property
    def every_offer(self) -> list[Offer]:
        """Every category of the event, with its places."""
        return offers(self.event)

    @cached_property
    def offers(self) -> list[Offer]:
        """The categories to choose from; an invitation is for one."""
        if self.invitation:
            mine = [offer for offer in self.every_offer if offer.category == self.invitation.category]
            return mine if self.looks_at_places else [Offer(self.invitation.category, is_full=False)]
        if self.looks_at_places:
            return public(self.every_offer)
        return [Offer(category, is_full=False) for category in _open_to_all(self.event)]

    @cached_property
    def terms(self) -> Terms:
        """Whether one can register now."""
        if self.invitation:
            return Terms(self.offers[0].window if self.offers else Window.FULL)
        return terms_of_offers(self.event, self.every_offer)

    @cached_property
    def form(self) -> RegistrationForm:
        """The standing questions, to be judged."""
        return self.standing(self.posted)

    def standing(self, posted: QueryDict | None = None) -> RegistrationForm:
        """The form of the standing questions: unjudged, or with what was posted."""
        invited_as = self.invitation.email if self.invitation else ""
        return RegistrationForm(posted, event=self.event, offers=self.offers, invited_as=invited_as)

    def typed(self) -> RegistrationForm:
        """The standing questions with what was posted, shown again and not yet judged."""
        form = self.standing()
        form.initial.update(form.as_typed(self.posted))
        return form

    @cached_property
    def pages(self) -> list[Page]:
        """The pages that the chosen category is asked; the standing questions must be answered."""
        category = self.form.chosen_category
        return pages(each for each in self._sets if concerns(each, category))

    @property
    def questions(self) -> list[Question]:
        """The questions of all its pages, asked or not."""
        return [question for page in self.pages for question in page.questions]

    @cached_property
    def seen(self) -> frozenset[int]:
        """The questions asked so far."""
        return seen_in(self.posted.get("seen", ""))

    def walk(self, *, seen: frozenset[int] | None, until: int | None = None) -> Walk[QuestionsForm]:
        """The pages in order, to the first one that is not complete."""
        return walk(self.pages, judge=self.judged, seen=seen, until=until)

    def judged(self, questions: Sequence[Question]) -> QuestionsForm:
        """The form of these questions, to be judged."""
        return QuestionsForm(self.posted, self.files, questions=questions)

    def fresh(self, questions: Sequence[Question]) -> QuestionsForm:
        """The form of these questions with what was posted, not yet judged."""
        form = QuestionsForm(questions=questions)
        typed = form.as_typed(self.posted)
        form.initial.update({name: value for name, value in typed.items() if value})
        return form

    def carried(self, *, page: Sequence[Question] | None = None) -> list[Pair]:
        """What travels with a page beside its own questions, as it was posted; None: the standing page."""
        own = {question.pk for question in page or ()}
        standing = self._standing_pairs() if page is not None else []
        answers = answers_in(dict(self.posted.lists()), without=own, of=self._known)
        return [*standing, *answers, *self.marks(own)]

    def marks(self, asked: Collection[int] = (), *, left: Collection[int] = ()) -> list[Pair]:
        """What travels beside the answers; the questions `asked` count as seen, and those `left` do not."""
        seen = (self.seen & self._known).difference(left).union(asked)
        marks = {"seen": seen_as(seen), "draft": self.draft, "invitation": self.token}
        return [(name, marks[name]) for name in MARKS if marks[name]]

    @property
    def every_question(self) -> Iterator[Question]:
        """Every question that the event asks when registering, in whatever category."""
        for each in self._sets:
            yield from each.questions.all()

    @cached_property
    def _known(self) -> frozenset[int]:
        return frozenset(question.pk for question in self.every_question)

    @cached_property
    def _sets(self) -> list[QuestionSet]:
        return question_sets(self.event, category=None, moment=REGISTERING)

    @property
    def has_pages(self) -> bool:
        """Whether the event asks more than the standing questions."""
        return bool(self._known)

    def _standing_pairs(self) -> list[Pair]:
        names = self.form.fields.keys()
        return [(name, value) for name in names for value in self.posted.getlist(name) if value]

    def kept(self) -> list[Pair]:
        """Everything that was posted, for a draft: answers as typed, and the marks.

        The page that was left by saving is shown again: its questions do not count as seen.
        """
        answers = answers_in(dict(self.posted.lists()), of=self._known)
        here = number_in(self.posted.get("here", ""))
        page = page_of(pages(self._sets), here) if here else None
        left = [question.pk for question in page.questions] if page else []
        return [*self._standing_pairs(), *answers, *self.marks(left=left)]

    def key_or_new(self) -> str:
        """The key of the form, or one for a form that has none yet."""
        return self.key or new_key()
