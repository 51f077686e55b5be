"""The dashboard: what needs somebody's attention, each thing with the way to it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from events.catalogue.texts import LANGUAGES

from . import selectors
from .reach import edits_pages

SHOWN = 6


class Desk(Component):
    """Cards for what opens and closes soon, what waits and what is not translated; empty ones stay away."""

    order = 5
    template_name = "site_cms/admin/desk.html"

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """The cards' contents, in a fixed number of queries."""
        request: HttpRequest = parent_context["request"]
        user = request.user
        moments = selectors.opening_and_closing(user, timezone.now())
        context = {
            "request": request,
            "csrf_token": parent_context.get("csrf_token"),
            "moments": moments[:SHOWN],
            "proposals": selectors.proposals_waiting(user),
            "proposals_url": f"{reverse('proposal:index')}?state=waiting",
            "dead_mails": selectors.mails_given_up(user),
            "dead_mails_url": f"{reverse('message:index')}?state=dead",
            "without_page": selectors.events_without_page(user)[:SHOWN],
        }
        return {**context, **(self._of_pages(request) if edits_pages(user) else {})}

    @staticmethod
    def _of_pages(request: HttpRequest) -> dict[str, Any]:
        waiting = selectors.awaiting_review(request.user)
        lacking = selectors.untranslated_pages(request.user)
        most = max((counts["all"] for counts in lacking.values()), default=0)
        return {
            "waiting": waiting[:SHOWN],
            "more_waiting": len(waiting) - SHOWN,
            "edits": True,
            "languages": [
                {"code": code, "name": LANGUAGES[code], "count": counts["all"], "most": most}
                for code, counts in lacking.items()
            ],
            "all_translated": not most,
        }
