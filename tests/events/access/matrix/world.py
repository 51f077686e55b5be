"""Who knocks at which door: the people, the objects of an own and a foreign event, the words that tell."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from events.access import links
from events.access.models import AccessRecord, Invitation, Membership
from events.access.roles import Role
from events.access.viewsets import StaffViewSet
from events.catalogue.models import Country, Event, Family, PartyStatus, Rppo
from events.catalogue.regions import Status
from events.checkin.models import Gate
from events.delegations.link import token_of
from events.delegations.models import ContactPoint, Delegation
from events.outbox.models import Job
from events.questions.kinds import Kind
from events.questions.models import Question
from events.registration import link
from events.registration.beginnings import Draft, PersonalInvitation
from events.registration.dossier import Answer, Upload
from events.registration.models import Registration
from events.reports.models import Export, PublishedFigure
from events.tickets.models import Ticket
from site_cms.models import ProposalsPage, SiteDocument
from site_cms.site_texts import SiteTexts
from tests.events.access.screens import viewsets
from tests.events.access.two_events import Rows, make_user, put_canary, two_events
from tests.factories import make_question, make_rppo
from tests.site_cms.factories import make_event_pages, make_family_pages, make_homes, make_page
from tests.site_cms.files import PDF

from .addresses import Address

BIRD = "zeisig"
"""Stands in every private text of the own event, with the kind of its row behind: `zeisig.note`."""
MAIL = f"{BIRD}@people.example"
PHONE = f"{BIRD}.phone"

PRIVATE = (
    "answer", "delegation", "draft", "funding", "mailing", "message", "note", "personalinvitation",
    "registration", "reminder", "statechange", "upload",
)  # fmt: skip
"""The kinds of rows whose texts nobody reads without a role or a link."""

CODE = "FREMDE-1"
"""The code of the foreign event: it alone is known to whoever asks for an address that holds it."""

PEOPLE = (*Role.values, "superuser", "anonymous", "guest", "staff", "stranger")
"""`staff` enters the staff screens and is in no team, `guest` is signed in and does not; `stranger` has every
role in the foreign event."""


@dataclass(frozen=True, slots=True)
class World:
    """The rows of both events by their type, with those that all share, and a document and a page of each."""

    own: Rows
    foreign: Rows


def make_world() -> World:
    """Two events with everything: the canary in each text of the foreign one, the bird in the own one's."""
    own, foreign = two_events()
    Event.objects.filter(pk=foreign[Event].pk).update(state=Event.State.DRAFT, code=CODE)
    foreign[Event].refresh_from_db()
    for model, row in own.items():
        if model._meta.model_name in PRIVATE:
            put_canary(row, f"{BIRD}.{model._meta.model_name}")
            _put_mail(row)
    _phone(own)
    for rows in (own, foreign):
        rows.update(_shared(rows))
        rows[Export] = _export(rows[Event], own[AccessRecord].user)
    _pages(own, foreign)
    return World(own, foreign)


def _put_mail(row: models.Model) -> None:
    fields = [each.name for each in row._meta.concrete_fields if isinstance(each, models.EmailField)]
    fields += [each for each in ("email_folded",) if hasattr(row, each)]
    if fields:
        type(row)._default_manager.filter(pk=row.pk).update(**dict.fromkeys(fields, MAIL))
        row.refresh_from_db()


def _phone(own: Rows) -> None:
    question = make_question(own[Question].question_set, "phone", Kind.PHONE)
    words = {"value": PHONE, "asked": "Phone?", "words": PHONE, "language": "en"}
    Answer.objects.create(registration=own[Registration], question=question, **words)


def _shared(rows: Rows) -> Rows:
    """What belongs to no single event. The contact point is for all registrars (docs/adr)."""
    family, country = rows[Event].family, rows[Delegation].country
    return {
        Family: family,
        Country: country,
        Rppo: make_rppo(),
        PartyStatus: PartyStatus.objects.get_or_create(
            country=country, since="1952-04-03", defaults={"status": Status.CONTRACTING_PARTY}
        )[0],
        ContactPoint: rows[Delegation].contact_point,
        PublishedFigure: PublishedFigure.objects.create(
            family=family, year=2018, participants=1, countries=1, source="S", definition="D"
        ),
        Job: Job.objects.get_or_create(name="job")[0],
    }


def _export(event: Event, user: Any) -> Export:
    """A file of the event's registrations, ready to be fetched."""
    export = Export(user=user, filters={"events": [event.pk], "query": ""}, file_format="csv", state="ready")
    export.file.save("registrations.csv", ContentFile(f"{BIRD}.export".encode()))
    return export


def _pages(own: Rows, foreign: Rows) -> None:
    """Each event with its page and a document; the foreign ones are not public and hold the canary."""
    homes = make_homes(("en", "fr"))
    for rows, title, audience in ((own, "Ours", "public"), (foreign, "KANARIE", "team")):
        event = rows[Event]
        live = audience == "public"
        pages = make_event_pages(event, make_family_pages(event.family, homes), live=live)
        pages["en"].title = pages["en"].draft_title = title
        pages["en"].save()
        rows[Page] = pages["en"]
        make_page(ProposalsPage, pages["en"].get_parent(), "calendar", live=live)
        document = SiteDocument(event=event, title=title, language="en", audience=audience)
        document.file.save(f"{title.lower()}.pdf", SimpleUploadedFile("x.pdf", PDF), save=False)
        document.save()
        rows[SiteDocument] = document
        source, _made = TranslationSource.get_or_create_from_instance(pages["en"])
        rows[Translation] = Translation.objects.create(source=source, target_locale=homes["fr"].locale)


def client_of(person: str, world: World) -> Client:
    """The browser of one of `PEOPLE`."""
    client = Client(raise_request_exception=False)
    if person == "anonymous":
        return client
    if person == "stranger":
        user = make_user("stranger@example.org", *((world.foreign[Event], role) for role in Role))
    elif person in Role.values:
        user = make_user("member@example.org", (world.own[Event], Role(person)))
    else:
        user = make_user("other@example.org", superuser=person == "superuser")
    if person == "staff":
        group = Group.objects.create(name="Guests")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        user.groups.add(group)
    client.force_login(user)
    # An export is for who asked for it: so that somebody may fetch the one of the own event, it is theirs.
    Export.objects.filter(pk=world.own[Export].pk).update(user=user)
    return client


@cache
def screens() -> dict[str, StaffViewSet]:
    """Every staff screen by its namespace."""
    return {each.url_namespace or each.name: each for each in viewsets()}


def path_of(address: Address, rows: Rows) -> str:
    """The path that names these rows; with a row's own link where the address holds a token."""
    if address.name == "wagtail_serve":
        return "/en/"
    parts = {part: _part(part, address, rows) for part in address.parts}
    if not address.name.startswith("/"):
        return reverse(address.name, kwargs=parts) + QUERIES.get(address.name, "")
    return SAMPLES.get(address.name, address.name).format(**parts)


SAMPLES = {
    "/^admin/password_reset/.": "/admin/password_reset/confirm/",
    "/b/<str:code>": "/b/{code}",
    "/media/images/<str:name>": "/media/images/{name}",
    r"/^delegations/(?P<token>[^/]+)/(?P<rest>[\s\S]+)\Z": "/en/delegations/{token}/else/",
    r"/^r/(?P<token>[^/]+)/[\s\S]+\Z": "/en/r/{token}/else/",
}
"""A path for each address without a name."""


QUERIES = {"registration:export": "?export=csv", "registration:junk": "?state=pending"}
"""What an address asks for behind its path."""


def _part(part: str, address: Address, rows: Rows) -> Any:
    if part == "token":
        return token(address.name, rows)
    if part == "pk" and address.namespace in screens():
        return rows[screens()[address.namespace].model].pk
    if part == "pk":
        return rows[Membership].user_id if address.name == "staff_leave" else rows[SiteDocument].pk
    if part == "public_id" and "export" in address.name:
        return rows[Export].public_id
    if part == "code" and "/<str:code>" in address.route:
        return rows[Ticket].code
    known = {
        "code": rows[Event].code,
        "event_id": rows[Event].pk,
        "gate_id": rows[Gate].pk,
        "kind": "csv",
        "key": "set-password",
        "language": "en",
        "name": rows[SiteDocument].filename,
        "public_id": rows[Upload].public_id,
        "question": rows[Question].pk,
        "reference": rows[Registration].reference,
        "rest": "else",
        "scheme": "light",
        "slug": rows[Family].slug,
        "translation_id": rows[Translation].pk,
        "uidb36": "1",
    }
    return known[part]


def token(name: str, rows: Rows) -> str:
    """The link of the kind that the address takes, for the row of `rows`."""
    if name == "staff_invitation":
        return links.token_for(rows[Invitation].pk)
    if name.startswith(("delegation", "/delegations")):
        return token_of(rows[Delegation])
    if name == "register_saved":
        return link.DRAFT.token_for(rows[Draft].public_id, 0)
    row, kind = rows[Registration], link.REGISTRATION
    if name == "register_invited":
        row, kind = rows[PersonalInvitation], link.INVITATION
    return kind.token_for(row.public_id, row.link_version)


def parts_of_others(address: Address, rows: Rows) -> dict[str, Any]:
    """The parts of an address of Wagtail that name the own event's page and document, else anything."""
    page, document = rows[Page].pk, rows[SiteDocument].pk
    known = {"document_id": document, "doc_id": document, "app_label": "events", "model_name": "registration"}
    if address.namespace == "wagtailsettings":
        known = {"app_name": "site_cms", "model_name": "sitetexts", "pk": SiteTexts.load().pk}
    return {part: known.get(part, page if "page" in part else 1) for part in address.parts}
