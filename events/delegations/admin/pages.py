"""Pages beside the list: many at once, the places, the letter."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from ...access.services import record_access
from ...files.contents import CONTENT_TYPES
from ...files.downloads import as_download
from ...files.storage import extension
from ...registration.quotas import TooFewError, open_counters, set_places
from .. import services
from ..models import Delegation
from .forms import ManyForm, PlacesForm


class DelegationPage(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page with one form."""

    model: Any = None
    index_url_name = ""
    inspect_url_name = ""
    template_name = "events/delegations/staff/form.html"
    heading: Any = ""

    def get_page_title(self) -> str:
        """What is done here."""
        return str(self.heading)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """List, then this."""
        plural = capfirst(str(self.model._meta.verbose_name_plural))  # noqa: SLF001 - Django's documented name
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": plural},
            {"url": "", "label": self.get_page_title()},
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form as it begins."""
        return self.show(self.form())

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """The form."""
        return self.render_to_response(self.get_context_data(form=form, back=self.back), status=status)

    @property
    def back(self) -> str:
        """Where one goes from here."""
        return reverse(self.index_url_name)

    def form(self, data: Any = None) -> Any:
        """The form, empty or with what was posted."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act, or show what is wrong."""
        form = self.form(request.POST)
        if not form.is_valid() or not self.act(form):
            return self.show(form, status=422)
        return HttpResponseRedirect(self.back)

    def act(self, form: Any) -> bool:
        """Do it; whether it was done."""
        raise NotImplementedError


class ManyView(DelegationPage):
    """Delegations for many parties at once."""

    permission_required = "add"

    @property
    def heading(self) -> str:
        """What is done here."""
        return _("Add many delegations")

    def form(self, data: Any = None) -> ManyForm:
        """For whom."""
        return ManyForm(data, user=self.request.user)

    @transaction.atomic
    def act(self, form: ManyForm) -> bool:
        """Add those that are missing, and invite them where that is wished."""
        event = form.cleaned_data["event"]
        points = form.contact_points()
        added = services.make_delegations(event=event, contact_points=points)
        open_counters(event=event, delegations=added)
        for delegation in added:
            log(instance=delegation, action="wagtail.create", user=self.request.user)
            if form.cleaned_data["invites"]:
                services.invite(delegation=delegation)
                log(instance=delegation, action="events.invite", user=self.request.user)
        said = ngettext("%(count)d delegation was added.", "%(count)d delegations were added.", len(added))
        before = len(points) - len(added)
        there = ngettext("%(count)d was there already.", "%(count)d were there already.", before)
        words = f"{said % {'count': len(added)}} {there % {'count': before}}"
        messages.success(self.request, words)
        return True


class OneDelegationPage(BaseObjectMixin, DelegationPage):
    """A page of one delegation."""

    permission_required = "change"
    object: Delegation

    def get_page_subtitle(self) -> str:
        """Whose."""
        return str(self.object)

    @property
    def back(self) -> str:
        """The delegation's own page."""
        return reverse(self.inspect_url_name, args=(self.object.pk,))


class PlacesView(OneDelegationPage):
    """The places of this delegation, or of all in its event."""

    @property
    def heading(self) -> str:
        """What is done here."""
        return _("Set the places")

    @cached_property
    def categories(self) -> list[Any]:
        """Those of the event."""
        return list(self.object.event.categories.order_by("position", "pk"))

    def form(self, data: Any = None) -> PlacesForm:
        """The places as they are."""
        kept = dict(self.object.counters.exclude(category=None).values_list("category", "capacity"))
        return PlacesForm(data, categories=self.categories, kept=kept)

    def act(self, form: PlacesForm) -> bool:
        """Set them, or say where more are taken."""
        event = self.object.event
        chosen = event.delegations.select_related("event", "country", "rppo")
        if not form.cleaned_data["everybody"]:
            chosen = chosen.filter(pk=self.object.pk)
        try:
            set_places(event=event, delegations=list(chosen), places=form.places())
        except TooFewError as error:
            words = _("%(party)s has taken %(taken)d places here already. Enter at least as many.")
            told = words % {"party": error.delegation.party, "taken": error.taken}
            form.add_error(f"places_{error.category.pk}", told)
            return False
        log(instance=self.object, action="events.places", user=self.request.user)
        messages.success(self.request, _("The places are set."))
        return True


class LetterView(OneDelegationPage):
    """The signed letter as a file to keep, never shown in the page; who fetched it is recorded."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """The file."""
        if not self.object.letter:
            raise Http404
        kind = extension(str(self.object.letter.name))
        record_access(
            user=request.user,
            event_id=self.object.event_id,
            what="letter of a delegation",
            subject=str(self.object)[:60],
        )
        name = f"{self.object.event.code}-{self.object.party}.{kind}"
        response = as_download(self.object.letter, name=name, content_type=CONTENT_TYPES[kind])
        response["Cache-Control"] = "no-store, private"
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to send here."""
        raise Http404
