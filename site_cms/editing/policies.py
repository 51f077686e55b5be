"""Permission policies of pages, images and documents: the event teams give rights as groups do.

Wagtail asks these policies for a user's grants and decides the rest by itself. A grant of a team is made
when it is asked for; no group is kept in step (docs/adr/0051).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model, Q, QuerySet
from wagtail.models import Collection, Page
from wagtail.permission_policies.collections import (
    CollectionOwnershipPermissionPolicy,
    CollectionPermissionLookupMixin,
)
from wagtail.permission_policies.pages import PagePermissionPolicy

from events.access.roles import ALLOWED, Act
from events.access.selectors import roles_held

User = AbstractBaseUser | AnonymousUser

PAGE_ACTIONS = ("add", "change", "lock", "unlock")
"""What an editor does with the pages of their events. To publish takes a colleague's approval."""


@dataclass(frozen=True, slots=True)
class Codename:
    """Stands for a Permission, of which Wagtail reads the codename only."""

    codename: str


@dataclass(frozen=True, slots=True)
class PageGrant:
    """One right on a page and all below it, as a GroupPagePermission would give it."""

    page: Page
    permission: Codename

    @property
    def page_id(self) -> int:
        """The page's key."""
        return self.page.pk


@dataclass(frozen=True, slots=True)
class CollectionGrant:
    """One right on a collection and all below it, as a GroupCollectionPermission would give it."""

    collection: Collection
    permission: Codename

    @property
    def collection_id(self) -> int:
        """The collection's key."""
        return self.collection.pk


def edited_events(user: User) -> list[int]:
    """The events whose pages the user edits by a role in the team, ascending; superusers need no role."""
    return sorted({event for event, role in roles_held(user) if role in ALLOWED[Act.EDIT_EVENT]})


def in_a_group(user: Any) -> bool:
    """Whether a group may give the user anything: most staff have their roles in teams alone.

    Read once for each user object, that is once a request.
    """
    if not user.is_active or user.pk is None:
        return False
    known: bool | None = getattr(user, "_in_a_group", None)
    if known is None:
        known = user.groups.exists()
        user._in_a_group = known  # noqa: SLF001 - as Django keeps permissions
    return known


class TeamPagePolicy(PagePermissionPolicy):
    """Pages: what groups give, and the pages of one's own events with all below them, in every language."""

    # Not the names of the base class: wagtail-localize asks that one directly and would fill the cache.
    permission_cache_name = "_team_page_permissions"
    _explorable_root_instance_cache_name = "_team_explorable_root"

    def get_all_permissions_for_user(self, user: User) -> list[Any]:
        """The grants of groups and teams."""
        granted = list(super().get_all_permissions_for_user(user)) if in_a_group(user) else []
        events = edited_events(user)
        if not events or getattr(user, "is_superuser", False):
            return granted
        pages = apps.get_model("site_cms", "EventPage").objects.filter(event__in=events)
        return granted + [
            PageGrant(page, Codename(f"{action}_page")) for page in pages for action in PAGE_ACTIONS
        ]

    def explorable_instances(self, user: User) -> QuerySet[Page]:
        """The pages that may be listed; for who has no page, none instead of an error."""
        decided_above = not user.is_active or getattr(user, "is_superuser", False)
        if not decided_above and not self.get_cached_permissions_for_user(user):
            return self.model._default_manager.none()  # noqa: SLF001 - Django's documented name
        return super().explorable_instances(user)

    def users_with_any_permission(
        self,
        actions: Iterable[str],
        include_superusers: bool = True,  # noqa: FBT001, FBT002 - Wagtail's signature
    ) -> QuerySet[Any]:
        """Who may do any of the actions on some page."""
        users = super().users_with_any_permission(actions, include_superusers)
        return users | _editors(users.model) if set(actions) & set(PAGE_ACTIONS) else users

    def users_with_any_permission_for_instance(
        self,
        actions: Iterable[str],
        instance: Page,
        include_superusers: bool = True,  # noqa: FBT001, FBT002 - Wagtail's signature
    ) -> QuerySet[Any]:
        """Who may do any of the actions on this page."""
        users = super().users_with_any_permission_for_instance(actions, instance, include_superusers)
        if not set(actions) & set(PAGE_ACTIONS):
            return users
        above = instance.get_ancestors(inclusive=True).values("pk")
        return users | _editors(users.model, memberships__event__pages__in=above)


def _editors(users: type[Model], **where: Any) -> QuerySet[Any]:
    """The active editors in teams; distinct, as Wagtail's own querysets are."""
    rows = users._default_manager.filter(  # noqa: SLF001 - Django's documented name
        is_active=True, memberships__role__in=ALLOWED[Act.EDIT_EVENT], **where
    )
    return rows.distinct()


class TeamFilesPolicy(CollectionOwnershipPermissionPolicy):
    """Images and documents: editors of any event choose among them and add their own."""

    permission_cache_name = ""  # each subclass has its own: the base class keeps grants of all models in one

    def get_all_permissions_for_user(self, user: User) -> list[Any]:
        """The grants of groups and teams; those of groups are read once for images and documents."""
        granted = list(self._granted_to_groups(user))
        if not edited_events(user) or getattr(user, "is_superuser", False):
            return granted
        root = Collection.get_first_root_node()
        name = self.auth_model._meta.model_name  # noqa: SLF001 - Django's documented name
        return granted + [CollectionGrant(root, Codename(f"{action}_{name}")) for action in ("add", "choose")]

    def _granted_to_groups(self, user: User) -> Iterable[Any]:
        """In Wagtail's own place, where its policy of collections finds them as well."""
        kept = CollectionPermissionLookupMixin.permission_cache_name
        if not hasattr(user, kept):
            granted = super().get_all_permissions_for_user(user) if in_a_group(user) else []
            setattr(user, kept, granted)
        return getattr(user, kept)


class TeamImagePolicy(TeamFilesPolicy):
    """Images belong to no event."""

    permission_cache_name = "_team_image_permissions"


class TeamDocumentPolicy(TeamFilesPolicy):
    """An event's documents are its editors' alone; those of the whole site are to choose from.

    One that belongs to no event and is not for everybody has just been uploaded: only who did so sees it.
    """

    permission_cache_name = "_team_document_permissions"

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Model]:
        """The documents in reach."""
        rows = super().instances_user_has_any_permission_for(user, actions)
        if self._reaches_all(user):
            return rows
        of_nobody = rows.filter(Q(event=None), Q(audience="public") | Q(uploaded_by_user=user.pk))
        documents = self.model._default_manager  # noqa: SLF001 - Django's documented name
        theirs = documents.filter(event__in=edited_events(user))
        # By key: the search knows no other way to filter by what it has not indexed.
        return documents.filter(
            pk__in=[*of_nobody.values_list("pk", flat=True), *theirs.values_list("pk", flat=True)]
        )

    def user_has_any_permission_for_instance(self, user: User, actions: Iterable[str], instance: Any) -> bool:
        """Whether the document is in reach and the action allowed."""
        if self._reaches_all(user):
            return bool(super().user_has_any_permission_for_instance(user, actions, instance))
        if instance.event_id is not None:
            return instance.event_id in edited_events(user)
        is_known = instance.audience == "public" or instance.uploaded_by_user_id == user.pk
        return is_known and bool(super().user_has_any_permission_for_instance(user, actions, instance))

    def _reaches_all(self, user: User) -> bool:
        """Whether the user's rights come from a group or a superuser's flag, not from a team alone."""
        if getattr(user, "is_superuser", False):
            return True
        return any(
            not isinstance(each, CollectionGrant) for each in self.get_cached_permissions_for_user(user)
        )
