"""Teams, invitations and who saw personal data: for superusers."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn

from ...journeys import team
from ..models import AccessRecord, Invitation, Membership
from ..row_acts import RefusedError, RowAct
from ..services import InvitationClosedError, withdraw_invitation
from ..viewsets import SuperuserViewSet


class MembershipViewSet(SuperuserViewSet):
    """Who is in which event's team."""

    model = Membership
    icon = "group"
    related = ("event", "user")
    list_display = (
        "user",
        Column("event", label=_("Event"), accessor="event.code", sort_key="event__code"),
        "role",
        StatusTagColumn(
            "active",
            label=_("Account"),
            accessor=lambda member: _("In use") if member.user.is_active else _("Has left"),
            primary=lambda member: member.user.is_active,
        ),
    )
    list_filter = ("event", "role")
    panels: ClassVar = [FieldPanel("user"), FieldPanel("event"), FieldPanel("role")]


class InvitationForm(WagtailAdminModelForm):
    """Whom to invite, and to what."""

    def clean(self) -> dict[str, Any]:
        """An event needs a role, and a role an event."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("event") and not cleaned.get("role"):
            self.add_error("role", _("Choose the person's role in the event's team."))
        if cleaned.get("role") and not cleaned.get("event"):
            self.add_error("event", _("Choose the event in whose team the person has this role."))
        return cleaned

    def save(self, commit: bool = True) -> Invitation:  # noqa: FBT001, FBT002 - Django's signature
        """Invite: the row and its mail."""
        self.instance = team.invite(
            email=self.cleaned_data["email"],
            event=self.cleaned_data["event"],
            role=self.cleaned_data["role"],
            invited_by=self.for_user,
        )
        return self.instance


def standing(invitation: Invitation) -> Any:
    """Where an invitation stands, in a word."""
    if invitation.accepted_at:
        return _("Accepted")
    return _("Open") if invitation.is_open else _("Ended")


def _withdraw(invitation: Invitation, user: Any, reason: str) -> None:
    try:
        withdraw_invitation(invitation=invitation)
    except InvitationClosedError:
        raise RefusedError(
            _("The invitation was accepted in the meantime. Use “Leaves the staff”.")
        ) from None


class InvitationViewSet(SuperuserViewSet):
    """Invitations. One is not changed: it is withdrawn, and another is sent."""

    model = Invitation
    icon = "mail"
    never = ("change", "delete")
    related = ("event", "invited_by")
    inspect_view_enabled = True
    inspect_view_fields: ClassVar = [
        "email",
        "event",
        "role",
        "invited_by",
        "created_at",
        "expires_at",
        "accepted_at",
    ]
    base_form_class = InvitationForm
    list_display = (
        "email",
        Column("event", label=_("Event"), accessor="event.code"),
        "role",
        StatusTagColumn("standing", label=_("State"), accessor=standing, primary=lambda row: row.is_open),
        Column("invited_by", label=_("Invited by")),
        DateColumn("created_at", label=_("Sent"), sort_key="created_at"),
        DateColumn("expires_at", label=_("Valid until"), sort_key="expires_at"),
    )
    list_filter = ("event", "role")
    panels: ClassVar = [FieldPanel("email"), FieldPanel("event"), FieldPanel("role")]
    row_acts = (
        RowAct(
            name="withdraw",
            label=_("Withdraw the invitation"),
            question=_("The link in the mail opens nothing any more."),
            done=_("The invitation of %(object)s is withdrawn."),
            do=_withdraw,
            possible=lambda invitation: invitation.is_open,
            permission="add",
            icon="cross",
            warning=True,
        ),
    )


class AccessRecordViewSet(SuperuserViewSet):
    """Who saw personal data."""

    model = AccessRecord
    icon = "glasses"
    never = ("add", "change", "delete")
    related = ("event", "user")
    list_display = (
        DateColumn("at", label=_("When"), sort_key="at"),
        Column("user", label=_("Who"), sort_key="user__email"),
        Column("what", label=_("What")),
        Column("subject", label=_("Of whom")),
        Column("people", label=_("People")),
        Column("event", label=_("Event"), accessor="event.code"),
    )
    list_filter = ("event", "user")
