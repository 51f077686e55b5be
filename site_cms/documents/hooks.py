"""The documents' part of the staff screens, narrowed to the documents in reach."""

from typing import Any

from wagtail import hooks
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.views.bulk_actions import (
    AddTagsBulkAction,
    AddToCollectionBulkAction,
    DeleteBulkAction,
)
from wagtail.permissions import policy_registry

from ..models import SiteDocument


class DocumentsInReach(DocumentsAdminAPIViewSet):
    """Wagtail's list for its own staff screens, which would name every document to every member of staff."""

    def get_queryset(self) -> Any:
        """The documents that the user may choose or change."""
        reach = policy_registry.get_by_type(SiteDocument).instances_user_has_any_permission_for(
            self.request.user, ["choose", "change"]
        )
        return super().get_queryset().filter(pk__in=reach.values("pk"))


@hooks.register("construct_admin_api", order=100)
def documents_in_reach(router: Any) -> None:
    """Put our list in the place of Wagtail's."""
    router.register_endpoint("documents", DocumentsInReach)


class _OnlyInReach:
    """Wagtail names the documents of others on the page that asks before an act on many."""

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        """The chosen documents, without those out of reach."""
        objects, _named = super().get_actionable_objects()  # type: ignore[misc] # a mixin
        return objects, {"items_with_no_access": []}


for _act in (AddTagsBulkAction, AddToCollectionBulkAction, DeleteBulkAction):
    # The later action of a name takes the place of the earlier one.
    hooks.register("register_bulk_action", type(_act.__name__, (_OnlyInReach, _act), {}), order=100)
