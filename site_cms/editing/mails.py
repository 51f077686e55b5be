"""The mails about reviews: a page waits for you, yours was approved, yours needs changes."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from events.catalogue.texts import LANGUAGES
from events.outbox.models import Message
from events.outbox.rendering import Rendered
from events.registration.letter import Letter, set_letter

from .telling import event_of


def asked(message: Message) -> Rendered:
    """A page waits for your review: here."""
    state = _state(message)
    return _letter(
        state,
        subject=_("To review: %(title)s"),
        title=_("A page waits for your review"),
        paragraphs=[
            _("%(person)s asks a colleague to read this page and to decide about it.")
            % {"person": state.workflow_state.requested_by or _("The IPPC Secretariat")},
            _("Whoever decides first decides for all. The others need do nothing."),
        ],
        action=(_("Read and decide"), _edit(state)),
    )


def approved(message: Message) -> Rendered:
    """Your page was approved: readers see it, now or from the time that was set."""
    state = _state(message)
    page: Page = state.workflow_state.content_object
    words = (
        _("%(person)s has approved your page. Readers see it now.")
        if page.live
        else _("%(person)s has approved your page. It is published at the time that was set.")
    )
    return _letter(
        state,
        subject=_("Approved: %(title)s"),
        title=_("Your page was approved"),
        paragraphs=[words % {"person": _who(state)}, *_comment(state)],
        action=(_("See the page"), page.full_url) if page.live else (_("Open the page"), _edit(state)),
    )


def refused(message: Message) -> Rendered:
    """Your page needs changes, and which."""
    state = _state(message)
    return _letter(
        state,
        subject=_("Changes requested: %(title)s"),
        title=_("Your page needs changes"),
        paragraphs=[
            _("%(person)s asks you to change the page before it is published.") % {"person": _who(state)},
            *_comment(state),
            _("Change it and submit it again."),
        ],
        action=(_("Open the page"), _edit(state)),
    )


def _state(message: Message) -> TaskState:
    return TaskState.objects.select_related("workflow_state__requested_by", "finished_by").get(
        pk=message.about["review"]
    )


def _letter(
    state: TaskState, *, subject: str, title: str, paragraphs: list[str], action: tuple[str, str]
) -> Rendered:
    """A letter about the page; `subject` names it."""
    page: Page = state.workflow_state.content_object
    event = event_of(page)
    facts = [(_("Page"), page.draft_title), (_("Language"), LANGUAGES[page.locale.language_code])]
    letter = Letter(
        subject=subject % {"title": page.draft_title},
        title=title,
        greeting=_("Dear colleague,"),
        paragraphs=paragraphs,
        facts=[*facts, (_("Event"), str(event))] if event else facts,
        action=action,
    )
    return set_letter(letter, event)


def _who(state: TaskState) -> str:
    return str(state.finished_by or _("The IPPC Secretariat"))


def _comment(state: TaskState) -> list[str]:
    return [_("The comment: %(comment)s") % {"comment": state.comment}] if state.comment else []


def _edit(state: TaskState) -> str:
    address = reverse("wagtailadmin_pages:edit", args=(state.workflow_state.object_id,))
    return f"{settings.SITE_URL}{address}"
