"""Proposed events in templates."""

from django import template

from events.catalogue.dates import day_range
from events.proposals.models import Proposal
from events.proposals.web_address import host_of

register = template.Library()

register.filter("host", host_of)


@register.filter
def span(proposal: Proposal) -> str:
    """The event's days, such as 22–26 January 2018."""
    return day_range(proposal.start_date, proposal.end_date)
