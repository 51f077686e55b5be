"""Take a set of questions over to another event."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from ...access.policy import User, policy_of
from ...access.row_page import RowPage
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


class CopyView(RowPage):
    """Choose the event by GET, copy by POST."""

    model = QuestionSet
    object: QuestionSet
    permission_required = "change"
    template_name = "events/questions/staff/copy.html"
    heading = _("Copy to another event")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the form."""
        form = kwargs.pop("form", None) or CopyForm(source=self.object, user=self.request.user)
        return super().get_context_data(form=form, **kwargs)

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
                return HttpResponseRedirect(reverse(self.inspect_url_name, args=(copy.pk,)))
        return self.render_to_response(self.get_context_data(form=form), status=422)


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
