"""The news of the site as an Atom feed (RFC 4287), one a language."""

import datetime as dt
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..pages.known import public_pages
from ..pages.more import NewsPage

NEWEST = 30


class NewsFeed(Feed):
    """The newest articles in the active language."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The feed, which readers may keep for five minutes."""
        response: HttpResponse = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = "public, max-age=300"
        return response

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpRequest:
        """The request, by which Wagtail knows the address of a page."""
        return request

    def title(self) -> str:
        """The feed's name."""
        return _("News of IPPC Events")

    def link(self) -> str:
        """The home page."""
        return settings.SITE_URL + reverse("wagtail_serve", args=[""])

    def feed_url(self) -> str:
        """Its own public address."""
        return settings.SITE_URL + reverse("news_feed")

    def author_name(self) -> str:
        """Who writes."""
        return _("IPPC Secretariat")

    def items(self, request: HttpRequest) -> list[NewsPage]:
        """The newest first."""
        news = public_pages(NewsPage.objects.filter(locale__language_code=get_language() or "en"))
        pages = list(news.select_related("locale").order_by("-date", "-pk")[:NEWEST])
        for page in pages:
            page.feed_address = urljoin(settings.SITE_URL, page.get_url(request) or "")
        return pages

    def item_title(self, item: NewsPage) -> str:
        """The article's title."""
        return str(item.title)

    def item_description(self, item: NewsPage) -> str:
        """Its summary."""
        return str(item.summary)

    def item_link(self, item: Any) -> str:
        """Its full public address."""
        return str(item.feed_address)

    def item_guid(self, item: NewsPage) -> str:
        """What stays when the article's address changes."""
        return f"urn:uuid:{item.translation_key}"

    def item_pubdate(self, item: NewsPage) -> dt.datetime:
        """The day it is dated, in UTC."""
        return dt.datetime.combine(item.date, dt.time(), tzinfo=dt.UTC)

    def item_updateddate(self, item: NewsPage) -> dt.datetime:
        """When it was last published."""
        return item.last_published_at or self.item_pubdate(item)
