"""Colleagues hear that a page waits, its author what was decided: through the outbox, by the worker."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.utils.translation import override
from wagtail.models import TaskState
from wagtail.users.models import UserProfile

from events.access.roles import Role
from events.outbox.models import Message
from events.outbox.rendering import Rendered
from site_cms.mails import RENDERERS
from tests.events.access.two_events import make_user

from .test_review import act, press, signed_in
from .two_sites import TwoSites, make_editor, make_two_sites

pytestmark = pytest.mark.django_db


@pytest.fixture
def sites() -> TwoSites:
    return make_two_sites()


def queued() -> list[tuple[str, str, str]]:
    """Kind, address and language of each mail in the outbox; none may have gone another way."""
    assert mail.outbox == []
    return sorted(Message.objects.values_list("kind", "to", "language"))


def rendered(kind: str) -> Rendered:
    """The one mail of a kind as the worker renders it."""
    message = Message.objects.get(kind=kind)
    with override(message.language):
        return RENDERERS[kind](message)


def moderator(email: str = "moderator@example.org"):
    user = make_user(email)
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


def test_each_colleague_who_may_decide_is_asked_once_in_the_own_language(sites: TwoSites) -> None:
    author, second = make_editor(sites), make_editor(sites, "second@example.org")
    UserProfile.objects.create(user=second, preferred_language="ar")
    UserProfile.objects.create(user=moderator(), preferred_language="pt-br")
    make_editor(sites, "finance@example.org", Role.FINANCE)
    make_user("stranger@example.org", (sites.other_event, Role.EDITOR))
    make_user("root@example.org", superuser=True)
    press(signed_in(author), sites.draft, "action-submit", title="Visa <b>&</b> travel")
    assert queued() == [
        ("review-asked", "moderator@example.org", "en"),
        ("review-asked", "second@example.org", "ar"),
    ]
    message = Message.objects.get(to="second@example.org")
    assert message.event_id == sites.event.pk
    assert message.about == {"review": TaskState.objects.get().pk}


def test_administrators_are_asked_where_there_is_nobody_else(sites: TwoSites) -> None:
    make_user("root@example.org", superuser=True)
    left = make_user("left@example.org", superuser=True)
    left.is_active = False
    left.save()
    press(signed_in(make_editor(sites)), sites.draft, "action-submit")
    assert queued() == [("review-asked", "root@example.org", "en")]


def test_the_mail_leads_to_the_page(sites: TwoSites, settings) -> None:
    make_editor(sites, "second@example.org")
    press(signed_in(make_editor(sites)), sites.draft, "action-submit", title="Visa <b>&</b> travel")
    letter = rendered("review-asked")
    assert letter.subject == "To review: Visa <b>&</b> travel"
    assert "editor@example.org asks a colleague to read this page" in letter.text
    assert f"{settings.SITE_URL}/admin/pages/{sites.draft.pk}/edit/" in letter.text
    assert "English" in letter.text
    assert str(sites.event) in letter.text
    assert "Visa &lt;b&gt;&amp;&lt;/b&gt; travel" in letter.html
    assert "<b>&</b>" not in letter.html


def test_the_author_hears_of_the_approval(sites: TwoSites) -> None:
    second = make_editor(sites, "second@example.org")
    press(signed_in(make_editor(sites)), sites.draft, "action-submit")
    act(signed_in(second), sites.draft, "approve", comment="Well said.")
    assert ("review-approved", "editor@example.org", "en") in queued()
    letter = rendered("review-approved")
    assert letter.subject == "Approved: Visa"
    assert "second@example.org has approved your page. Readers see it now." in letter.text
    assert sites.draft.full_url in letter.text


def test_the_author_hears_which_changes_are_asked_for(sites: TwoSites) -> None:
    second = make_editor(sites, "second@example.org")
    author = signed_in(make_editor(sites))
    press(author, sites.draft, "action-submit")
    act(signed_in(second), sites.draft, "reject", comment="Please add <i>the fees</i>.")
    assert ("review-refused", "editor@example.org", "en") in queued()
    letter = rendered("review-refused")
    assert letter.subject == "Changes requested: Visa"
    assert "The comment: Please add <i>the fees</i>." in letter.text
    assert "&lt;i&gt;the fees&lt;/i&gt;" in letter.html
    press(author, sites.draft, "action-submit", title="With fees")
    assert [kind for kind, to, _language in queued() if to == "second@example.org"] == ["review-asked"] * 2


def test_an_approved_page_that_waits_for_its_hour_is_told_as_such(sites: TwoSites) -> None:
    second = make_editor(sites, "second@example.org")
    press(signed_in(make_editor(sites)), sites.draft, "action-submit", go_live_at="2099-01-01 08:00")
    act(signed_in(second), sites.draft, "approve")
    letter = rendered("review-approved")
    assert "It is published at the time that was set." in letter.text
    assert f"/admin/pages/{sites.draft.pk}/edit/" in letter.text


def test_who_asked_not_to_be_written_to_is_not(sites: TwoSites) -> None:
    author, second = make_editor(sites), make_editor(sites, "second@example.org")
    UserProfile.objects.create(user=second, submitted_notifications=False)
    UserProfile.objects.create(user=author, approved_notifications=False)
    press(signed_in(author), sites.draft, "action-submit")
    act(signed_in(second), sites.draft, "approve")
    assert queued() == []
    assert sites.draft.live


def test_a_refused_act_writes_no_mail(sites: TwoSites) -> None:
    author = signed_in(make_editor(sites))
    press(author, sites.draft, "action-submit")
    act(author, sites.draft, "approve")
    assert queued() == []


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "zh-hans", "ru"])
def test_each_mail_is_a_letter_in_each_language(sites: TwoSites, language: str) -> None:
    second = make_editor(sites, "second@example.org")
    press(signed_in(make_editor(sites)), sites.draft, "action-submit")
    act(signed_in(second), sites.draft, "approve")
    review = TaskState.objects.get().pk
    for kind in ("review-asked", "review-approved", "review-refused"):
        with override(language):
            letter = RENDERERS[kind](Message(kind=kind, about={"review": review}, language=language))
        assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in letter.html
        assert "\n" not in letter.subject
