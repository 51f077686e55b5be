"""Who may moderate: whoever edits any event of the family."""

from collections.abc import Iterable, Mapping

from django.db.models import Model, QuerySet

from ..access.policy import EventPolicy, User
from ..access.roles import Act
from ..catalogue.models import Event


class FamilyPolicy(EventPolicy):
    """Rows that belong to a family: each action asks for an act in any event of the row's family."""

    def __init__(self, model: type[Model], *, acts: Mapping[str, Act], never: Iterable[str] = ()) -> None:
        super().__init__(model, event_path="family", acts=acts, never=never)

    def families(self, user: User, actions: Iterable[str]) -> frozenset[int]:
        """The families in which the user's roles allow any of `actions`; read once for each user object."""
        events = tuple(self.events(user, actions))
        known: dict[tuple[int, ...], frozenset[int]] = vars(user).setdefault(
            "_families_of", {(): frozenset()}
        )
        if events not in known:
            rows = Event.objects.filter(pk__in=events).order_by().values_list("family", flat=True)
            known[events] = frozenset(rows)
        return known[events]

    def event_of(self, instance: Model) -> int | None:
        """None: the row belongs to no single event."""
        return None

    def user_has_any_permission_for_instance(
        self, user: User, actions: Iterable[str], instance: Model
    ) -> bool:
        """Whether any of the actions is allowed in an event of the row's family."""
        wanted = set(actions) - self.never
        if user.is_active and getattr(user, "is_superuser", False):
            return bool(wanted)
        return getattr(instance, "family_id", None) in self.families(user, wanted)

    def instances_user_has_any_permission_for(self, user: User, actions: Iterable[str]) -> QuerySet[Model]:
        """The rows of the families in which any of the actions is allowed: a flat filter, no join."""
        wanted = set(actions) - self.never
        rows = self.model._default_manager.all()  # noqa: SLF001 - Django's documented name
        if user.is_active and getattr(user, "is_superuser", False):
            return rows if wanted else rows.none()
        return rows.filter(family__in=self.families(user, wanted))
