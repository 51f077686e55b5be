"""News: the list by year, and the latest."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from .more import NewsIndexPage, NewsPage
from .selectors import Link, links_to

ARTICLES_A_PAGE = 10
LATEST = 3


def news_context(index: NewsIndexPage, request: HttpRequest) -> dict[str, Any]:
    """One page of the articles below `index`, the newest first, of all years or of the one asked for."""
    articles = NewsPage.objects.child_of(index).live().select_related("locale").order_by("-date", "-pk")
    years = [day.year for day in articles.order_by().dates("date", "year", order="DESC")]
    asked = request.GET.get("year", "")
    year = next((each for each in years if str(each) == asked), None)
    if year:
        articles = articles.filter(date__year=year)
    page_obj = Paginator(articles, ARTICLES_A_PAGE).get_page(request.GET.get("page"))
    return {
        "articles": links_to(page_obj, index.locale.language_code, request),
        "page_obj": page_obj,
        "years": years,
        "year": year,
        "query": f"year={year}" if year else "",
    }


def latest_news(language: str, request: HttpRequest) -> list[Link]:
    """The latest articles in this language. One query."""
    articles = NewsPage.objects.live().select_related("locale").filter(locale__language_code=language)
    return links_to(articles.order_by("-date", "-pk")[:LATEST], language, request)
