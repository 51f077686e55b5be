"""Take a set of questions over to another event."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from ...access.policy import User, policy_of
from ...catalogue.models import Event
from ..models import QuestionSet
from ..services import CopyError, set_copy


class CopyForm(forms.Form):
    """Where to."""

    event = forms.ModelChoiceField(label=_("Event"), queryset=Event.objects.none())

    def __init__(self, *args: Any, source: QuestionSet, user: User, **kwargs: Any) -> None:
        """Offers the other events in which the user may add questions."""
        super().__init__(*args, **kwargs)
        self.fields["event"].queryset = _events(user).exclude(pk=source.event_id)  # type: ignore[attr-defined]


class CopyView(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """Choose the event by GET, copy by POST."""

    model = QuestionSet
    object: QuestionSet
    permission_required = "change"
    template_name = "events/questions/staff/copy.html"
    page_title = _("Copy to another event")
    index_url_name = ""
    inspect_url_name = ""

    def get_page_subtitle(self) -> str:
        """The set's title."""
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """List, set, act."""
        plural = capfirst(str(self.model_opts.verbose_name_plural))
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": plural},
            {"url": self._address_of(self.object), "label": str(self.object)},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The form and the way back."""
        form = kwargs.pop("form", None) or CopyForm(source=self.object, user=self.request.user)
        back = self._address_of(self.object)
        return super().get_context_data(form=form, object=self.object, back_url=back, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Copy, or say why not."""
        form = CopyForm(request.POST, source=self.object, user=request.user)
        if form.is_valid():
            try:
                copy = set_copy(question_set=self.object, event=form.cleaned_data["event"])
            except CopyError as refused:
                form.add_error("event", _in_words(refused))
            else:
                messages.success(request, gettext("“%(set)s” is copied.") % {"set": copy})
                return HttpResponseRedirect(self._address_of(copy))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _address_of(self, question_set: QuestionSet) -> str:
        return reverse(self.inspect_url_name, args=(question_set.pk,))


def _events(user: User) -> QuerySet[Event]:
    events = Event.objects.order_by("-start_date", "code")
    if getattr(user, "is_superuser", False):
        return events
    return events.filter(pk__in=policy_of(QuestionSet).events(user, ["add"]))


def _in_words(refused: CopyError) -> str:
    if refused.taken:
        return gettext("Nothing was copied: that event has questions with these keys already: %(keys)s.") % {
            "keys": ", ".join(refused.taken)
        }
    return gettext(
        "Nothing was copied: this set depends on questions that the event does not have: %(keys)s."
    ) % {"keys": ", ".join(refused.missing)}
