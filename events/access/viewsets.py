"""The base of every staff screen. A screen names its event, its acts and what it shows; the rest is here."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ClassVar

from django.contrib.admin.utils import unquote
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import BasePermissionPolicy, ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from .forms import ScopedForm
from .listing import StaffIndexView
from .object_pages import StaffCreateView, StaffDeleteView, StaffEditView, StaffInspectView
from .policy import EventPolicy, SuperuserPolicy
from .roles import Act
from .row_acts import RowAct, view_of

View = Callable[..., HttpResponse]

_PAGES_OF = {"add": {"add"}, "change": {"edit", "history", "history_results", "usage"}, "delete": {"delete"}}


def guarded(view: View, policy: BasePermissionPolicy, actions: list[str]) -> View:
    """`view`, answering 404 when its address names a row for which none of `actions` is allowed.

    Wagtail's own views ask what a user may do with the model, never with the row. The gate stands
    before all of them, also those that a later version brings.
    """

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "pk" in kwargs:
            reach = policy.instances_user_has_any_permission_for(request.user, actions)
            if not reach.filter(pk=unquote(str(kwargs["pk"]))).exists():
                raise Http404
        return view(request, *args, **kwargs)

    return gate


class StaffViewSet(ModelViewSet):
    """A staff screen.

    `never` are the actions that nobody has; `related` is followed in lists; `personal` names the
    screen in the record of who saw personal data (empty: it shows none).
    """

    index_view_class = StaffIndexView
    add_view_class = StaffCreateView
    edit_view_class = StaffEditView
    inspect_view_class = StaffInspectView
    delete_view_class = StaffDeleteView
    base_form_class: type[WagtailAdminModelForm] = ScopedForm
    copy_view_enabled = False
    list_per_page = 50
    never: ClassVar[tuple[str, ...]] = ()
    related: ClassVar[tuple[str, ...]] = ()
    personal: ClassVar[str] = ""
    row_acts: ClassVar[tuple[RowAct, ...]] = ()
    panels: ClassVar[list[Any]] = []

    def policy(self) -> BasePermissionPolicy:
        """Who may do what with the rows."""
        raise NotImplementedError

    def on_register(self) -> None:
        """Register the policy before Wagtail makes one of its own."""
        register_permission_policy(self.model, self.own_policy)
        super().on_register()

    @cached_property
    def own_policy(self) -> BasePermissionPolicy:
        """The policy, made once."""
        return self.policy()

    def construct_view(self, view_class: type[Any], **kwargs: Any) -> View:
        """Put every view behind the gate."""
        required = view_class.permission_required
        actions = [required] if required else list(view_class.any_permission_required or ["change"])
        return guarded(super().construct_view(view_class, **kwargs), self.own_policy, actions)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Hand what is our own to the views."""
        own = {"related": self.related, "personal": self.personal, "row_acts": self.row_acts}
        return super().get_common_view_kwargs(**{**own, **kwargs})

    def get_edit_handler(self) -> Any:
        """The panels, in a form that keeps to the events in reach."""
        return ObjectList(self.panels, base_form_class=self.base_form_class).bind_to_model(self.model)

    def get_urlpatterns(self) -> list[URLPattern]:
        """The addresses, without those of actions that nobody has, with those of the acts on a row."""
        closed = set().union(*(_PAGES_OF[action] for action in self.never))
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name not in closed]
        acts = [
            path(
                f"{act.name}/<{self.pk_path_converter}:pk>/", self.construct_view(view_of(act)), name=act.name
            )
            for act in self.row_acts
        ]
        return kept + acts


class ScopedViewSet(StaffViewSet):
    """A screen of rows that belong to an event: `acts` says which act each action asks for."""

    event_path: ClassVar[str] = "event"
    acts: ClassVar[Mapping[str, Act]] = {}

    def policy(self) -> BasePermissionPolicy:
        """By the team of the row's event."""
        return EventPolicy(self.model, event_path=self.event_path, acts=self.acts, never=self.never)

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """None: a group cannot give what only a team gives."""
        return Permission.objects.none()


class CatalogueViewSet(StaffViewSet):
    """A screen of rows that belong to no event: for superusers and groups with Django's permissions."""

    def policy(self) -> BasePermissionPolicy:
        """By Django's permissions."""
        return ModelPermissionPolicy(self.model)


class SuperuserViewSet(StaffViewSet):
    """A screen for superusers."""

    def policy(self) -> BasePermissionPolicy:
        """Superusers only."""
        return SuperuserPolicy(self.model, never=self.never)

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """None: no group can give it."""
        return Permission.objects.none()
