"""The roles in an event's team and what each may do."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member of an event's team is there for."""

    EDITOR = "editor", _("Editor")
    REGISTRAR = "registrar", _("Registrar")
    FINANCE = "finance", _("Finance")
    DOOR = "door", _("Door")
    VIEWER = "viewer", _("Viewer")


class Act(StrEnum):
    """What one can do in an event."""

    SEE_EVENT = "see_event"
    EDIT_EVENT = "edit_event"
    EDIT_PROGRAMME = "edit_programme"
    EDIT_QUESTIONS = "edit_questions"
    SEE_REGISTRATIONS = "see_registrations"
    SEE_CONTACTS = "see_contacts"
    CHANGE_REGISTRATIONS = "change_registrations"
    EXPORT_REGISTRATIONS = "export_registrations"
    SEND_MAIL = "send_mail"
    SEE_MONEY = "see_money"
    PRINT_BADGES = "print_badges"
    ADMIT = "admit"
    SEE_FIGURES = "see_figures"


ALLOWED: dict[Act, frozenset[Role]] = {
    Act.SEE_EVENT: frozenset(Role),
    Act.EDIT_EVENT: frozenset({Role.EDITOR}),
    Act.EDIT_PROGRAMME: frozenset({Role.EDITOR}),
    Act.EDIT_QUESTIONS: frozenset({Role.EDITOR, Role.REGISTRAR}),
    Act.SEE_REGISTRATIONS: frozenset({Role.REGISTRAR, Role.FINANCE, Role.VIEWER}),
    Act.SEE_CONTACTS: frozenset({Role.REGISTRAR, Role.FINANCE}),
    Act.CHANGE_REGISTRATIONS: frozenset({Role.REGISTRAR}),
    Act.EXPORT_REGISTRATIONS: frozenset({Role.REGISTRAR}),
    Act.SEND_MAIL: frozenset({Role.REGISTRAR}),
    Act.SEE_MONEY: frozenset({Role.FINANCE}),
    Act.PRINT_BADGES: frozenset({Role.REGISTRAR}),
    Act.ADMIT: frozenset({Role.DOOR, Role.REGISTRAR}),
    Act.SEE_FIGURES: frozenset(Role),
}
