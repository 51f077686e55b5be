"""The list of registrations and the page of one person."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.conf import settings
from django.contrib.admin.utils import quote
from django.db.models import Model, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import (
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.log_actions import registry

from ...access.forms import ScopedForm
from ...access.listing import EXPORT, ScopedFilterSet, StaffIndexView
from ...access.object_pages import StaffInspectView
from ...access.roles import Act
from ...access.row_acts import RefusedError, RowAct
from ...access.selectors import looks_at
from ...access.viewsets import ScopedViewSet
from ...catalogue.models import Category, Event
from ...journeys import decide
from ...journeys.correct import correct
from ..fields import EmailAddress, TextLine
from ..models import NAME_LENGTH, Registration
from ..names import fold
from ..services import CORRECTABLE
from ..states import HOLDS_PLACE, NotAllowedError, State, Transition, possible

LANGUAGE_NAMES = dict(settings.LANGUAGES)


RECONFIRMATION = (("waiting", _("Not reconfirmed")), ("reconfirmed", _("Reconfirmed")))


def reconfirmation_of(registration: Registration) -> str:
    """Whether the person still comes, "" when they were not asked."""
    if not registration.may_reconfirm:
        return ""
    return str(dict(RECONFIRMATION)["reconfirmed" if registration.reconfirmed_at else "waiting"])


class CategoryChoice(django_filters.fields.ModelChoiceField):
    """Categories told apart by their event's code."""

    def label_from_instance(self, obj: Category) -> str:
        """Label and event."""
        return f"{obj.label} – {obj.event.code}"


class CategoryFilter(django_filters.ModelChoiceFilter):
    """One category of one event."""

    field_class = CategoryChoice


class RegistrationFilterSet(ScopedFilterSet):
    """By event, state, category, country and what the person represents."""

    event = django_filters.ModelChoiceFilter(label=_("Event"), queryset=Event.objects.all())
    category = CategoryFilter(label=_("Category"), queryset=Category.objects.select_related("event"))
    reconfirmation = django_filters.ChoiceFilter(
        label=_("After a postponement"), choices=RECONFIRMATION, method="by_reconfirmation"
    )

    def by_reconfirmation(
        self, rows: QuerySet[Registration], name: str, value: str
    ) -> QuerySet[Registration]:
        """Those with a place who were asked whether they still come, by their answer."""
        asked = rows.filter(state__in=HOLDS_PLACE, reconfirm_asked_at__isnull=False)
        return asked.filter(reconfirmed_at__isnull=value == "waiting")

    class Meta:
        model = Registration
        fields = ("event", "state", "category", "country", "representing")


class RegistrationIndexView(StaffIndexView):
    """The list, searched by any part of the name, the e-mail or the reference."""

    @cached_property
    def columns(self) -> list[Any]:
        """The columns, with boxes to choose several."""
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="registration"), *super().columns]

    def _get_title_column(self, field_name: str, column_class: type = TitleColumn, **kwargs: Any) -> Any:
        """The title column, named so that the boxes can refer to it."""
        title_id = {"get_title_id": lambda row: f"registration_{quote(row.pk)}_title"}
        return super()._get_title_column(field_name, column_class, **title_id, **kwargs)

    def get_edit_url(self, instance: Model) -> str | None:
        """Not from the list: looking comes first."""
        return None

    def search_queryset(self, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        """Without an index: the folded columns are searched in every script alike."""
        if not self.is_searching:
            return queryset
        wanted = fold(self.search_query.strip())
        found = Q(name_folded__contains=wanted) | Q(email_folded__contains=wanted)
        return queryset.filter(found | Q(reference__contains=wanted.upper()))


class RegistrationInspectView(StaffInspectView):
    """One person: what they told, what happened, who looked."""

    object: Registration

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The history with its actors, corrections, the ticket and who looked."""
        own = {
            "history": self.object.history.select_related("user"),
            "corrections": registry.get_logs_for_instance(self.object).filter(action="wagtail.edit"),
            "looks": looks_at(self.object.event_id, self.object.reference),
            "ticket": getattr(self.object, "ticket", None),
            "spoken": ", ".join(str(LANGUAGE_NAMES.get(code, code)) for code in self.object.languages),
        }
        return super().get_context_data(**own, **kwargs)


class CorrectionForm(ScopedForm):
    """What the Secretariat may put right."""

    name = TextLine(label=_("Name as on the badge"), longest=NAME_LENGTH)
    email = EmailAddress(label=_("E-mail address"))
    organization = TextLine(label=_("Organization"), longest=160, required=False)
    function = TextLine(label=_("Function or job title"), longest=160, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def save(self, commit: bool = True) -> Registration:  # noqa: FBT001, FBT002 - Django's signature
        """By the journey, which also takes the mail to a new address."""
        changes = {name: self.cleaned_data[name] for name in self.changed_data if name in CORRECTABLE}
        return correct(registration=self.instance, changes=changes)


def _decided(act: Any) -> Any:
    def do(registration: Registration, user: Any, reason: str) -> None:
        try:
            act(registration=registration, user=user, reason=reason)
        except NotAllowedError:
            raise RefusedError(
                _("Nothing was changed: this registration was decided on in the meantime.")
            ) from None

    return do


def _open_to(transition: Transition) -> Any:
    return lambda registration: transition in possible(State(registration.state))


APPROVE = RowAct(
    name="approve",
    label=_("Approve"),
    question=_("The person is confirmed and gets their ticket by e-mail now."),
    done=_("%(object)s is confirmed; the ticket is on its way."),
    do=_decided(decide.approve),
    possible=_open_to(Transition.APPROVE),
    asks_reason=True,
)
REFUSE = RowAct(
    name="refuse",
    label=_("Refuse"),
    question=_(
        "The person is told by e-mail that the registration was not approved. The place is free again."
    ),
    done=_("%(object)s is refused; the person is told by e-mail."),
    do=_decided(decide.refuse),
    possible=_open_to(Transition.REFUSE),
    asks_reason=True,
    icon="cross",
    warning=True,
)
CANCEL = RowAct(
    name="cancel",
    label=_("Cancel the registration"),
    question=_("The ticket ends, the place is free again, and the person is told by e-mail."),
    done=_("%(object)s is cancelled; the person is told by e-mail."),
    do=_decided(decide.cancel),
    possible=_open_to(Transition.CANCEL),
    asks_reason=True,
    icon="circle-xmark",
    warning=True,
)


class RegistrationViewSet(ScopedViewSet):
    """Registrations. Nobody adds or deletes one here: people register, and states change."""

    model = Registration
    icon = "clipboard-list"
    menu_label = _("Registrations")
    acts: ClassVar = {
        "view": Act.SEE_REGISTRATIONS,
        "change": Act.CHANGE_REGISTRATIONS,
        EXPORT: Act.EXPORT_REGISTRATIONS,
    }
    never = ("add", "delete")
    personal = "registrations"
    related = ("event", "category", "country", "rppo")
    row_acts = (APPROVE, REFUSE, CANCEL)
    index_view_class = RegistrationIndexView
    inspect_view_class = RegistrationInspectView
    base_form_class = CorrectionForm
    index_template_name = "events/registration/staff/index.html"
    inspect_template_name = "events/registration/staff/inspect.html"
    inspect_view_enabled = True
    search_backend_name = None
    search_fields = ("name_folded",)
    filterset_class = RegistrationFilterSet
    ordering = ("-created_at", "-pk")
    list_display = (
        "name",
        Column("reference", label=_("Reference"), sort_key="reference"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            sort_key="state",
            primary=lambda row: row.state == State.CONFIRMED,
        ),
        Column("category", label=_("Category"), accessor="category.label", sort_key="category__letter"),
        Column("representing_label", label=_("Represents")),
        Column("event", label=_("Event"), accessor="event.code", sort_key="event__code"),
        Column("reconfirmation", label=_("Still comes"), accessor=reconfirmation_of),
        DateColumn("created_at", label=_("Registered"), sort_key="created_at"),
    )
    list_export = (
        "reference",
        "event.code",
        "get_state_display",
        "category.label",
        "name",
        "email",
        "get_representing_display",
        "representing_label",
        "function",
        "get_gender_display",
        "languages",
        "language",
        "created_at",
    )
    export_headings: ClassVar = {
        "event.code": _("Event"),
        "category.label": _("Category"),
        "get_state_display": _("State"),
        "get_representing_display": _("Representing"),
        "representing_label": _("Country, RPPO or organization"),
        "get_gender_display": _("Gender"),
    }
    export_filename = "registrations"
    panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("email"), FieldPanel("language")], heading=_("Person")
        ),
        MultiFieldPanel(
            [
                FieldPanel("representing"),
                FieldRowPanel([FieldPanel("country"), FieldPanel("rppo")]),
                FieldPanel("organization"),
                FieldPanel("function"),
                FieldPanel("languages"),
            ],
            heading=_("Represents"),
        ),
    ]
