"""Reads of documents; the one place where is decided who may open which."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from wagtail.models import Collection

from events.access.roles import Act
from events.access.selectors import may
from events.catalogue.models import Event
from events.catalogue.selectors import public_events
from events.catalogue.texts import LANGUAGES
from events.registration.models import Registration
from events.registration.states import State

from .agenda import agenda_order

_LANGUAGE_ORDER = {code: place for place, code in enumerate(LANGUAGES)}


def _documents() -> QuerySet[Any]:
    return apps.get_model("site_cms", "SiteDocument").objects.all()


def public_documents() -> QuerySet[Any]:
    """What everybody may open: nothing of a draft event, nothing in a private collection of Wagtail."""
    private = Collection.objects.filter(view_restrictions__isnull=False)
    its_path = ExpressionWrapper(OuterRef("collection__path"), CharField())
    above = private.annotate(of=its_path).filter(of__startswith=F("path"))
    public_event = Q(event__isnull=True) | Q(event__in=public_events())
    return _documents().filter(public_event, ~Exists(above), audience="public")


def listing(event_id: int) -> list[Any]:
    """The public documents of the event by agenda number, then language. One query."""
    return in_order(public_documents().filter(event=event_id))


def for_registered(event_id: int) -> QuerySet[Any]:
    """The documents that only who is registered for the event may open."""
    return _documents().filter(event=event_id, audience="registered")


def listing_for(registration: Registration) -> list[Any]:
    """What this participant may open of the event's documents. One query; none before confirmation."""
    if registration.state != State.CONFIRMED:
        return []
    mine = Q(pk__in=public_documents().values("pk")) | Q(audience="registered")
    return in_order(_documents().filter(mine, event=registration.event_id))


def document_for(registration: Registration, pk: int) -> Any | None:
    """The document with this key if this participant may open it."""
    return next((document for document in listing_for(registration) if document.pk == pk), None)


def document_by_address(pk: int, name: str) -> Any | None:
    """The document with this key whose file has this name."""
    document = _documents().filter(pk=pk).first()
    return document if document and document.filename == name else None


def may_open(document: Any, user: Any) -> bool:
    """Whether everybody may open the document, or this member of staff: a team opens its own event's."""
    if public_documents().filter(pk=document.pk).exists() or user.is_superuser:
        return True
    if document.event_id is None:
        return user.is_authenticated and document.uploaded_by_user_id == user.pk
    return may(user, Act.SEE_EVENT, document.event_id)


def in_order(documents: Iterable[Any]) -> list[Any]:
    """By agenda number as meetings count, then by language, then by title."""
    return sorted(
        documents,
        key=lambda each: (
            agenda_order(each.agenda_number),
            _LANGUAGE_ORDER.get(each.language, len(LANGUAGES)),
            each.title.casefold(),
            each.pk,
        ),
    )


def languages_in(documents: Iterable[Any]) -> list[tuple[str, str]]:
    """The languages of these documents with their own names, in the order of the site."""
    found = {document.language for document in documents}
    return [(code, name) for code, name in LANGUAGES.items() if code in found]


def documents_context(event: Event, wanted: str) -> dict[str, Any]:
    """The event's public documents in the language `wanted`, in all when there is none in it. Two queries."""
    documents = listing(event.pk)
    languages = languages_in(documents)
    chosen = wanted if wanted in dict(languages) else ""
    return {
        "documents": [each for each in documents if chosen in ("", each.language)],
        "document_languages": languages,
        "chosen_language": chosen,
        "has_registered": for_registered(event.pk).exists(),
    }
