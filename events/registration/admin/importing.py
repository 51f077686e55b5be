"""Registering a list of people: sent as a file, shown as it was understood, then registered or not at all."""

import csv
import io
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from ...access.policy import policy_of
from ...access.roles import Act
from ...catalogue.models import Event
from ...delegations.lists import MOST_BYTES, ListError, rows_of_file, rows_of_text
from ...files.contents import CONTENT_TYPES
from ...files.workbook import Sheet, workbook
from ...journeys.import_list import ThereAlreadyError, import_people
from ..models import Registration
from ..people_list import COLUMNS, Judged, judged
from ..places import NoPlaceLeftError
from .sight import events_where

TEMPLATE = "events/registration/staff/import.html"


class ListForm(forms.Form):
    """Which event, and the list: a file at first, its cells once it was read."""

    event = forms.ModelChoiceField(label=gettext_lazy("Event"), queryset=Event.objects.none())
    file = forms.FileField(
        label=gettext_lazy("List of people (XLSX or CSV)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    cells = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = events_where(user, Act.CHANGE_REGISTRATIONS)
        events = Event.objects.exclude(state=Event.State.CANCELLED).order_by("-start_date", "code")
        field: Any = self.fields["event"]
        field.queryset = events if reach is None else events.filter(pk__in=reach)
        self.rows: list[list[str]] = []

    def clean(self) -> dict[str, Any]:
        """The rows of the file, or of the cells that the page brought back."""
        given = super().clean() or self.cleaned_data
        file, cells = given.get("file"), given.get("cells", "")
        try:
            if file:
                self.rows = rows_of_file(file.read(MOST_BYTES + 1))
            elif cells:
                self.rows = rows_of_text(cells)
            else:
                self.add_error("file", _("Choose a file."))
        except ListError as error:
            self.add_error("file", str(error))
        return given


@never_cache
def take_in(request: HttpRequest) -> HttpResponse:
    """Ask for the list; show what it says and what is wrong with it; register everybody on confirmation."""
    if not policy_of(Registration).user_has_permission(request.user, "change"):
        raise Http404
    if request.method != "POST":
        return _page(request, ListForm(user=request.user))
    form = ListForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return _page(request, form, status=422)
    event = form.cleaned_data["event"]
    try:
        found = judged(form.rows, event)
        if found.people and not found.faults and "confirmed" in request.POST:
            return _registered(request, event, found)
    except ListError as error:
        form.add_error("file", str(error))
    except NoPlaceLeftError:
        form.add_error(None, _("Nobody was registered: there are not enough places for the whole list."))
    except ThereAlreadyError:
        form.add_error(None, _("Nobody was registered: somebody of the list has registered meanwhile."))
    else:
        status = 422 if found.faults else 200
        return _page(request, form, event=event, found=found, cells=_as_text(form.rows), status=status)
    return _page(request, form, status=422)


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """An empty list with the headings."""
    if not policy_of(Registration).user_has_permission(request.user, "change"):
        raise Http404
    heading = [str(label) for label in COLUMNS.values()]
    sheet = Sheet(
        _("Registrations"), [heading], [max(16, len(each)) for each in heading], bold=frozenset({0})
    )
    answer = HttpResponse(workbook([sheet]), content_type=CONTENT_TYPES["xlsx"])
    answer["Content-Disposition"] = 'attachment; filename="registrations-template.xlsx"'
    return answer


def _registered(request: HttpRequest, event: Event, found: Judged) -> HttpResponse:
    user: Any = request.user
    made = import_people(event=event, people=found.people, user=user)
    words = ngettext(
        "%(count)d person was registered and gets a mail.",
        "%(count)d people were registered and get a mail each.",
        len(made),
    )
    messages.success(request, words % {"count": len(made)})
    return HttpResponseRedirect(f"{reverse('registration:index')}?event={event.pk}")


def _as_text(rows: list[list[str]]) -> str:
    """The rows for the page to bring back, so that the last request judges them again."""
    file = io.StringIO()
    csv.writer(file, delimiter="\t").writerows(rows)
    return file.getvalue()


def _page(request: HttpRequest, form: ListForm, *, status: int = 200, **found: Any) -> HttpResponse:
    context = {"page_title": _("Register a list of people"), "header_icon": "group", "form": form, **found}
    return render(request, TEMPLATE, context, status=status)
