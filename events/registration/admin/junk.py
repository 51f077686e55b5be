"""Cleaning up: all that a filter finds is cancelled as junk, once an officer has typed how many they are."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django_tasks import task
from wagtail.admin import messages

from ...access.policy import policy_of
from ...journeys.clear_junk import clear_junk
from ..models import Registration
from ..states import LASTS
from .listing import Rows, listed

AT_ONCE = 10_000
"""More are cancelled by the worker."""
_EXAMPLES = 10
_NO_FILTERS = frozenset({"p", "ordering", "export", "_w_filter_fragment"})


class CountForm(forms.Form):
    """How many there are, typed by hand, and up to which one the page has counted."""

    number = forms.IntegerField(
        label=gettext_lazy("How many are there? Type the number."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Type the number in digits.")},
    )
    until = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rows: Rows, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows

    def found(self) -> Rows:
        """Those that the page has counted: who came later was not seen by anybody."""
        return self.rows.filter(pk__lte=self.cleaned_data["until"])

    def clean(self) -> dict[str, Any]:
        """The number must be right."""
        given = super().clean() or self.cleaned_data
        if {"number", "until"} <= given.keys() and self.found().count() != given["number"]:
            self.add_error(
                "number",
                ValidationError(_("This is not the number of registrations. Nothing was cancelled.")),
            )
        return given


@never_cache
def clear(request: HttpRequest) -> HttpResponse:
    """Say how many they are and ask for the number; cancel them on POST."""
    if not policy_of(Registration).user_has_permission(request.user, "change"):
        raise Http404
    rows = listed(request.user, request.GET, "change").filter(state__in=LASTS)
    form = CountForm(request.POST if request.method == "POST" else None, rows=rows)
    chosen = is_narrowed(request.GET)
    if request.method == "POST" and chosen and form.is_valid():
        _clear(request, form)
        return HttpResponseRedirect(reverse("registration:index"))
    newest = rows.order_by("-pk").values_list("pk", flat=True).first() or 0
    context = {
        "page_title": _("Clean up junk"),
        "header_icon": "bin",
        "chosen": chosen,
        "count": rows.filter(pk__lte=newest).count(),
        "examples": rows.select_related("event")[:_EXAMPLES],
        "query": request.GET.urlencode(),
        "form": form,
        "until": newest,
    }
    status = 422 if form.is_bound else 200
    return render(request, "events/registration/staff/junk.html", context, status=status)


def is_narrowed(asked: QueryDict) -> bool:
    """Whether the list is searched or filtered: nobody means all registrations of all events."""
    return any(value for name, value in asked.items() if name not in _NO_FILTERS)


def _clear(request: HttpRequest, form: CountForm) -> None:
    user: Any = request.user
    if form.cleaned_data["number"] > AT_ONCE:
        clear_in_background.enqueue(request.GET.urlencode(), user.pk, form.cleaned_data["until"])
        messages.success(
            request, _("They are being cancelled in the background. The list shows how many are left.")
        )
        return
    done = clear_junk(keys=list(form.found().values_list("pk", flat=True)), user=user)
    words = ngettext(
        "%(count)d registration was cancelled as junk. Nobody was written to.",
        "%(count)d registrations were cancelled as junk. Nobody was written to.",
        done,
    )
    messages.success(request, words % {"count": done})


@task()
def clear_in_background(query: str, user_pk: int, until: int) -> None:
    """Cancel what the user's filter finds, up to the row that the page had counted."""
    user = get_user_model()._default_manager.get(pk=user_pk)  # noqa: SLF001 - Django's documented name
    rows = listed(user, QueryDict(query), "change").filter(state__in=LASTS, pk__lte=until)
    clear_junk(keys=list(rows.values_list("pk", flat=True)), user=user)
