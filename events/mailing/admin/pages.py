"""The pages of one mailing beside its text: whom it goes to, how it looks, and sending it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.log_actions import log

from ...access.row_page import RowPage
from ...registration.steps import number_in
from .. import services
from ..forms import RecipientsForm
from ..letters import lacking
from ..models import Mailing
from ..recipients import Choice, in_words, people


class DraftPage(RowPage):
    """A page on which a mailing is changed: only as long as it is a draft."""

    object: Mailing
    permission_required = "change"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse once the sending has begun."""
        if self.object.state != Mailing.State.DRAFT:
            messages.error(request, begun())
            return self.back()
        return super().dispatch(request, *args, **kwargs)


def begun() -> str:
    """Why a mailing is not changed any more."""
    return _("The sending of this mailing has begun: it can no longer be changed. You can write another one.")


class RecipientsPage(DraftPage):
    """Choose whom to write to: `step` counts only, or keeps the choice."""

    heading = gettext_lazy("Recipients")
    template_name = "events/mailing/staff/recipients.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form, and how many people its choice finds."""
        form = kwargs.pop("form", None) or self._form()
        choice = form.choice() if form.is_bound and form.is_valid() else Choice.stored(self.object.recipients)
        return super().get_context_data(
            form=form, people=people(self.object.event, choice).count(), counted=form.is_bound, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count, or keep."""
        form = RecipientsForm(request.POST, event=self.object.event)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        if request.POST.get("step") != "keep":
            return self.render_to_response(self.get_context_data(form=form))
        try:
            services.choose(mailing=self.object, choice=form.choice())
        except services.NotPossibleError:
            messages.error(request, begun())
        return self.back()

    def _form(self) -> RecipientsForm:
        return RecipientsForm(initial=self.object.recipients, event=self.object.event)


class SendPage(DraftPage):
    """Ask, then begin to send to exactly as many people as were shown."""

    heading = gettext_lazy("Send")
    template_name = "events/mailing/staff/send.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many, whom, and what goes in English."""
        return super().get_context_data(
            seen=services.seen_now(self.object),
            choice=in_words(self.object.event, Choice.stored(self.object.recipients)),
            lacking=lacking(self.object),
            preview_url=self.address("preview"),
            recipients_url=self.address("recipients"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin, or show what has changed."""
        try:
            services.start(mailing=self.object, seen=self._seen())
        except services.ChangedError:
            self.object.refresh_from_db()
            return self.render_to_response(self.get_context_data(changed=True), status=409)
        except services.NotPossibleError:
            messages.error(request, _("Nothing was sent: it was begun already, or it finds nobody."))
            return self.back()
        log(instance=self.object, action="events.send", user=request.user)
        messages.success(request, self._said())
        return self.back()

    def _seen(self) -> services.Seen:
        number = number_in(self.request.POST.get("people", ""))
        return services.Seen(
            people=-1 if number is None else number, content=self.request.POST.get("content", "")
        )

    def _said(self) -> str:
        self.object.refresh_from_db()
        return ngettext(
            "The mail to %(count)d person is on its way.",
            "The mails to %(count)d people are on their way.",
            self.object.people,
        ) % {"count": self.object.people}
