"""Acts on several rows of a list at once: asked on GET, done on POST to what the asking page listed."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.db.models import Model, QuerySet
from wagtail.admin.views.bulk_action import BulkAction

from ..policy import policy_of
from ..row_acts import RowAct
from ..viewsets import StaffViewSet


class StaffBulkAction(BulkAction):
    """Act on chosen rows, or on all in the list as it is filtered and searched, among those in reach.

    Rows out of reach are not named, and not there to act on. Rows that come after the page that asks
    are not acted on: nobody has seen them.
    """

    viewset: ClassVar[type[StaffViewSet]]
    row_act: ClassVar[RowAct]

    @classmethod
    def get_queryset(cls, model: type[Model], object_ids: Sequence[str]) -> list[Model]:
        """Unused: see `get_actionable_objects`, which knows the user."""
        raise NotImplementedError

    def is_open(self, row: Any) -> bool:
        """Whether the act may be done on this row among others."""
        return self.row_act.possible(row)

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        """The chosen rows that the user may act on, in ascending order."""
        rows = self._chosen().select_related(*self.viewset.related).order_by("pk")
        return [row for row in rows if self.is_open(row)], {"items_with_no_access": []}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page lists, for its form to post: one field, since Django takes 1000 at most."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "listed": ",".join(str(each["item"].pk) for each in context["items"])}

    def _chosen(self) -> QuerySet[Any]:
        reach = policy_of(self.model).instances_user_has_permission_for(self.request.user, "change")
        if self.request.method == "POST":
            return reach.filter(pk__in=_numbers(self.request.POST.get("listed", "").split(",")))
        ids = self.request.GET.getlist("id")
        return self._in_list(reach) if "all" in ids else reach.filter(pk__in=_numbers(ids))

    def _in_list(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those that the list shows: its script hands on the list's own address."""
        shown = self.viewset.index_view_class(
            model=self.model, filterset_class=self.viewset.filterset_class, is_searchable=True
        )
        shown.setup(self.request)
        return shown.search_queryset(shown.filter_queryset(rows))


def _numbers(texts: Iterable[str]) -> list[int]:
    return [int(text) for text in texts if text.isdecimal()]
