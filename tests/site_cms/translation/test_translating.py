"""From “Translate this page” to two languages that the public reads."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, TaskState, WorkflowState
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from events.access.roles import Role
from events.outbox.models import Message
from site_cms.models import EventPage
from site_cms.translation.services import NotAlikeError, put_side_by_side, submit_translation
from tests.events.access.two_events import make_user
from tests.factories import make_event, make_family
from tests.site_cms.factories import Pages, make_event_pages, make_family_pages, make_homes

pytestmark = pytest.mark.django_db
BODY = [("text", "<p>Come to <b>Nadi</b>.</p>")]


@pytest.fixture
def english() -> EventPage:
    """An event's page in English below families in three languages."""
    families = make_family_pages(make_family("ephyto"), make_homes(("en", "fr", "ar")))
    event = make_event("FIJI", family=make_family("ephyto"))
    return make_event_pages(event, {"en": families["en"]}, body=BODY)["en"].specific


@pytest.fixture
def editor(english: EventPage):
    return make_user("editor@example.org", (english.event, Role.EDITOR))


def translate(client: Client, page: EventPage, *languages: str) -> None:
    """Press “Translate this page” and choose languages."""
    locales = [Locale.objects.get(language_code=code).pk for code in languages]
    answer = client.post(
        reverse("wagtail_localize:submit_page_translation", args=(page.pk,)), {"locales": locales}
    )
    assert answer.status_code == 302, answer.text


def fill_in(client: Client, page: EventPage, language: str, texts: dict[str, str]) -> Translation:
    """Translate strings as the editor's screen does, one by one."""
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale__language_code=language
    )
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string"):
        if segment.string.data in texts:
            StringTranslation.objects.create(
                translation_of=segment.string,
                locale=translation.target_locale,
                context=segment.context,
                data=texts[segment.string.data],
                translation_type="manual",
            )
    return translation


def test_untranslated_copies_never_go_live_by_themselves(english, editor, client) -> None:
    client.force_login(editor)
    translate(client, english, "fr", "ar")
    copies = list(english.get_translations().order_by("locale__language_code"))
    assert [(page.locale.language_code, page.live) for page in copies] == [("ar", False), ("fr", False)]
    assert Client().get("/fr/ephyto/fiji/").status_code == 404
    assert {page.specific.event_id for page in copies} == {english.event_id}
    assert {page.slug for page in copies} == {"fiji"}


def test_the_event_and_the_address_are_nothing_to_translate(english, editor, client) -> None:
    client.force_login(editor)
    translate(client, english, "fr")
    source = Translation.objects.get().source
    paths = {
        path.partition(".")[0] for path in source.stringsegment_set.values_list("context__path", flat=True)
    }
    assert paths == {"title", "body"}
    overridable = source.overridablesegment_set.values_list("context__path", flat=True)
    assert not {"event", "slug"} & set(overridable)


def test_a_translation_is_reviewed_before_it_is_public(english, editor, client) -> None:
    client.force_login(editor)
    translate(client, english, "fr")
    translation = fill_in(
        client, english, "fr", {english.title: "Fidji", "Come to <b>Nadi</b>.": "Venez à <b>Nadi</b>."}
    )
    page = english.get_translation(translation.target_locale)
    assert client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).status_code == 200
    answer = client.post(reverse("submit_translation", args=(translation.pk,)), follow=True)
    assert "waits for a colleague" in answer.text
    page.refresh_from_db()
    assert not page.live
    assert page.workflow_in_progress
    colleague = make_user("second@example.org", (english.event, Role.EDITOR))
    client.force_login(colleague)
    state = TaskState.objects.get(status="in_progress")
    client.post(reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.pk)))
    text = Client().get("/fr/ephyto/fiji/").text
    assert "Venez à <b>Nadi</b>." in text
    assert "<h1>Fidji</h1>" in text
    assert 'hreflang="fr"' in Client().get("/en/ephyto/fiji/").text


def test_what_is_missing_is_told_and_what_is_public_stays(english, editor, client) -> None:
    client.force_login(editor)
    translate(client, english, "fr")
    translation = Translation.objects.get()
    page = english.get_translation(translation.target_locale).specific
    page.title = "Fidji, en ligne"
    page.save_revision().publish()
    answer = client.post(reverse("submit_translation", args=(translation.pk,)), follow=True)
    assert "2 texts have no translation yet" in answer.text
    page.refresh_from_db()
    assert (page.live, page.title) == (True, "Fidji, en ligne")
    assert "Fidji, en ligne" in Client().get("/fr/ephyto/fiji/").text
    again = client.post(reverse("submit_translation", args=(translation.pk,)), follow=True)
    assert "being reviewed already" in again.text


def test_only_an_editor_submits_a_translation(english, editor, client) -> None:
    client.force_login(editor)
    translate(client, english, "fr")
    address = reverse("submit_translation", args=(Translation.objects.get().pk,))
    assert client.get(address).status_code == 405
    client.force_login(make_user("stranger@example.org", (make_event("OTHER"), Role.EDITOR)))
    assert client.post(address).status_code in {302, 403, 404}
    assert not TaskState.objects.exists()


def test_an_editor_does_not_publish_a_translation_alone(english, editor, client) -> None:
    client.force_login(editor)
    translate(client, english, "fr")
    translation = Translation.objects.get()
    page = english.get_translation(translation.target_locale)
    client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), {"action": "publish"})
    update = reverse("wagtail_localize:update_translations", args=(translation.source.pk,))
    assert client.post(update, {"publish_translations": "on"}).status_code in {302, 403}
    page.refresh_from_db()
    assert not page.live


# ---------------------------------------------------------------- pages that were written by themselves


def first_pages() -> Pages:
    """Pages as `publish_catalogue_pages` makes them: each written by itself."""
    event = make_event("FIJI", family=make_family("ephyto"))
    families = make_family_pages(event.family, make_homes(("en", "fr")))
    pages = make_event_pages(event, families)
    for language, text in (("en", "<p>Come to Nadi.</p>"), ("fr", "<p>Venez à Nadi.</p>")):
        pages[language].title = {"en": "Fiji", "fr": "Fidji"}[language]
        pages[language].body = [("text", text)]
        pages[language].save_revision().publish()
    return pages


def test_first_pages_come_side_by_side_with_their_texts(client) -> None:
    pages = first_pages()
    editor = make_user("editor@example.org", (pages["en"].event, Role.EDITOR))
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:edit", args=(pages["fr"].pk,))
    assert "put-side-by-side" in client.get(address).text
    assert (
        "put-side-by-side" not in client.get(reverse("wagtailadmin_pages:edit", args=(pages["en"].pk,))).text
    )
    answer = client.post(address, {"put-side-by-side": "1"}, follow=True)
    assert "translated beside its English source" in answer.text
    assert {"Fiji": "Fidji", "Come to Nadi.": "Venez à Nadi."}.items() <= dict(
        StringTranslation.objects.values_list("translation_of__data", "data")
    ).items()
    translation = Translation.objects.get()
    submit_translation(translation=translation, user=editor)
    draft = pages["fr"].specific_class.objects.get(pk=pages["fr"].pk).get_latest_revision_as_object()
    assert (draft.title, str(draft.body).count("Venez à Nadi.")) == ("Fidji", 1)


def test_pages_of_different_blocks_stay_apart() -> None:
    pages = first_pages()
    pages["fr"].body = []
    pages["fr"].save()
    with pytest.raises(NotAlikeError):
        put_side_by_side(source=pages["en"], page=pages["fr"], user=make_user("editor@example.org"))
    assert not Translation.objects.exists()


# ---------------------------------------------------------------- preview


def test_a_page_is_previewed_in_arabic(client) -> None:
    event = make_event("FIJI", family=make_family("ephyto"), title={"en": "Fiji", "ar": "فيجي"})
    pages = make_event_pages(event, make_family_pages(event.family, make_homes(("en", "fr", "ar"))))
    pages["ar"].title = "مسودة فيجي"
    pages["ar"].save_revision()
    client.force_login(make_user("editor@example.org", (event, Role.EDITOR)))
    pages["en"].save_revision()
    draft = reverse("wagtailadmin_pages:view_draft", args=(pages["en"].pk,))
    assert 'dir="ltr"' in client.get(draft).text
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=(pages["en"].pk,))
    posted = {"title": "Fiji", "slug": "fiji", "body-count": "0", "event": event.pk}
    posted |= {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    assert client.post(preview, posted).json() == {"is_valid": True, "is_available": True}
    shown = client.get(f"{preview}?mode=ar").text
    assert '<html lang="ar" dir="rtl">' in shown
    assert "<h1>مسودة فيجي</h1>" in shown
    assert 'dir="ltr"' in client.get(f"{preview}?mode=").text
    assert [mode for mode, _label in pages["en"].preview_modes] == ["", "ar"]
    assert [[mode for mode, _label in pages[code].preview_modes] for code in ("fr", "ar")] == [[""], [""]]
    assert "mobile" in {size["name"] for size in pages["en"].preview_sizes}


def test_the_preview_in_arabic_has_the_texts_translated_so_far(english, editor, client) -> None:
    client.force_login(editor)
    translate(client, english, "fr", "ar")
    fill_in(client, english, "ar", {english.title: "فيجي"})
    english.save_revision()
    view = reverse("wagtailadmin_pages:preview_on_edit", args=(english.pk,))
    shown = english.make_preview_request(None, "ar").text
    assert '<html lang="ar" dir="rtl">' in shown
    assert "<h1>فيجي</h1>" in shown
    assert "Come to <b>Nadi</b>." in shown
    assert client.get(f"{view}?mode=ar").status_code == 200


def test_the_editor_of_a_translation_previews_its_own_language(english, editor, client) -> None:
    client.force_login(editor)
    translate(client, english, "fr")
    beside = fill_in(client, english, "fr", {english.title: "Fidji"})
    address = reverse("wagtail_localize:preview_translation", args=(beside.pk,))
    assert "<h1>Fidji</h1>" in client.get(address).text
    assert client.get(f"{address}ar/").status_code == 404
    page = english.get_translation(beside.target_locale)
    assert "In Arabic" not in client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).text


# ---------------------------------------------------------------- review beside the English page


def decide(client: Client, page: EventPage, button: str, **typed: str):
    """Press a button of the review below the translation's editor, as its form stands in the page."""
    text = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).text
    forms = BeautifulSoup(text, "html.parser").select(".to-review form")
    [form] = [each for each in forms if each.get_text(strip=True).endswith(button)]
    return client.post(str(form["action"]), typed, follow=True)


def waiting_in_french(client: Client, english: EventPage) -> EventPage:
    """A French translation that waits for a colleague."""
    translate(client, english, "fr")
    beside = fill_in(client, english, "fr", {english.title: "Fidji", "Come to <b>Nadi</b>.": "Venez."})
    page = english.get_translation(beside.target_locale)
    decide(client, page, "Submit for review")
    return page


def test_a_colleague_approves_a_translation_where_it_is_read(english, editor, client) -> None:
    client.force_login(editor)
    page = waiting_in_french(client, english)
    with pytest.raises(ValueError, match="not enough values"):
        decide(client, page, "Approve and publish")
    client.force_login(make_user("second@example.org", (english.event, Role.EDITOR)))
    answer = decide(client, page, "Approve and publish")
    assert answer.status_code == 200
    assert "<h1>Fidji</h1>" in Client().get("/fr/ephyto/fiji/").text
    assert list(Message.objects.filter(kind="review-approved").values_list("to", flat=True)) == [editor.email]


def test_a_colleague_asks_for_changes_of_a_translation(english, editor, client) -> None:
    client.force_login(editor)
    page = waiting_in_french(client, english)
    second = make_user("second@example.org", (english.event, Role.EDITOR))
    client.force_login(second)
    answer = decide(client, page, "Request changes", comment="<i>Venez</i> est trop court.")
    assert answer.status_code == 200
    page.refresh_from_db()
    assert (page.live, page.current_workflow_state.status) == (False, "needs_changes")
    client.force_login(editor)
    told = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).text
    assert "second@example.org asks for changes" in told
    assert "&lt;i&gt;Venez&lt;/i&gt; est trop court." in told
    assert "waits for a colleague" in decide(client, page, "Submit for review").text
    page.refresh_from_db()
    assert page.current_workflow_state.status == "in_progress"
    assert WorkflowState.objects.count() == 1
