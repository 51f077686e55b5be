"""Lists of the staff screens: rows in reach, filters without foreign choices, exports without formulas."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.utils.functional import cached_property
from django_filters import ModelChoiceFilter, ModelMultipleChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, TitleColumn
from wagtail.admin.views import generic

from . import services
from .cells import safe_cell
from .policy import scope_of

EXPORT = "export"


class ScopedFilterSet(WagtailFilterSet):
    """Filters that offer rows of one's own events only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.filters.values():
            if isinstance(each, ModelChoiceFilter | ModelMultipleChoiceFilter):
                self._narrow(each)

    def _narrow(self, each: ModelChoiceFilter | ModelMultipleChoiceFilter) -> None:
        policy = scope_of(each.queryset.model)
        if policy is not None:
            reach = policy.instances_user_has_permission_for(self.request.user, "view")
            each.queryset = each.queryset.filter(pk__in=reach.values("pk"))


class StaffIndexView(generic.IndexView):
    """A list of the rows that the policy lets the user see, in a fixed number of queries.

    `related` is followed in the same query. `personal` names the list in the record of who saw
    personal data; empty when it shows none.
    """

    base_filterset_class = ScopedFilterSet
    related: tuple[str, ...] = ()
    personal = ""

    def get_base_queryset(self) -> QuerySet[Model]:
        """The rows in reach: to see, or to take away in an export."""
        actions = [EXPORT] if self.is_export else ["view", "add", "change", "delete"]
        rows = self.permission_policy.instances_user_has_any_permission_for(self.request.user, actions)
        return rows.select_related(*self.related)

    def get_edit_url(self, instance: Model) -> str | None:
        """The edit page, when this very row may be changed."""
        return (
            super().get_edit_url(instance)
            if self.user_has_permission_for_instance("change", instance)
            else None
        )

    def get_delete_url(self, instance: Model) -> str | None:
        """The delete page, when this very row may be deleted."""
        return (
            super().get_delete_url(instance)
            if self.user_has_permission_for_instance("delete", instance)
            else None
        )

    @cached_property
    def show_export_buttons(self) -> bool:
        """Whether the user may export in some event."""
        return bool(self.list_export) and self.user_has_permission(EXPORT)

    def render_to_response(self, context: Mapping[str, Any], **kwargs: Any) -> HttpResponse:
        """Show the page, or send the export, and record that people were seen."""
        if self.is_export and not self.show_export_buttons:
            raise PermissionDenied
        shown = list(context["object_list"])
        if self.personal and shown:
            self._record(shown)
        return super().render_to_response({**context, "object_list": shown}, **kwargs)

    def _record(self, shown: list[Model]) -> None:
        policy = scope_of(self.model)
        events = {policy.event_of(row) for row in shown} if policy else set()
        services.record_access(
            user=self.request.user,
            event_id=events.pop() if len(events) == 1 else None,
            what=f"{self.personal}, {self.request.GET['export']}" if self.is_export else self.personal,
            people=len(shown),
        )

    def get_heading(self, queryset: object, field: str) -> str:
        """The column's name; the rows are a list by now."""
        return str(super().get_heading(self.model._default_manager.none(), field))  # noqa: SLF001

    def write_csv_row(self, writer: Any, row_dict: dict[str, Any]) -> Any:
        """One line in which no cell is a formula."""
        cells = {
            field: self.preprocess_field_value(field, value, self.FORMAT_CSV)
            for field, value in row_dict.items()
        }
        return writer.writerow({field: safe_cell(cell) for field, cell in cells.items()})

    def generate_xlsx_row(
        self, worksheet: Any, row_dict: dict[str, Any], date_format: str | None = None
    ) -> Iterator[Any]:
        """One row in which every text is typed as text."""
        for cell in super().generate_xlsx_row(worksheet, row_dict, date_format):
            if isinstance(cell.value, str):
                cell.data_type = "s"
            yield cell


class ChoosingIndexView(StaffIndexView):
    """A list with boxes, to act on several rows at once (`StaffBulkAction`)."""

    @cached_property
    def columns(self) -> list[Any]:
        """The columns, with boxes to choose several."""
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type=self._kind), *super().columns]

    def _get_title_column(self, field_name: str, column_class: type = TitleColumn, **kwargs: Any) -> Any:
        """The title column, named so that the boxes can refer to it."""
        title_id = {"get_title_id": lambda row: f"{self._kind}_{quote(row.pk)}_title"}
        return super()._get_title_column(field_name, column_class, **title_id, **kwargs)

    @property
    def _kind(self) -> str:
        return str(self.model._meta.model_name)  # noqa: SLF001 - Django's documented name

    def get_edit_url(self, instance: Model) -> str | None:
        """Not from the list: looking comes first."""
        return None
