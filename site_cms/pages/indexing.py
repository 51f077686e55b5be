"""Wagtail's search and reference indexes when many pages are made at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def no_task_a_page(models: Sequence[type[Model]]) -> Iterator[None]:
    """Inside, a saved page queues no indexing tasks: call `index_pages` afterwards.

    Wagtail queues two tasks for every saved page, which for a whole site would keep the worker
    from the mails of delegates. Signal handlers belong to the process: for commands only.
    """
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in models:
            post_save.connect(post_save_signal_handler, sender=model)


def index_pages(pages: Sequence[Page]) -> None:
    """Bring both indexes up to date for these pages, at once and in this process."""
    by_model: dict[type[Page], list[Page]] = {}
    for page in pages:
        by_model.setdefault(type(page), []).append(page)
    for backend in get_search_backends(with_auto_update=True):
        for model, its_pages in by_model.items():
            backend.add_bulk(model, its_pages)
    with transaction.atomic():
        for page in pages:
            ReferenceIndex.create_or_update_for_object(page)
