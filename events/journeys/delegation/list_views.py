"""Many people at once: a template to fill in, a list to send, its faulty rows to correct; all or none."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ...delegations.link import token_of
from ...delegations.lists import Line
from ...delegations.models import Delegation
from ...delegations.template import template_csv, template_xlsx
from ...files.contents import CONTENT_TYPES
from ...once.form_keys import key_in, new_key
from ..links import file
from .by_link import by_link
from .forms import ListForm
from .nominate import nominate
from .pages import REFUSALS, again, page, see, why_refused, without_key
from .roll import BrokenListError, Entry, as_corrected, as_posted, judge, nominees
from .standing import Standing, standing_of

MOST_SHOWN = 100
"""Faulty rows shown to be corrected at once; the others follow when these are right."""


@by_link("GET", "POST")
def list_page(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Send a list, which is read and shown; nobody is nominated yet."""
    standing = standing_of(delegation)
    if request.method != "POST":
        if standing.closed or standing.is_full:
            return see(delegation)
        return page(request, "list", standing, form=ListForm())
    form = ListForm(request.POST, request.FILES)
    if standing.closed or not form.is_valid():
        return again(request, "list", standing, form, standing.closed)
    return _show(request, standing, judge(standing, form.lines))


@by_link("GET", "POST")
def check_page(request: HttpRequest, delegation: Delegation) -> HttpResponse:
    """Nominate everybody in the list, unless a row is still faulty. By GET there is no list to look at."""
    if request.method != "POST":
        return redirect("delegation_list", token=token_of(delegation))
    standing = standing_of(delegation)
    try:
        lines, left_out = as_corrected(request.POST.dict())
    except BrokenListError:
        return again(request, "list", standing, ListForm({}), without_key())
    key = key_in(request)
    if key is None or standing.closed:
        return _show(request, standing, judge(standing, lines, left_out), standing.closed or without_key())
    people = [entry for entry in judge(standing, lines, left_out, judged=False) if not entry.left_out]
    if not people or any(entry.is_faulty for entry in people):
        return _show(request, standing, judge(standing, lines, left_out))
    try:
        nominate(delegation=delegation, people=nominees(people), key=key)
    except REFUSALS as error:
        return _refused(request, delegation, lines, left_out, error)
    return see(delegation, "list")


def _refused(
    request: HttpRequest,
    delegation: Delegation,
    lines: list[Line],
    left_out: frozenset[int],
    error: Exception,
) -> HttpResponse:
    """The list judged again with what came in between; in words where no row tells why."""
    fresh = standing_of(delegation)
    entries = judge(fresh, lines, left_out)
    told = any(entry.is_faulty for entry in entries)
    return _show(request, fresh, entries, "" if told else why_refused(error))


def _show(request: HttpRequest, standing: Standing, entries: list[Entry], words: str = "") -> HttpResponse:
    faulty = [entry for entry in entries if entry.is_faulty]
    good = [entry for entry in entries if not entry.is_faulty and not entry.left_out]
    status = HTTPStatus.CONFLICT if words else HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return page(
        request,
        "check",
        standing,
        status=status,
        words=words,
        faulty=faulty[:MOST_SHOWN],
        faulty_count=len(faulty),
        good=good,
        left_out=[entry for entry in entries if entry.left_out],
        rows=as_posted(entries),
        key=new_key() if words else "",
    )


@by_link("GET")
def template_file(request: HttpRequest, delegation: Delegation, kind: str) -> HttpResponse:
    """The template, with this event's letters and the roles, in the page's language."""
    categories = [(one.letter, str(one.label)) for one in standing_of(delegation).categories]
    if kind == "xlsx":
        return file(template_xlsx(categories), CONTENT_TYPES["xlsx"], "delegation.xlsx")
    return file(template_csv(), "text/csv; charset=utf-8", "delegation.csv")
