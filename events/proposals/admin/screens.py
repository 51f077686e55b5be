"""The list of proposed events and the page of one."""

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn

from ...access.forms import ScopedForm
from ...access.listing import EXPORT, ChoosingIndexView, ScopedFilterSet
from ...access.object_pages import StaffInspectView
from ...access.policy import policy_of
from ...access.roles import Act
from ...access.row_acts import RefusedError, RowAct
from ...access.viewsets import ScopedViewSet
from ...catalogue.dates import month_and_year
from ...typed.fields import Paragraphs, TextLine
from ...typed.names import fold
from .. import services
from ..choice import Choice, address_of, choice_in
from ..forms import DESCRIPTION_LENGTH, PLACE_LENGTH, TITLE_LENGTH, WebAddress
from ..models import Proposal
from ..policy import FamilyPolicy
from ..services import CORRECTABLE, NotAllowedError

State = Proposal.State


class ProposalFilterSet(ScopedFilterSet):
    """By family, state, country, level, language and month."""

    month = django_filters.ChoiceFilter(label=_("Month"), method="in_month")

    class Meta:
        model = Proposal
        fields = ("family", "state", "country", "level", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = policy_of(Proposal).instances_user_has_permission_for(self.request.user, "view")
        months = reach.dates("start_date", "month")
        self.filters["month"].extra["choices"] = [
            (f"{month:%Y-%m}", month_and_year(month)) for month in months
        ]
        self.filters["family"].extra["queryset"] = self.filters["family"].queryset.filter(
            pk__in=reach.order_by().values("family")
        )

    def in_month(self, rows: QuerySet[Proposal], name: str, value: str) -> QuerySet[Proposal]:
        """Those that take place in the month, if only in part."""
        choice = choice_in({"month": value})
        if choice == Choice():
            return rows
        first, last = choice.days
        return rows.filter(start_date__lte=last, end_date__gte=first)


class ProposalIndexView(ChoosingIndexView):
    """The list, searched by any part of the title or of the proposer's address."""

    def search_queryset(self, queryset: QuerySet[Proposal]) -> QuerySet[Proposal]:
        """Without an index: the folded column is searched in every script alike."""
        if not self.is_searching:
            return queryset
        wanted = self.search_query.strip()
        return queryset.filter(Q(title_folded__contains=fold(wanted)) | Q(proposer_email__icontains=wanted))


class ProposalInspectView(StaffInspectView):
    """One event as it was proposed, and where it is shown."""

    object: Proposal

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The address in the calendar, when it is there."""
        is_shown = self.object.state == State.ACCEPTED
        address = address_of(self.object, "en", today=timezone.now().date()) if is_shown else ""
        return super().get_context_data(address=address, **kwargs)


class CorrectionForm(ScopedForm):
    """What staff may put right, before or after accepting."""

    title = TextLine(label=_("Title"), longest=TITLE_LENGTH)
    description = Paragraphs(label=_("Description"), longest=DESCRIPTION_LENGTH, required=False)
    language = forms.ChoiceField(label=_("Language of title and description"), choices=settings.LANGUAGES)
    place = TextLine(label=_("Place"), longest=PLACE_LENGTH, required=False)
    link = WebAddress(label=_("Web page of the event"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse an event that ends before it begins."""
        cleaned = super().clean()
        first, last = cleaned.get("start_date"), cleaned.get("end_date")
        if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
            self.add_error("end_date", _("The last day is before the first day."))
        return cleaned

    def save(self, commit: bool = True) -> Proposal:  # noqa: FBT001, FBT002 - Django's signature
        """By the service, which tells calendars."""
        changes = {name: self.cleaned_data[name] for name in self.changed_data if name in CORRECTABLE}
        return services.correct(proposal=self.instance, changes=changes)


def _decided(act: Callable[[Proposal, Any, str], object]) -> Callable[[Proposal, Any, str], None]:
    def do(proposal: Proposal, user: Any, reason: str) -> None:
        try:
            act(proposal, user, reason)
        except NotAllowedError:
            raise RefusedError(_("Nothing was changed: this event was decided on in the meantime.")) from None

    return do


def _with_reason(act: Callable[..., object]) -> Callable[[Proposal, Any, str], object]:
    """The act, which mails its reason and therefore needs one."""

    def do(proposal: Proposal, user: Any, reason: str) -> object:
        if not reason:
            raise RefusedError(_("Nothing was changed: say why, because the proposer is told."))
        return act(proposal=proposal, user=user, reason=reason)

    return do


MAILED = _("It is mailed to the proposer: write it in the language of the event’s text.")

ACCEPT = RowAct(
    name="accept",
    label=_("Accept"),
    question=_("The event appears in the public calendar and in its feed. The proposer is told by e-mail."),
    done=_("“%(object)s” is in the calendar; the proposer is told by e-mail."),
    do=_decided(lambda proposal, user, reason: services.accept(proposal=proposal, user=user)),
    possible=lambda proposal: proposal.state != State.ACCEPTED,
)
REFUSE = RowAct(
    name="refuse",
    label=_("Refuse"),
    question=_("The event is not shown. The proposer is told by e-mail why."),
    done=_("“%(object)s” is refused; the proposer is told by e-mail."),
    do=_decided(_with_reason(services.refuse)),
    possible=lambda proposal: proposal.state == State.WAITING,
    asks_reason=True,
    reason_hint=MAILED,
    icon="cross",
    warning=True,
)
DISCARD = RowAct(
    name="discard",
    label=_("Discard as unwanted"),
    question=_(
        "For advertising and nonsense: it is not shown, and nobody is told, "
        "since the address may belong to somebody else."
    ),
    done=_("“%(object)s” is discarded."),
    do=_decided(lambda proposal, user, reason: services.discard(proposal=proposal, user=user)),
    possible=lambda proposal: proposal.state == State.WAITING,
    icon="bin",
    warning=True,
)
TAKE_OUT = RowAct(
    name="take_out",
    label=_("Take out of the calendar"),
    question=_("The event is no longer shown, and calendars cancel it. The proposer is told by e-mail why."),
    done=_("“%(object)s” is no longer in the calendar; the proposer is told by e-mail."),
    do=_decided(_with_reason(services.take_out)),
    possible=lambda proposal: proposal.state == State.ACCEPTED,
    asks_reason=True,
    reason_hint=MAILED,
    icon="circle-xmark",
    warning=True,
)


class ProposalViewSet(ScopedViewSet):
    """Proposed events. Nobody adds or deletes one here: they come by the public form, and states change."""

    model = Proposal
    icon = "mail"
    menu_label = _("Proposed events")
    acts: ClassVar = {"view": Act.EDIT_EVENT, "change": Act.EDIT_EVENT, EXPORT: Act.EDIT_EVENT}
    never = ("add", "delete")
    personal = "proposed events"
    related = ("family", "country")
    row_acts = (ACCEPT, REFUSE, DISCARD, TAKE_OUT)
    index_view_class = ProposalIndexView
    inspect_view_class = ProposalInspectView
    base_form_class = CorrectionForm
    index_template_name = "events/proposals/staff/index.html"
    inspect_template_name = "events/proposals/staff/inspect.html"
    inspect_view_enabled = True
    search_backend_name = None
    search_fields = ("title_folded",)
    filterset_class = ProposalFilterSet
    ordering = ("-created_at", "-pk")
    list_display = (
        "title",
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            sort_key="state",
            primary=lambda row: row.state == State.ACCEPTED,
        ),
        Column("start_date", label=_("First day"), sort_key="start_date"),
        Column("country", label=_("Country or territory")),
        Column("level", label=_("Level"), accessor="get_level_display"),
        Column("proposer_name", label=_("Proposer")),
        Column("family", label=_("Calendar"), sort_key="family__position"),
        DateColumn("created_at", label=_("Received"), sort_key="created_at"),
    )
    list_export = (
        "uid",
        "family.slug",
        "get_state_display",
        "title",
        "language",
        "description",
        "start_date",
        "end_date",
        "place",
        "country",
        "get_level_display",
        "link",
        "proposer_name",
        "proposer_email",
        "created_at",
        "decided_at",
        "reason",
    )
    export_headings: ClassVar = {
        "family.slug": _("Calendar"),
        "get_state_display": _("State"),
        "get_level_display": _("Level"),
    }
    export_filename = "proposed-events"
    panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("title"), FieldPanel("language"), FieldPanel("description"), FieldPanel("link")],
            heading=_("Event"),
            help_text=_("Put right what the proposer wrote. Calendars are told of a change."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("start_date"), FieldPanel("end_date")]),
                FieldPanel("place"),
                FieldRowPanel([FieldPanel("country"), FieldPanel("workshop_region")]),
                FieldPanel("level"),
            ],
            heading=_("When and where"),
            help_text=_("Without a region, the event counts for the region of its country."),
        ),
    ]

    def policy(self) -> FamilyPolicy:
        """By the teams of the family's events."""
        return FamilyPolicy(self.model, acts=self.acts, never=self.never)
