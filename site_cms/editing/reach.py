"""Which pages somebody may know of in the staff screens: those in reach, and what the public sees anyway."""

from collections.abc import Collection, Iterable

from django.db.models import F, Q, QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .policies import TeamPagePolicy, User


def page_policy() -> TeamPagePolicy:
    """The policy of all pages."""
    return policy_registry.get_by_type(Page)


def reaches_everything(user: User) -> bool:
    """Whether the user's rights begin at the root of all pages."""
    if not user.is_active:
        return False
    if getattr(user, "is_superuser", False):
        return True
    return any(grant.page.depth == 1 for grant in page_policy().get_cached_permissions_for_user(user))


def edits_pages(user: User) -> bool:
    """Whether there is any page that the user edits."""
    return page_policy().user_has_any_permission(user, {"add", "change"})


def explorable(user: User) -> QuerySet[Page]:
    """The pages that the explorer shows: one's own, and the way to them."""
    return page_policy().explorable_instances(user)


def all_explorable(user: User, pages: Collection[int]) -> bool:
    """Whether each of these pages may be opened in the explorer; one query."""
    return explorable(user).filter(pk__in=pages).count() == len(set(pages))


def hidden_from(user: User) -> list[int]:
    """The pages that a list to choose from must leave out: foreign ones with a draft or a draft's title.

    A page below one whose title is being changed is left out too, since lists name the parent. Two queries.
    """
    if reaches_everything(user):
        return []
    private = Q(live=False) | ~Q(draft_title=F("title"))
    known = explorable(user).values("pk")
    rows = Page.objects.filter(private).exclude(pk__in=known).values_list("pk", "path")
    secret = dict(rows)
    return sorted({*secret, *_children(secret.values())})


def _children(paths: Iterable[str]) -> list[int]:
    parents = set(paths)
    below = Q(pk__in=[])
    for path in parents:
        below |= Q(path__startswith=path)
    return list(Page.objects.filter(below).values_list("pk", flat=True)) if parents else []
