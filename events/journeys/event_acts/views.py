"""The staff pages of an act: choose, look at what will happen, do it once. Nothing is done by GET."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from ...access.row_acts import RefusedError
from ...catalogue.models import Event, EventChange
from ...once.form_keys import key_in, new_key
from ...once.services import KeyReusedError, body_hash, run_once
from .acts import EventAct
from .forms import ActForm
from .plan import version

_OWN = frozenset({"csrfmiddlewaretoken", "step", "key", "seen"})


class EventActView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """The form by GET; by POST what will happen (`check`), the form again (`change`) or the act (`do`)."""

    act: EventAct
    object: Event
    permission_required = "change"
    template_name = "events/journeys/staff/choose.html"
    index_url_name = ""
    inspect_url_name = ""

    def get_page_title(self) -> str:
        """The act's name."""
        return str(self.act.label)

    def get_page_subtitle(self) -> str:
        """The event's title."""
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """List, event, act."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Events")},
            {"url": self.address_of(self.object), "label": str(self.object)},
            {"url": "", "label": self.get_page_title()},
        ]

    def address_of(self, event: Event) -> str:
        """The event's staff page."""
        return reverse(self.inspect_url_name, args=(event.pk,))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The act, the form and whether it can be done."""
        return super().get_context_data(
            object=self.object,
            act=self.act,
            event_url=self.address_of(self.object),
            possible=self.act.possible(self.object),
            **{"form": self.act.form(event=self.object), **kwargs},
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One of the three steps."""
        form = self.act.form(request.POST, event=self.object)
        if not form.is_valid():
            return self._choose(form, 422)
        match request.POST.get("step"):
            case "change":
                return self._choose(form)
            case "do":
                return self._do(form)
        return self._check(form)

    def _choose(self, form: ActForm, status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def _refuse(self, form: ActForm, words: str) -> HttpResponse:
        form.add_error(None, words)
        return self._choose(form, 422)

    def _check(self, form: ActForm) -> HttpResponse:
        plan = form.plan()
        if why := self.act.refusal(self.object, plan):
            return self._refuse(form, why)
        mails = self.act.mails(self.object, plan)
        self.template_name = "events/journeys/staff/check.html"
        return self.render_to_response(
            self.get_context_data(
                form=form,
                effects=self.act.effects(self.object, plan),
                mails=mails,
                people=sum(each.people for each in mails),
                hidden=_posted(self.request),
                key=new_key(),
                seen=version(self.object),
            )
        )

    def _do(self, form: ActForm) -> HttpResponse:
        key, seen = key_in(self.request), self.request.POST.get("seen", "")
        if key is None:
            return self._check(form)
        try:
            outcome = run_once(
                key=key,
                actor=f"user:{self.request.user.pk}",
                address=self.request.path,
                body=body_hash(_posted(self.request) | {"seen": seen}),
                act=lambda: str(self._change(form, seen).pk),
            )
        except RefusedError as refused:
            return self._refuse(form, str(refused))
        except KeyReusedError:
            return self._check(form)
        return self._done(EventChange.objects.select_related("event").get(pk=outcome.result))

    def _change(self, form: ActForm, seen: str) -> EventChange:
        return self.act.do(event=self.object, plan=form.plan(), user=self.request.user, seen=seen)

    def _done(self, change: EventChange) -> HttpResponse:
        messages.success(self.request, str(self.act.done) % {"event": change.event})
        return HttpResponseRedirect(self.address_of(change.event))


def view_of(act: EventAct) -> type[EventActView]:
    """The view of one act."""
    return type(EventActView.__name__, (EventActView,), {"act": act})


def _posted(request: HttpRequest) -> dict[str, list[str]]:
    """What was chosen, as it was posted."""
    return {name: values for name, values in request.POST.lists() if name not in _OWN}
