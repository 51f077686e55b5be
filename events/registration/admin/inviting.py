"""The staff screens of invitations to register: one, many from a list, sending again, revoking."""

import datetime as dt
from typing import Any, ClassVar, cast

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from ...access.policy import policy_of
from ...access.roles import Act
from ...access.row_acts import RefusedError, RowAct
from ...access.viewsets import ScopedViewSet
from ...catalogue.models import Category, Event
from ...catalogue.texts import LANGUAGES
from ..beginnings import PersonalInvitation
from ..invitations import AlreadyInvitedError, InvitationEndedError, invite, revoke, send_again
from ..invitees import Judged, ListError, judge, rows_of


class CategoryOfEvent(forms.ModelChoiceField):
    """Categories told apart by their event's code."""

    def label_from_instance(self, obj: Category) -> str:
        """Event and label."""
        return f"{obj.event.code} – {obj.label}"


class InviteForm(forms.Form):
    """Whom to invite into which category: one person is a list of one row."""

    category = CategoryOfEvent(label=_("Event and category"), queryset=Category.objects.none())
    people = forms.CharField(
        label=_("People"),
        help_text=_("One a row: name, e-mail address and language, in any order, or the address alone."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    file = forms.FileField(label=_("Or a file (XLSX or CSV)"), required=False)
    language = forms.ChoiceField(
        label=_("Language of the mail"),
        choices=LANGUAGES.items(),
        help_text=_("For those whose row names no language."),
    )
    until = forms.DateField(
        label=_("Valid until"),
        help_text=_("The end of this day at the event. Empty: as long as registration is open."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    judged = Judged([], [])

    def __init__(self, *args: Any, user: AbstractBaseUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Category.objects.select_related("event").exclude(event__state=Event.State.CANCELLED)
        if not getattr(user, "is_superuser", False):
            mine = mine.filter(event__in=policy_of(PersonalInvitation).events(user, ["add"]))
        field = cast(forms.ModelChoiceField, self.fields["category"])
        field.queryset = mine.order_by("-event__start_date", "event", "position", "pk")
        self.initial.setdefault("language", get_language())

    def clean(self) -> dict[str, Any]:
        """Judge the whole list: every row that is wrong is named, and nobody is invited then."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        category = given.get("category")
        if category is None or self.errors:
            return given
        upload = given.get("file")
        try:
            rows = rows_of(given["people"], upload.read(2_000_000) if upload else b"")
        except ListError as error:
            raise ValidationError({"people": str(error)}) from None
        self.judged = judge(rows, event_id=category.event_id, language=given["language"])
        if self.judged.faults:
            self.add_error("people", ValidationError(self.judged.faults))
        elif not self.judged.invitees:
            self.add_error("people", _("Name at least one person."))
        return given

    def expires_at(self) -> dt.datetime | None:
        """The end of the chosen day in the event's zone."""
        day = self.cleaned_data["until"]
        if day is None:
            return None
        tz = self.cleaned_data["category"].event.tz
        return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=tz)


class InviteView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The form by GET; by POST everybody of the list is invited, or nobody."""

    permission_required = "add"
    template_name = "events/registration/staff/invite.html"
    page_title = _("Invite to register")
    model: Any = None
    index_url_name = ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """List, then this."""
        above = {"url": reverse(self.index_url_name), "label": _("Invitations to register")}
        return [*self.breadcrumbs_items, above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and the way back."""
        form = {"form": InviteForm(user=self._user)}
        return super().get_context_data(back=reverse(self.index_url_name), **(form | kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Invite, or show what is wrong with which row."""
        form = InviteForm(request.POST, request.FILES, user=self._user)
        if not form.is_valid() or not self._invite(form):
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return HttpResponseRedirect(reverse(self.index_url_name))

    @property
    def _user(self) -> AbstractBaseUser:
        return cast(AbstractBaseUser, self.request.user)

    def _invite(self, form: InviteForm) -> bool:
        try:
            made = invite(
                category=form.cleaned_data["category"],
                invitees=form.judged.invitees,
                invited_by=self._user,
                expires_at=form.expires_at(),
            )
        except AlreadyInvitedError:
            form.add_error("people", _("Somebody was invited a moment ago. Nobody was invited now."))
            return False
        said = ngettext(
            "%(count)d invitation is on its way.", "%(count)d invitations are on their way.", len(made)
        )
        messages.success(self.request, said % {"count": len(made)})
        return True


def standing(invitation: PersonalInvitation) -> Any:
    """Where an invitation stands, in a word."""
    if invitation.registration_id:
        return _("Registered")
    if invitation.revoked_at:
        return _("Revoked")
    return _("Open") if invitation.is_open else _("Ended")


def _ended(act: Any) -> Any:
    def do(invitation: PersonalInvitation, user: Any, reason: str) -> None:
        try:
            act(invitation=invitation)
        except InvitationEndedError:
            raise RefusedError(_("The invitation was used or has ended in the meantime.")) from None

    return do


SEND_AGAIN = RowAct(
    name="send_again",
    label=_("Send again"),
    question=_("The person gets a new link. The one in the mail before opens nothing any more."),
    done=_("The invitation of %(object)s is on its way again."),
    do=_ended(send_again),
    possible=lambda invitation: invitation.is_open,
    permission="add",
    icon="mail",
)
REVOKE = RowAct(
    name="revoke",
    label=_("Revoke the invitation"),
    question=_("The link in the mail opens nothing any more. The person is not told."),
    done=_("The invitation of %(object)s is revoked."),
    do=_ended(revoke),
    possible=lambda invitation: invitation.revoked_at is None and invitation.registration_id is None,
    permission="add",
    icon="cross",
    warning=True,
)


class PersonalInvitationViewSet(ScopedViewSet):
    """Invitations to register. One is not changed: it is revoked, and another is sent."""

    model = PersonalInvitation
    icon = "mail"
    menu_label = _("Invitations to register")
    acts: ClassVar = {"view": Act.CHANGE_REGISTRATIONS, "add": Act.CHANGE_REGISTRATIONS}
    never = ("change", "delete")
    personal = "invitations"
    related = ("event", "category", "registration", "invited_by")
    row_acts = (SEND_AGAIN, REVOKE)
    inspect_view_enabled = True
    inspect_view_fields: ClassVar = [
        "name", "email", "event", "category", "language", "expires_at", "revoked_at", "registration",
        "invited_by", "created_at",
    ]  # fmt: skip
    search_backend_name = None
    search_fields = ("name", "email_folded")
    list_filter = ("event", "category")
    list_display = (
        "email",
        Column("name", label=_("Name"), sort_key="name"),
        Column("event", label=_("Event"), accessor="event.code", sort_key="event__code"),
        Column("category", label=_("Category"), accessor="category.label"),
        StatusTagColumn("standing", label=_("State"), accessor=standing, primary=lambda row: row.is_open),
        Column("registration", label=_("Registration"), accessor="registration.reference"),
        DateColumn("created_at", label=_("Sent"), sort_key="created_at"),
        DateColumn("expires_at", label=_("Valid until"), sort_key="expires_at"),
    )
    ordering = ("-created_at", "-pk")

    def get_urlpatterns(self) -> list[URLPattern]:
        """One is added as a list of one row."""
        kept = [each for each in super().get_urlpatterns() if each.name != "add"]
        return [*kept, path("new/", self.construct_view(InviteView), name="add")]
