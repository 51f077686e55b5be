"""Leaving the staff: one switch, also where Wagtail's own screens of people have theirs."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from ...journeys import team
from ..row_acts import RefusedError, RowAct, RowActView


def _leave(user: Any, closed_by: Any, reason: str) -> None:
    if user == closed_by:
        raise RefusedError(_("You cannot end your own account. Ask another superuser."))
    team.leave(user=user, closed_by=closed_by)


LEAVE = RowAct(
    name="leave",
    label=_("Leaves the staff"),
    question=_("Nobody can sign in with this account any more; open sessions and devices end at once."),
    done=_("%(object)s has left: account, sessions and devices are ended."),
    do=_leave,
    possible=lambda user: user.is_active,
    icon="logout",
    warning=True,
)


class LeaveView(RowActView):
    """The one switch by which a person leaves; for superusers."""

    row_act = LEAVE
    permission_required = LEAVE.permission
    model = get_user_model()
    index_url_name = "wagtailusers_users:index"

    def user_has_permission(self, permission: str) -> bool:
        """Superusers alone."""
        return bool(self.request.user.is_superuser)


@hooks.register("register_admin_urls")
def leave_address() -> list[URLPattern]:
    """The switch by which a person leaves."""
    return [path("staff/<int:pk>/leave/", LeaveView.as_view(), name="staff_leave")]


@hooks.register("register_user_listing_buttons")
def leave_button(user: Any, request_user: Any) -> list[Button]:
    """Beside each person in use, for superusers."""
    if not request_user.is_superuser or not user.is_active or user == request_user:
        return []
    return [
        Button(
            _("Leaves the staff"),
            url=reverse("staff_leave", args=(user.pk,)),
            icon_name="logout",
            priority=40,
        )
    ]


@hooks.register("after_edit_user")
def leaving_by_the_form(request: HttpRequest, user: Any) -> None:
    """Wagtail's own “active” box is the same switch."""
    if not user.is_active and user.has_usable_password():
        team.leave(user=user, closed_by=cast(AbstractBaseUser, request.user))


@hooks.register("after_bulk_action")
def leaving_together(request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any) -> None:
    """So is its box for several people."""
    if action.model is get_user_model() and action_type == "set_active_state":
        for user in get_user_model()._default_manager.filter(pk__in=[user.pk for user in objects]):  # noqa: SLF001
            leaving_by_the_form(request, user)


@hooks.register("before_delete_user")
def never_delete(request: HttpRequest, user: Any) -> HttpResponse:
    """The record of who did what needs the person: they leave instead."""
    messages.error(
        request, _("A person is not deleted, since the records name them. Use “Leaves the staff”.")
    )
    return redirect("wagtailusers_users:index")


@hooks.register("before_bulk_action")
def never_delete_together(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """The same for several people."""
    if action.model is get_user_model() and action_type == "delete":
        return never_delete(request, None)
    return None
