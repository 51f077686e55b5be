"""The search page."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from .matching import LONGEST_QUERY, best
from .sources import all_found

A_PAGE = 10


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What was found for `q` in the active language, ten a page; without a query the form alone."""
    query = " ".join(request.GET.get("q", "")[:LONGEST_QUERY].replace("\0", " ").split())
    hits = best(all_found(get_language() or "en", request), query) if query else []
    page = Paginator(hits, A_PAGE).get_page(request.GET.get("page"))
    context = {"search_query": query, "page_obj": page, "query": urlencode({"q": query})}
    return render(request, "site_cms/search/search.html", context)
