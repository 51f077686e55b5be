"""Screens of sets, questions and choices. A set's page shows what it asks, and leads to all the rest."""

from typing import Any, ClassVar

from django.contrib.admin.utils import quote
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import HeaderButton

from ...access.listing import StaffIndexView
from ...access.object_pages import StaffCreateView, StaffDeleteView, StaffInspectView
from ...access.roles import Act
from ...access.viewsets import ScopedViewSet
from ..conditions import possible_answers
from ..models import Choice, Question, QuestionSet
from ..pages import pages
from ..selectors import forget_sets, read_set
from .copying import CopyView
from .forms import ChoiceForm, QuestionForm, SetForm, is_answered
from .preview import PreviewView

ACTS: dict[str, Act] = {
    "view": Act.SEE_EVENT,
    "add": Act.EDIT_QUESTIONS,
    "change": Act.EDIT_QUESTIONS,
    "delete": Act.EDIT_QUESTIONS,
}


class SetIndexView(StaffIndexView):
    """Sets with how many questions each asks."""

    def get_base_queryset(self) -> QuerySet[Model]:
        """Counted in the same query."""
        asked = Count("questions", filter=Q(questions__is_retired=False))
        return super().get_base_queryset().annotate(asked=asked)

    def get_edit_url(self, instance: Model) -> str | None:
        """Not from the list: looking comes first."""
        return None


class SetInspectView(StaffInspectView):
    """A set with its questions as they are asked, page by page."""

    object: QuestionSet
    add_question_url_name = "question:add"

    def get_page_subtitle(self) -> str:
        """Its title."""
        return str(self.object)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Preview for all; the rest for those who may change it."""
        namespace = str(self.index_url_name).split(":")[0]
        pk = quote(self.object.pk)
        preview = HeaderButton(
            gettext("Preview"), url=reverse(f"{namespace}:preview", args=(pk,)), icon_name="view"
        )
        if not self._may_change:
            return [preview]
        copy = reverse(f"{namespace}:copy_to", args=(pk,))
        return [
            HeaderButton(gettext("Edit"), url=self.get_edit_url(), icon_name="edit"),
            preview,
            HeaderButton(gettext("Copy to another event"), url=copy, icon_name="copy"),
        ]

    @cached_property
    def _may_change(self) -> bool:
        return bool(self.user_has_permission_for_instance("change", self.object))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The questions by page, the retired ones apart."""
        mine = read_set(self.object)
        add = f"{reverse(self.add_question_url_name)}?question_set={self.object.pk}"
        return super().get_context_data(
            **kwargs,
            pages=[[_told(question) for question in page.questions] for page in pages([mine])],
            retired=[question for question in mine.questions.all() if question.is_retired],
            categories=", ".join(str(each) for each in mine.categories.all()),
            add_question_url=add if self._may_change else "",
            may_change=self._may_change,
        )


def _told(question: Question) -> dict[str, Any]:
    """A question with its choices, and the condition in words."""
    condition = ""
    if question.shown_if:
        labels = dict(possible_answers(question.shown_if))
        answers = ", ".join(labels.get(code, code) for code in question.shown_if_values)
        condition = gettext("Only when the answer to “%(question)s” is: %(answers)s.") % {
            "question": question.shown_if,
            "answers": answers,
        }
    return {"question": question, "condition": condition, "choices": list(question.choices.all())}


class QuestionSetViewSet(ScopedViewSet):
    """Sets of questions."""

    model = QuestionSet
    icon = "form"
    acts: ClassVar = ACTS
    related = ("event",)
    index_view_class = SetIndexView
    inspect_view_class = SetInspectView
    inspect_view_enabled = True
    inspect_template_name = "events/questions/staff/set.html"
    base_form_class = SetForm
    list_display = (
        "title",
        Column("event", label=_("Event"), accessor="event.code", sort_key="event__code"),
        Column("moment", label=_("Asked"), accessor="get_moment_display", sort_key="moment"),
        Column("asked", label=_("Questions")),
        "position",
    )
    list_filter = ("event", "moment")
    ordering = ("event", "moment", "position", "pk")
    panels: ClassVar = [
        FieldPanel("event"),
        FieldPanel("title"),
        FieldPanel("introduction"),
        FieldPanel("moment"),
        FieldPanel("categories"),
        FieldPanel("position"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        """With the preview and the copy."""
        own = [
            path("preview/<int:pk>/", self.construct_view(PreviewView), name="preview"),
            path("copy-to/<int:pk>/", self.construct_view(CopyView), name="copy_to"),
        ]
        return [*super().get_urlpatterns(), *own]


class WithinSet:
    """A page of adding that knows from its address what is added to; mixed in before the view."""

    owner = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the owner chosen."""
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        chosen = self.request.GET.get(self.owner, "")  # type: ignore[attr-defined]
        if chosen.isdecimal() and len(chosen) < 10:
            kwargs["initial"] = {**(kwargs.get("initial") or {}), self.owner: int(chosen)}
        return kwargs


class QuestionCreateView(WithinSet, StaffCreateView):
    """Add a question to a set."""

    owner = "question_set"

    def get_success_url(self) -> str:
        """The set's page."""
        return reverse("questionset:inspect", args=(self.form.instance.question_set_id,))


class ChoiceCreateView(WithinSet, StaffCreateView):
    """Add a choice to a question."""

    owner = "question"


class QuestionViewSet(ScopedViewSet):
    """Questions."""

    model = Question
    icon = "help"
    event_path = "question_set__event"
    acts: ClassVar = ACTS
    related = ("question_set__event",)
    add_view_class = QuestionCreateView
    base_form_class = QuestionForm
    list_display = (
        "label",
        Column("key", label=_("Key"), sort_key="key"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        BooleanColumn("is_required", label=_("Must be answered")),
        BooleanColumn("is_retired", label=_("No longer asked")),
        Column("question_set", label=_("Set of questions")),
        Column("event", label=_("Event"), accessor="question_set.event.code"),
    )
    list_filter = ("question_set", "kind", "is_required", "is_retired")
    ordering = ("question_set__event", "question_set__moment", "question_set__position", "position", "pk")
    panels: ClassVar = [
        FieldPanel("question_set"),
        MultiFieldPanel(
            [
                FieldPanel("label"),
                FieldPanel("hint"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("key")]),
                FieldPanel("is_required"),
                FieldPanel("new_choices"),
                FieldRowPanel([FieldPanel("minimum"), FieldPanel("maximum")]),
                FieldPanel("position"),
            ],
            heading=_("What is asked"),
        ),
        MultiFieldPanel([FieldPanel("condition")], heading=_("Who is asked")),
        MultiFieldPanel(
            [
                FieldPanel("purpose"),
                FieldRowPanel([FieldPanel("retention_days"), FieldPanel("visibility")]),
                FieldPanel("is_retired"),
            ],
            heading=_("What becomes of the answers"),
        ),
    ]


class ChoiceDeleteView(StaffDeleteView):
    """Delete a choice that nobody has chosen."""

    object: Choice

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete, or say that it stays."""
        if is_answered(self.object):
            words = gettext("“%(choice)s” was chosen by somebody. Tick “no longer offered” instead.")
            messages.error(self.request, words % {"choice": self.object})
            return HttpResponseRedirect(self.get_success_url())
        forget_sets(self.object.question.question_set.event_id)
        return super().form_valid(form)


class ChoiceViewSet(ScopedViewSet):
    """Choices, with their labels in six languages."""

    model = Choice
    icon = "list-ul"
    event_path = "question__question_set__event"
    acts: ClassVar = ACTS
    related = ("question__question_set__event",)
    add_view_class = ChoiceCreateView
    delete_view_class = ChoiceDeleteView
    base_form_class = ChoiceForm
    list_display = (
        "label",
        Column("code", label=_("Code"), sort_key="code"),
        "question",
        Column("event", label=_("Event"), accessor="question.question_set.event.code"),
        BooleanColumn("is_retired", label=_("No longer offered")),
        "position",
    )
    list_filter = ("question", "is_retired")
    ordering = ("question", "position", "pk")
    panels: ClassVar = [
        FieldPanel("question"),
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("position")]),
        FieldPanel("is_retired"),
    ]
