"""The lists of mailings and reminders, and the page of one."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn

from ...access.listing import ScopedFilterSet, StaffIndexView
from ...access.object_pages import StaffCreateView, StaffDeleteView, StaffEditView, StaffInspectView
from ...access.roles import Act
from ...access.row_acts import RefusedError, RowAct
from ...outbox.selectors import Progress
from .. import services
from ..forms import MailingForm
from ..letters import lacking
from ..models import Mailing
from ..recipients import Choice, in_words
from ..selectors import count_people, progress
from .pages import RecipientsPage, SendPage, begun
from .previews import WithLetters

State = Mailing.State
STEPS = ("edit", "recipients", "preview", "send", "delete", "stop", "go_on")
SECONDS = 10
"""A page that shows mails on their way is read again after so long."""


def _stop(mailing: Mailing, user: AbstractBaseUser, reason: str) -> None:
    try:
        services.stop(mailing=mailing)
    except services.NotPossibleError:
        raise RefusedError(_("There is nothing to stop: every mail has gone.")) from None


def _go_on(mailing: Mailing, user: AbstractBaseUser, reason: str) -> None:
    try:
        services.go_on(mailing=mailing)
    except services.NotPossibleError:
        raise RefusedError(_("Nothing was changed: this mailing is not stopped.")) from None


def _moves(mailing: Mailing, reached: Progress) -> bool:
    return mailing.state == State.SENDING or (mailing.state == State.QUEUED and reached.queued > 0)


STOP = RowAct(
    name="stop",
    label=gettext_lazy("Stop"),
    question=gettext_lazy(
        "Every mail that still waits is taken out. What is sent cannot be called back; one or two that are "
        "being sent at this moment may still go."
    ),
    done=gettext_lazy("“%(object)s” is stopped."),
    do=_stop,
    possible=lambda mailing: _moves(mailing, progress(mailing)),
    permission="change",
    icon="circle-xmark",
    warning=True,
    on_top=False,
)
GO_ON = RowAct(
    name="go_on",
    label=gettext_lazy("Go on"),
    question=gettext_lazy("Everybody gets the mail who has not got it yet. Nobody gets it twice."),
    done=gettext_lazy("“%(object)s” goes on."),
    do=_go_on,
    possible=lambda mailing: mailing.state == State.STOPPED,
    permission="change",
    icon="rotate",
    on_top=False,
)


class MailingFilterSet(ScopedFilterSet):
    """By event and state."""

    class Meta:
        model = Mailing
        fields = ("event", "state")


class MailingIndexView(StaffIndexView):
    """The list: each leads to its own page."""

    def get_edit_url(self, instance: Model) -> str | None:
        """Not from the list: the mailing's page shows what can be done."""
        return None


class MailingCreateView(StaffCreateView):
    """Write a mailing; whom it goes to comes next."""

    def get_success_url(self) -> str:
        """The recipients."""
        return reverse(f"{self.index_url_name.split(':')[0]}:recipients", args=(self.object.pk,))


class MailingEditView(StaffEditView):
    """Change the words of a draft."""

    object: Mailing

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read the row once."""
        super().setup(request, *args, **kwargs)
        self.object = self.get_object()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, unless the sending has begun. A post is judged by the service."""
        if self.object.state != State.DRAFT:
            messages.error(request, begun())
            return HttpResponseRedirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def get_success_url(self) -> str:
        """The mailing's page."""
        return reverse(f"{self.index_url_name.split(':')[0]}:inspect", args=(self.object.pk,))


class MailingDeleteView(StaffDeleteView):
    """Delete a draft; what was sent stays as the record."""

    def delete_action(self) -> None:
        """By the service."""
        services.discard(mailing=self.object)

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete, or say why not."""
        try:
            return super().form_valid(form)
        except services.NotPossibleError:
            messages.error(self.request, begun())
            return HttpResponseRedirect(self.get_success_url())


class MailingInspectView(StaffInspectView):
    """One mailing: its steps while it is a draft, then how far it is, with a way to stop it."""

    object: Mailing

    def get_page_subtitle(self) -> str:
        """Its subject."""
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The choice in words, the number of people, and the progress."""
        mailing = self.object
        is_draft = mailing.state == State.DRAFT
        return super().get_context_data(
            is_draft=is_draft,
            may_change=self.user_has_permission_for_instance("change", mailing),
            choice=in_words(mailing.event, Choice.stored(mailing.recipients)),
            people=count_people(mailing) if is_draft else mailing.people,
            progress=self._progress,
            lacking=lacking(mailing),
            addresses={name: self._address(name) for name in STEPS},
            moves=self._moves,
            seconds=SECONDS,
            **kwargs,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it; the browser reads it again while mails are on their way."""
        response = super().get(request, *args, **kwargs)
        if self._moves:
            response["Refresh"] = str(SECONDS)
        return response

    @cached_property
    def _moves(self) -> bool:
        return _moves(self.object, self._progress)

    @cached_property
    def _progress(self) -> Progress:
        return progress(self.object)

    def _address(self, name: str) -> str:
        return reverse(f"{self.index_url_name.split(':')[0]}:{name}", args=(self.object.pk,))


class MailingViewSet(WithLetters):
    """Mailings. One is changed as long as it is a draft, and never deleted once it was sent."""

    model = Mailing
    icon = "mail"
    menu_label = gettext_lazy("Mailings")
    acts: ClassVar = dict.fromkeys(("view", "add", "change", "delete"), Act.SEND_MAIL)
    related = ("event", "created_by")
    row_acts = (STOP, GO_ON)
    index_view_class = MailingIndexView
    add_view_class = MailingCreateView
    edit_view_class = MailingEditView
    delete_view_class = MailingDeleteView
    inspect_view_class = MailingInspectView
    base_form_class = MailingForm
    inspect_view_enabled = True
    inspect_template_name = "events/mailing/staff/inspect.html"
    filterset_class = MailingFilterSet
    search_backend_name = None
    list_display = (
        "subject",
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor="get_state_display",
            sort_key="state",
            primary=lambda row: row.state == State.QUEUED,
        ),
        Column("event", label=gettext_lazy("Event"), accessor="event.code", sort_key="event__code"),
        Column("people", label=gettext_lazy("People"), sort_key="people"),
        Column("created_by", label=gettext_lazy("Written by")),
        DateColumn("started_at", label=gettext_lazy("Begun"), sort_key="started_at"),
    )
    ordering = ("-created_at", "-pk")
    panels: ClassVar = [FieldPanel("event"), FieldPanel("subject"), FieldPanel("words")]

    def get_urlpatterns(self) -> list[URLPattern]:
        """With its own steps."""
        return [
            *super().get_urlpatterns(),
            path("recipients/<int:pk>/", self.construct_view(RecipientsPage), name="recipients"),
            path("send/<int:pk>/", self.construct_view(SendPage), name="send"),
        ]
