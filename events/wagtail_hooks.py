"""Table of contents of the staff screens."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.model import ModelViewSetGroup

from .access.admin import leaving  # noqa: F401 - registers its hooks on import
from .access.admin.screens import AccessRecordViewSet, InvitationViewSet, MembershipViewSet
from .catalogue.admin.categories import CategoryViewSet
from .catalogue.admin.events import EventViewSet
from .catalogue.admin.shared import CountryViewSet, FamilyViewSet, PartyStatusViewSet, RppoViewSet
from .checkin.admin import AdmissionViewSet, CheckpointViewSet, DeviceViewSet, GateViewSet, ScanViewSet
from .delegations.admin.bulk import InviteBulkAction
from .delegations.admin.points import ContactPointViewSet
from .delegations.admin.screens import DelegationViewSet
from .mailing.admin.reminders import ReminderViewSet
from .mailing.admin.screens import MailingViewSet
from .outbox.admin import JobViewSet, MessageViewSet
from .programme.admin import RoomViewSet, SessionViewSet, SpeakerViewSet
from .proposals.admin import bulk as proposals
from .proposals.admin.screens import ProposalViewSet
from .questions.admin.screens import ChoiceViewSet, QuestionSetViewSet, QuestionViewSet
from .registration.admin.bulk import ApproveBulkAction, RefuseBulkAction
from .registration.admin.home import WaitingPanel
from .registration.admin.inviting import PersonalInvitationViewSet
from .registration.admin.screens import RegistrationViewSet
from .reports import views as reports
from .reports.admin import PublishedFigureViewSet, RecordedFigureViewSet
from .tickets.admin import TicketViewSet


class ProgrammeGroup(ModelViewSetGroup):
    """What happens when and where."""

    menu_label = _("Programme")
    menu_icon = "calendar"
    items = (SessionViewSet, RoomViewSet, SpeakerViewSet)


class QuestionsGroup(ModelViewSetGroup):
    """What is asked of participants."""

    menu_label = _("Questions")
    menu_icon = "form"
    items = (QuestionSetViewSet, QuestionViewSet, ChoiceViewSet)


class LettersGroup(ModelViewSetGroup):
    """What is written to many, and by itself."""

    menu_label = _("Mailings")
    menu_icon = "mail"
    items = (MailingViewSet, ReminderViewSet)


class DoorGroup(ModelViewSetGroup):
    """Who comes in."""

    menu_label = _("At the door")
    menu_icon = "login"
    items = (CheckpointViewSet, GateViewSet, DeviceViewSet, ScanViewSet, AdmissionViewSet)


class FiguresGroup(ModelViewSetGroup):
    """What is reported."""

    menu_label = _("Figures")
    menu_icon = "clipboard-list"
    items = (RecordedFigureViewSet, PublishedFigureViewSet)


class CatalogueGroup(ModelViewSetGroup):
    """What all events share."""

    menu_label = _("Catalogue")
    menu_icon = "globe"
    items = (FamilyViewSet, CountryViewSet, PartyStatusViewSet, RppoViewSet)


class StaffGroup(ModelViewSetGroup):
    """Who works here, and what they looked at."""

    menu_label = _("Staff and system")
    menu_icon = "group"
    items = (MembershipViewSet, InvitationViewSet, AccessRecordViewSet, JobViewSet)


class EventsGroup(ModelViewSetGroup):
    """The menu “Events”."""

    menu_label = _("Events")
    menu_icon = "calendar-alt"
    menu_order = 100
    items = (
        EventViewSet,
        RegistrationViewSet,
        PersonalInvitationViewSet,
        DelegationViewSet,
        ContactPointViewSet,
        CategoryViewSet,
        QuestionsGroup,
        TicketViewSet,
        LettersGroup,
        MessageViewSet,
        ProposalViewSet,
        ProgrammeGroup,
        DoorGroup,
        FiguresGroup,
        CatalogueGroup,
        StaffGroup,
    )


@hooks.register("register_admin_viewset")
def staff_screens() -> EventsGroup:
    """Every screen of the domain."""
    return EventsGroup()


@hooks.register("register_admin_urls")
def report_addresses() -> list[URLPattern]:
    """The figures below /admin/."""
    return [path("reports/figures/", reports.figures, name="monitoring_figures")]


@hooks.register("register_admin_menu_item")
def figures_menu_item() -> MenuItem:
    """The figures, beside the menu “Events”: every member of a team may see them."""
    return MenuItem(_("Monitoring figures"), reverse_lazy("monitoring_figures"), icon_name="table", order=110)


hooks.register("register_bulk_action", ApproveBulkAction)
hooks.register("register_bulk_action", RefuseBulkAction)
hooks.register("register_bulk_action", InviteBulkAction)
hooks.register("register_bulk_action", proposals.AcceptBulkAction)
hooks.register("register_bulk_action", proposals.RefuseBulkAction)
hooks.register("register_bulk_action", proposals.DiscardBulkAction)


@hooks.register("insert_global_admin_css")
def house_style() -> str:
    """The site's colours on the staff screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/staff.css"))


@hooks.register("construct_main_menu")
def only_what_is_theirs(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's reports and help are about the whole site: for those who may edit pages."""
    if not user_has_any_page_permission(request.user):
        items[:] = [item for item in items if item.name not in {"reports", "help"}]


@hooks.register("construct_homepage_panels")
def first_panel(request: HttpRequest, panels: list[Any]) -> None:
    """What waits in one's own events."""
    panels.insert(0, WaitingPanel())


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """The acts on a row, as the history names them."""
    for name, message in {
        "approve": _("Approved"),
        "refuse": _("Refused"),
        "invite": _("Invitation sent"),
        "revoke": _("Link ended"),
        "places": _("Places set"),
        "credentials_received": _("Credentials received"),
        "original_seen": _("Original seen"),
        "credentials_missing": _("Credentials not received"),
        "accept": _("Accepted"),
        "discard": _("Discarded as unwanted"),
        "take_out": _("Taken out of the calendar"),
        "cancel": _("Cancelled"),
        "postpone": _("Postponed"),
        "rename": _("Renamed"),
        "move": _("Mode or place changed"),
        "duplicate": _("Made from an earlier edition"),
        "offer": _("Place offered"),
        "advance": _("Moved to the front of the waiting list"),
        "send_again": _("Sent again"),
        "note": _("Note added"),
        "fund": _("Funding decided"),
        "funded": _("Funding decided"),
        "requeue": _("Queued again"),
        "send": _("Sent"),
        "stop": _("Stopped"),
        "go_on": _("Gone on with"),
        "end": _("Ended"),
        "withdraw": _("Withdrawn"),
        "joined": _("Joined the staff"),
        "leave": _("Left the staff"),
        "left": _("Account ended"),
    }.items():
        actions.register_action(f"events.{name}", message, message)
