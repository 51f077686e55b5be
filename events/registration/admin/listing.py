"""The list of registrations: found, filtered and shown page by page, also when there are 50,000."""

import hashlib
from typing import Any

from django.core.cache import caches
from django.core.exceptions import EmptyResultSet, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import (
    BaseColumn,
    Column,
    DateColumn,
    StatusTagColumn,
)
from wagtail.admin.widgets.button import Button

from ...access.listing import ChoosingIndexView
from ...access.policy import policy_of
from ...access.roles import Act
from ..finding import matching
from ..models import Registration
from ..states import State
from .filters import RECONFIRMATION, RegistrationFilterSet
from .sight import events_where

Rows = QuerySet[Registration]


def reconfirmation_of(registration: Registration) -> str:
    """Whether the person still comes, "" when they were not asked."""
    if not registration.may_reconfirm:
        return ""
    return str(dict(RECONFIRMATION)["reconfirmed" if registration.reconfirmed_at else "waiting"])


def funding_of(registration: Registration) -> str:
    """What was decided, "" when nothing was."""
    funding = getattr(registration, "funding", None)
    return funding.get_kind_display() if funding else ""


COLUMNS: tuple[str | BaseColumn, ...] = (
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
    DateColumn("created_at", label=_("Registered"), sort_key="created_at"),
)

OF_FILTERS: dict[str, tuple[str, BaseColumn]] = {
    "delegation": ("delegation", Column("role", label=_("Role"), accessor="get_delegation_role_display")),
    "funding": ("funding", Column("funding", label=_("Funding"), accessor=funding_of)),
    "reconfirmation": ("", Column("reconfirmation", label=_("Still comes"), accessor=reconfirmation_of)),
}
"""What a filter makes worth a column: the relation that it shows, and the column."""

LONG = 1_000
"""A list of more rows is not counted anew for each of its pages."""

WAITING_SINCE = DateColumn("waiting_since", label=_("Waiting since"), sort_key="waiting_since")


class PageOfKeys(WagtailPaginator):
    """Finds a page by keys alone, then reads its rows: sorting 50,000 whole rows costs 0.3 s."""

    @cached_property
    def count(self) -> int:
        """How many there are; of a long list, how many there were three seconds ago at most."""
        try:
            asked = str(self.object_list.query)
        except EmptyResultSet:  # a filter that was not understood
            return 0
        key = "count:" + hashlib.sha256(asked.encode()).hexdigest()
        known: int | None = caches["process"].get(key)
        if known is not None:
            return known
        counted = int(super().count)
        if counted > LONG:
            caches["process"].set(key, counted)
        return counted

    def page(self, number: Any) -> Any:
        """The page of this number. One query beside the count."""
        page = super().page(number)
        query = self.object_list.query
        keys = page.object_list.select_related(None).values("pk")
        rows = self.object_list.model.objects.filter(pk__in=keys).order_by(*query.order_by)
        page.object_list = rows.select_related(*query.select_related) if query.select_related else rows
        return page


class RegistrationIndexView(ChoosingIndexView):
    """The list, searched by any part of the name, the e-mail or the reference."""

    paginator_class = PageOfKeys

    @cached_property
    def columns(self) -> list[Any]:
        """The columns, and those of the filters in use."""
        asked = self.request.GET
        extra = [column for name, (_relation, column) in OF_FILTERS.items() if asked.get(name)]
        if asked.get("state") == State.WAITING:
            extra.append(WAITING_SINCE)
        # One event is named above the list already.
        own = [column for column in super().columns if column.name != "event" or not asked.get("event")]
        return [*own, *extra]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The exports, and the clean-up of what the list shows."""
        buttons = list(super().header_more_buttons)
        if self.user_has_permission("change"):
            list_of_people = reverse("registration:import")
            buttons.append(Button(_("Register a list"), url=list_of_people, icon_name="group", priority=150))
            address = f"{reverse('registration:junk')}?{self.request.GET.urlencode()}"
            buttons.append(Button(_("Clean up junk"), url=address, icon_name="bin", priority=200))
        return buttons

    def get_base_queryset(self) -> Rows:
        """With what the columns of the filters show."""
        shown = [
            relation
            for name, (relation, _column) in OF_FILTERS.items()
            if relation and self.request.GET.get(name)
        ]
        rows: Any = super().get_base_queryset()
        return rows.select_related(*self.related, *shown)

    def order_queryset(self, queryset: Rows) -> Rows:
        """As asked; the newest first else, and who waits in the order of the waiting list."""
        if not self.is_explicitly_ordered and self.request.GET.get("state") == State.WAITING:
            return queryset.order_by("waiting_since", "pk")
        ordered = super().order_queryset(queryset)
        return (
            ordered
            if ordered.query.order_by[-1:] == ("-pk",)
            else ordered.order_by(*ordered.query.order_by, "-pk")
        )

    def filter_queryset(self, queryset: Rows) -> Rows:
        """Nobody when the filter is not understood: an act on all in the list must not reach everybody."""
        if self.filters and not self.filters.is_valid():
            return queryset.none()
        return super().filter_queryset(queryset)

    def search_queryset(self, queryset: Rows) -> Rows:
        """By the folded columns; by the e-mail only where the user sees it."""
        if not self.is_searching:
            return queryset
        return matching(
            queryset, self.search_query, mail_in=events_where(self.request.user, Act.SEE_CONTACTS)
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, or the list as a file."""
        if not self.is_export:
            return super().get(request, *args, **kwargs)
        if not self.show_export_buttons:
            raise PermissionDenied
        from .exports import send

        return send(request, self.get_queryset(), request.GET["export"])


def listed(user: Any, asked: QueryDict, action: str) -> Rows:
    """What the list shows to the user at the address `asked`, among what the action is allowed for."""
    request = HttpRequest()
    request.user, request.GET = user, asked  # type: ignore[assignment]  # nobody writes to it
    view = RegistrationIndexView(
        model=Registration,
        filterset_class=RegistrationFilterSet,
        is_searchable=True,
        default_ordering=("-pk",),
        list_display=COLUMNS,
    )
    view.setup(request)
    reach = policy_of(Registration).instances_user_has_permission_for(user, action)
    return view.search_queryset(view.filter_queryset(view.order_queryset(reach)))
