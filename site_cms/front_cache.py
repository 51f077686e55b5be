"""Empties the cache in front of the site, if any, of the pages that look different now (ADR 52)."""

import datetime as dt
import logging
from collections.abc import Iterable
from functools import reduce
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from operator import or_
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task
from wagtail.contrib.frontend_cache.backends import HTTPBackend
from wagtail.contrib.frontend_cache.tasks import purge_urls_from_cache_task
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from events.catalogue.models import Event

from .page_cache import SECONDS
from .pages.models import EventPage

logger = logging.getLogger("wagtail.frontendcache")
SECONDS_TO_ANSWER = 5
AFTER = dt.timedelta(seconds=SECONDS + 2)
"""Emptied sooner, the cache would be filled again with what a web process still keeps (`page_cache`)."""


def event_changed(event_id: int) -> None:
    """Have the worker empty the cache of the pages that show this event (`settings.EVENT_WATCHER`)."""
    if settings.WAGTAILFRONTENDCACHE:
        _later(empty_of_event).enqueue(event_id)


@task()
def empty_of_event(event_id: int) -> None:
    """Empty the cache of `addresses_of` the event, in all languages."""
    purge_urls_from_cache_task.call(addresses_of(event_id))


def addresses_of(event_id: int) -> list[str]:
    """Of the pages that show this event: its own with those below and above, and those of events around it.

    Wagtail adds the same addresses in the other languages.
    """
    shown = EventPage.objects.filter(
        Q(event=event_id) | Q(event__parent=event_id) | Q(event__side_events=event_id)
    ).distinct()
    around = [Page.objects.descendant_of_q(page, inclusive=True) for page in shown]
    above = [Page.objects.ancestor_of_q(page) for page in shown]
    pages = Page.objects.filter(reduce(or_, [*around, *above])) if around else ()
    code = Event.objects.values_list("code", flat=True).get(pk=event_id)
    return [*_addresses(pages), settings.SITE_URL + reverse("programme", args=[code])]


def watch_publishing() -> None:
    """Follow what is published and unpublished, by whomever, also by the clock."""
    for signal in (page_published, page_unpublished):
        signal.connect(_page_changed, dispatch_uid="front_cache")


def _page_changed(instance: Page, **_about: Any) -> None:
    """Empty the cache of the page and of those above, which list it. Their addresses may soon be unknown."""
    if settings.WAGTAILFRONTENDCACHE:
        addresses = _addresses(instance.get_ancestors(inclusive=True))

        def empty() -> None:
            _later(purge_urls_from_cache_task).enqueue(addresses)

        transaction.on_commit(empty, robust=True)


def _later(work: Task) -> Task:
    """The same after `AFTER`; at once where tasks are done in the process that asks for them."""
    return work.using(run_after=timezone.now() + AFTER) if work.get_backend().supports_defer else work


def _addresses(pages: Iterable[Page]) -> list[str]:
    """Where the public reads the pages; the site's host in Wagtail's own table may be another."""
    parts = (page.get_url_parts() for page in pages)
    return sorted({f"{settings.SITE_URL}{path}" for _site, _root, path in filter(None, parts) if path})


class HttpCache(HTTPBackend):
    """A cache that forgets a page by `PURGE`, such as Varnish.

    Wagtail's own would wait without end for one that takes the request and never answers.
    """

    def purge_batch(self, urls: Iterable[str]) -> None:
        """Empty it of the addresses, or log that it is away; then the rest is given up."""
        kind = HTTPSConnection if self.cache_scheme == "https" else HTTPConnection
        connection = kind(self.cache_netloc, timeout=SECONDS_TO_ANSWER)
        try:
            for url in urls:
                self._purge(connection, url)
        except (OSError, HTTPException) as error:
            logger.error("The front-end cache is away: %s", type(error).__name__)  # noqa: TRY400
        finally:
            connection.close()

    def purge(self, url: str) -> None:
        """The same for one address."""
        self.purge_batch([url])

    def _purge(self, connection: HTTPConnection, url: str) -> None:
        parts = urlsplit(url)
        connection.request("PURGE", parts.path, headers={"Host": parts.netloc})
        answer = connection.getresponse()
        answer.read()
        if answer.status >= 400 and answer.status != 404:
            logger.error("The front-end cache refuses PURGE of %s: %d", parts.path, answer.status)
