"""Nominations for tests."""

from events.delegations.models import Delegation
from events.journeys.delegation.nominate import Nominee, nominate
from events.once.form_keys import new_key


def nominate_some(delegation: Delegation, count: int) -> None:
    """Nominate `count` advisers in the event's first category."""
    category = delegation.event.categories.order_by("pk").first()
    assert category is not None
    people = [
        Nominee("adviser", category, f"Nominee {n}", f"nominee{n}.{delegation.pk}@example.org", "", "en")
        for n in range(count)
    ]
    nominate(delegation=delegation, people=people, key=new_key())
