"""To whom a mailing goes: a choice as the staff makes it, as it is stored, as a query and in words."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..catalogue.models import Country, Event
from ..catalogue.regions import WorkshopRegion
from ..registration.answering import missing_answers
from ..registration.dossier import Funding
from ..registration.finding import funded_by, of_regions
from ..registration.models import Registration
from ..registration.states import LASTS, State

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom to write to. An empty group does not narrow; no state chosen means who comes or may still come."""

    states: tuple[str, ...] = ()
    categories: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    countries: tuple[int, ...] = ()
    funding: tuple[str, ...] = ()
    only_delegations: bool = False
    only_missing_answers: bool = False

    @classmethod
    def stored(cls, column: dict[str, Any]) -> Self:
        """As `to_store` made it."""
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in column.items()
            if name in known
        }
        return cls(**values)

    def to_store(self) -> dict[str, Any]:
        """As plain JSON, without what narrows nothing."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value
        }


def people(event: Event, choice: Choice) -> QuerySet[Registration]:
    """The registrations of the event that the choice finds. Building it asks one query at most."""
    found = Registration.objects.filter(event=event, state__in=choice.states or sorted(LASTS))
    if choice.categories:
        found = found.filter(category__in=choice.categories)
    if choice.countries:
        found = found.filter(country__in=choice.countries)
    if choice.regions:
        found = of_regions(found, "workshop_region", choice.regions)
    if choice.funding:
        found = funded_by(found, choice.funding)
    if choice.only_delegations:
        found = found.filter(delegation__isnull=False)
    return missing_answers(found) if choice.only_missing_answers else found


def in_words(event: Event, choice: Choice) -> list[Fact]:
    """The choice as headings with what is chosen, in the active language. Two queries at most."""
    facts = [(_("State"), _states(choice))]
    if choice.categories:
        chosen = event.categories.filter(pk__in=choice.categories)
        facts.append((_("Category"), _listed(str(category) for category in chosen)))
    if choice.regions:
        facts.append((_("Region"), _listed(str(WorkshopRegion(code).label) for code in choice.regions)))
    if choice.countries:
        countries = Country.objects.filter(pk__in=choice.countries)
        facts.append((_("Country"), _listed(sorted(str(country) for country in countries))))
    if choice.funding:
        facts.append((_("Funding"), _listed(str(Funding.Kind(code).label) for code in choice.funding)))
    if choice.only_delegations:
        facts.append((_("Delegations"), _("Only members of delegations")))
    if choice.only_missing_answers:
        facts.append((_("Answers"), _("Only who has not answered all questions")))
    return facts


def _states(choice: Choice) -> str:
    if not choice.states:
        return _("Everybody who comes or may still come")
    return _listed(str(State(code).label) for code in choice.states)


def _listed(words: Any) -> str:
    return " · ".join(words)
