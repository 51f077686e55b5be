import datetime as dt
import json
import re

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from django.utils.translation import override

from events.catalogue.models import Event
from site_cms.models import SiteDocument, StandardPage
from site_cms.pages.blocks import BODY_BLOCKS
from site_cms.pages.blocks.figures import TableBlock
from site_cms.pages.blocks.links import CallToActionBlock
from site_cms.pages.blocks.safety import video_host
from site_cms.pages.blocks.words import TextBlock
from tests.factories import make_category, make_event, make_family
from tests.site_cms.factories import (
    make_event_pages,
    make_event_site,
    make_family_pages,
    make_homes,
    make_image,
    make_page,
)

pytestmark = pytest.mark.django_db
BLOCKS = dict(BODY_BLOCKS)
CANARY = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7|add:7 }}\u202e"


def shown(client, *body: dict, language="en") -> BeautifulSoup:
    """The page's text with these blocks, as a reader gets it."""
    make_page(StandardPage, make_homes()[language], "page", body=body)
    return read(client, f"/{language}/page/")


def read(client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser").select_one("main .page")


def block(kind: str, **value) -> dict:
    return {"type": kind, "value": value}


def assert_inert(soup: BeautifulSoup) -> None:
    """Nothing in the page's text runs."""
    assert not soup.find_all(["script", "iframe", "object", "embed", "style"])
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on") or name == "style"], tag
        for name in ("href", "src", "action", "formaction", "xlink:href"):
            scheme = re.sub(r"[\x00-\x20]", "", str(tag.get(name, ""))).partition(":")[0]
            assert scheme.lower() not in {"javascript", "data", "vbscript"}, tag


# ---------------------------------------------------------------- hostile text


@pytest.mark.parametrize(
    "kind,value",
    [
        ("heading", CANARY),
        ("quote", {"text": CANARY, "person": CANARY, "source": CANARY}),
        ("accordion", {"items": [{"question": CANARY, "answer": "<p>Plain</p>"}]}),
        ("video", {"title": CANARY, "address": "https://youtu.be/x?" + CANARY, "length": CANARY}),
        ("figures", {"figures": [{"number": CANARY, "label": CANARY}], "source": CANARY}),
        (
            "table",
            {
                "caption": CANARY,
                "columns": [{"type": "text", "heading": CANARY}, {"type": "number", "heading": CANARY}],
                "rows": [{"values": [CANARY, CANARY]}],
            },
        ),
        ("timeline", {"moments": [{"when": CANARY, "what": CANARY, "text": CANARY}]}),
        ("people", {"people": [{"name": CANARY, "role": CANARY, "organization": CANARY}]}),
        ("events", {"title": CANARY, "family": CANARY, "number": 3}),
        ("action", {"text": CANARY, "label": CANARY, "address": "https://example.org/" + CANARY}),
    ],
)
def test_hostile_text_is_shown_as_text(client, kind, value):
    soup = shown(client, {"type": kind, "value": value})
    assert_inert(soup)
    assert soup.find("img") is None
    assert "<script>alert(1)</script>" in soup.get_text()
    assert "{{ 7|add:7 }}" in soup.get_text()


def test_hostile_captions_of_images_and_names_of_documents(client):
    picture = {"image": make_image().pk, "alt_text": CANARY, "decorative": False}
    document = SiteDocument.objects.create(title=CANARY, file="x.pdf")
    soup = shown(
        client,
        block("image", image=picture, caption=CANARY, credit=CANARY),
        block("documents", title=CANARY, documents=[document.pk]),
    )
    assert_inert(soup)
    assert [image["alt"] for image in soup.find_all("img")] == [CANARY]
    assert soup.get_text().count("<script>alert(1)</script>") == 4


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "java&#x09;script:alert(1)",
        "&#106;avascript:alert(1)",
        " javascript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
    ],
)
@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_a_link_that_runs_is_taken_out_of_rich_text(client, href, quote):
    html = f"<p>Read <a href={quote}{href}{quote}>this</a>.</p>"
    soup = shown(
        client, {"type": "text", "value": html}, block("accordion", items=[{"question": "Q", "answer": html}])
    )
    assert_inert(soup)
    assert soup.get_text().count("this") == 2


def test_a_good_link_stays(client):
    html = (
        '<p><a href="https://www.ippc.int/?a=1&amp;b=2">site</a> <a href="mailto:ippc@fao.org">mail</a></p>'
    )
    soup = shown(client, {"type": "text", "value": html})
    assert [link["href"] for link in soup.find_all("a")] == [
        "https://www.ippc.int/?a=1&b=2",
        "mailto:ippc@fao.org",
    ]


def test_the_editor_takes_running_links_and_foreign_markup_out_when_saved():
    content = {
        "blocks": [
            {
                "key": "a",
                "text": "<script>alert(1)</script>",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 5, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}},
    }
    text = TextBlock().value_from_datadict({"x": json.dumps(content)}, {}, "x").source
    assert "javascript" not in text
    assert "<script" not in text


# ---------------------------------------------------------------- video


@pytest.mark.parametrize(
    "address,host",
    [
        ("https://www.youtube.com/watch?v=1", "youtube.com"),
        ("https://youtu.be/1", "youtu.be"),
        ("https://player.vimeo.com/1", "vimeo.com"),
        ("https://www.fao.org/video", "fao.org"),
        ("https://youtube.com", "youtube.com"),
        ("http://www.youtube.com/watch?v=1", None),
        ("https://youtube.com.evil.example/", None),
        ("https://evil.example/youtube.com/", None),
        ("https://youtube.com@evil.example/", None),
        ("https://notyoutube.com/", None),
        ("javascript:alert(1)//https://youtube.com/", None),
        ("", None),
    ],
)
def test_videos_are_watched_on_known_sites_only(address, host):
    assert video_host(address) == host


@pytest.mark.parametrize("address", ["https://evil.example/v", "http://youtu.be/1", "javascript:alert(1)"])
def test_another_site_is_refused_and_never_linked(client, address):
    with pytest.raises(ValidationError):
        BLOCKS["video"].clean(BLOCKS["video"].to_python({"title": "T", "address": address}))
    assert shown(client, block("video", title="T", address=address)).find("a") is None


def test_a_video_loads_nothing_before_the_click(client):
    soup = shown(client, block("video", title="The Hub", address="https://youtu.be/1", image=make_image().pk))
    link = soup.select_one(".video a")
    assert (link["href"], link["target"], link["rel"]) == (
        "https://youtu.be/1",
        "_blank",
        ["noopener", "noreferrer"],
    )
    assert "Watch on youtu.be (opens in a new tab)" in link.get_text()
    sources = [tag["srcset"] for tag in soup.find_all("source")] + [soup.img["src"]]
    assert all(source.startswith("/media/images/") for source in sources)


# ---------------------------------------------------------------- images


def test_an_image_comes_in_sizes_and_encodings(client):
    picture = {"image": make_image(size=(2000, 1000)).pk, "alt_text": "Seedlings", "decorative": False}
    soup = shown(client, block("image", image=picture, caption="In Rome", credit="FAO"))
    image = soup.img
    assert (image["alt"], image["loading"], image["width"], image["height"]) == (
        "Seedlings",
        "lazy",
        "480",
        "240",
    )
    assert [source["type"] for source in soup.find_all("source")] == ["image/avif", "image/webp"]
    assert [size.split()[-1] for size in image["srcset"].split(",")] == ["480w", "960w"]
    assert " ".join(soup.figcaption.get_text().split()) == "In Rome · © FAO"


def test_a_decorative_image_has_empty_words(client):
    picture = {"image": make_image().pk, "alt_text": "unused", "decorative": True}
    assert shown(client, block("image", image=picture)).img["alt"] == ""


def test_an_image_needs_words_or_the_mark_of_decoration():
    picture = BLOCKS["image"].to_python(
        {"image": {"image": make_image().pk, "alt_text": "", "decorative": False}}
    )
    with pytest.raises(ValidationError):
        BLOCKS["image"].clean(picture)


def test_a_deleted_image_leaves_no_trace(client):
    image = make_image()
    pk = image.pk
    image.delete()
    assert (
        shown(client, block("image", image={"image": pk, "alt_text": "x", "decorative": False})).find("img")
        is None
    )


# ---------------------------------------------------------------- tables


def table(**fields) -> dict:
    value = {
        "caption": "Workshops",
        "columns": [{"type": "text", "heading": "Region"}, {"type": "number", "heading": "People"}],
        "rows": [{"values": ["Africa", "22"]}],
    }
    return value | fields


def test_a_table_names_its_columns_and_rows(client):
    soup = shown(client, block("table", **table()))
    assert soup.caption.get_text() == "Workshops"
    assert [(th["scope"], th.get_text()) for th in soup.find_all("th")] == [
        ("col", "Region"),
        ("col", "People"),
        ("row", "Africa"),
    ]
    assert soup.td["class"] == ["number"]


@pytest.mark.parametrize(
    "fields",
    [{"caption": " "}, {"columns": [{"type": "text", "heading": ""}, {"type": "text", "heading": "B"}]}],
)
def test_a_table_without_caption_or_heading_is_refused(fields):
    kind = BLOCKS["table"]
    with pytest.raises(ValidationError):
        kind.clean(kind.to_python(table(**fields)))


class Translated:
    """A segment as wagtail-localize hands it back."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text

    def render_text(self) -> str:
        return self.text


def test_a_table_is_translated_text_by_text():
    kind: TableBlock = BLOCKS["table"]
    value = kind.to_python(table())
    segments = kind.get_translatable_segments(value)
    texts = {segment.path: segment.string.data for segment in segments}
    assert texts == {
        "caption": "Workshops",
        "heading.0": "Region",
        "heading.1": "People",
        "cell.0.0": "Africa",
        "cell.0.1": "22",
    }
    back = kind.restore_translated_segments(
        value, [Translated(path, text.upper()) for path, text in texts.items()]
    )
    assert kind.get_prep_value(back) == table(
        caption="WORKSHOPS",
        columns=[{"type": "text", "heading": "REGION"}, {"type": "number", "heading": "PEOPLE"}],
        rows=[{"values": ["AFRICA", "22"]}],
    )


# ---------------------------------------------------------------- documents, events, calls to action


def test_only_documents_for_everybody_are_named(client):
    make = SiteDocument.objects.create
    public = make(title="Agenda", file="a.pdf", language="fr", file_size=2048)
    registered = make(title="Registered paper", file="b.pdf", audience="registered")
    secret = make(title="Secret paper", file="c.pdf", event=make_event("DRAFT", state="draft"))
    soup = shown(client, block("documents", documents=[registered.pk, public.pk, secret.pk]))
    assert [link.get_text() for link in soup.select(".file-list a")] == ["Agenda"]
    assert " ".join(
        soup.select_one(".file-list .quiet").get_text().split()
    ) == "Français · PDF, 2.0\xa0KB".replace("\xa0", " ")


def test_the_next_events_of_a_family(client):
    homes = make_homes()
    for code, family in (("ONE", "ephyto"), ("TWO", "ipc"), ("THREE", "ephyto"), ("FOUR", "ephyto")):
        start = dt.date(2090, 1, 1) + dt.timedelta(len(code) + ord(code[0]))
        event = make_event(
            code, family=make_family(family), title={"en": code}, start_date=start, end_date=start
        )
        pages = event.family.pages.all()
        parents = {page.locale.language_code: page for page in pages} or make_family_pages(
            event.family, homes
        )
        make_event_pages(event, parents)
    body = [block("events", title="Next", family="ephyto", number=2)]
    make_page(StandardPage, homes["en"], "page", body=body)
    soup = read(client, "/en/page/")
    assert [title.get_text(strip=True) for title in soup.select("h3")] == ["FOUR", "ONE"]


def action(**value) -> dict:
    return block("action", label="Go", **value)


def test_a_call_to_register_disappears_when_registration_closes(client):
    event = make_event("EVENT")
    make_category(event)
    page = make_event_site(event)["en"]
    make_page(StandardPage, page, "how", body=[action(registration=page.pk)])
    assert (
        read(client, "/en/ephyto/event/how/").select_one(".action a")["href"] == "/en/events/EVENT/register/"
    )
    Event.objects.filter(pk=event.pk).update(state="cancelled")
    assert read(client, "/en/ephyto/event/how/").select_one(".action") is None


def test_a_call_to_a_page_leads_to_its_translation(client):
    event = make_event("EVENT")
    pages = make_event_site(event)
    make_page(StandardPage, pages["fr"], "how", body=[action(page=pages["en"].pk)])
    assert read(client, "/fr/ephyto/event/how/").select_one(".action a")["href"] == "/fr/ephyto/event/"


def test_a_call_to_an_unpublished_page_disappears(client):
    homes = make_homes()
    hidden = make_page(StandardPage, homes["en"], "hidden", live=False)
    make_page(StandardPage, homes["en"], "page", body=[action(page=hidden.pk)])
    assert read(client, "/en/page/").select_one(".action") is None


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://example.org/", "ftp://example.org/", "data:text/html,x"]
)
def test_a_call_to_an_address_that_is_not_https_is_refused_and_never_linked(client, address):
    kind: CallToActionBlock = BLOCKS["action"]
    with pytest.raises(ValidationError):
        kind.clean(kind.to_python({"label": "Go", "address": address}))
    assert shown(client, action(address=address)).select_one(".action") is None


def test_a_call_leads_to_exactly_one_place():
    kind: CallToActionBlock = BLOCKS["action"]
    page = make_homes()["en"]
    for value in ({}, {"page": page.pk, "address": "https://www.ippc.int/"}):
        with pytest.raises(ValidationError):
            kind.clean(kind.to_python({"label": "Go"} | value))
    assert kind.clean(kind.to_python({"label": "Go", "page": page.pk}))["page"].pk == page.pk


# ---------------------------------------------------------------- the editor's menu


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_tells_what_it_is_and_shows_an_example(admin_client, name):
    kind = BLOCKS[name]
    assert all([kind.label, kind.get_description(), kind.meta.icon, kind.meta.group, kind.is_previewable])
    response = admin_client.get("/admin/block-preview/", {"id": kind.definition_prefix})
    assert response.status_code == 200
    assert "css/components.css" in response.text
    with override("ar"):
        assert kind.bind(kind.get_preview_value()).render({"request": RequestFactory().get("/")}) is not None
