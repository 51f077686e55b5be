"""Two events with pages in three languages; the drafts of the second hold a canary."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from events.access.roles import Role
from events.catalogue.models import Event
from site_cms.models import StandardPage
from site_cms.pages.indexing import index_pages
from tests.events.access.two_events import CANARY, make_user
from tests.factories import make_event, make_family
from tests.site_cms.factories import Pages, make_event_pages, make_family_pages, make_homes

LANGUAGES = ("en", "fr", "ar")


@dataclass(frozen=True)
class TwoSites:
    """The pages of an own and a foreign event, by language; a draft below each English page."""

    event: Event
    pages: Pages
    draft: Page
    other_event: Event
    other_pages: Pages
    other_draft: Page
    homes: Pages

    def foreign(self) -> list[Page]:
        return [*self.other_pages.values(), self.other_draft]


def make_two_sites() -> TwoSites:
    family = make_family("ephyto")
    own, foreign = make_event("OWN", family=family), make_event("FOREIGN", family=family)
    homes = make_homes(LANGUAGES)
    parents = make_family_pages(family, homes)
    pages, others = make_event_pages(own, parents), make_event_pages(foreign, parents)
    draft = pages["en"].add_child(instance=StandardPage(title="Visa", slug="visa", live=False))
    other_draft = others["en"].add_child(instance=StandardPage(title=CANARY, slug="visa", live=False))
    draft.save_revision()
    index_pages([draft, other_draft])
    for page in (*others.values(), other_draft):
        page.title = f"{CANARY} {page.pk}"
        page.save_revision()
    return TwoSites(own, pages, draft, foreign, others, other_draft, homes)


def make_editor(sites: TwoSites, email: str = "editor@example.org", role: Role = Role.EDITOR) -> Any:
    return make_user(email, (sites.event, role))
