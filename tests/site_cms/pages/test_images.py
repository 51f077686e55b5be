import io
import re
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from site_cms.pages import images
from tests.site_cms.factories import image_bytes, make_image

pytestmark = pytest.mark.django_db
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def bomb(side: int = 20_000) -> bytes:
    """A PNG of 400 million black pixels in some 50 kB."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    row = b"\0" + b"\0" * (side // 8)
    data = zlib.compressobj(9)
    body = b"".join(data.compress(row) for _ in range(side)) + data.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def uploaded(name: str, content: bytes):
    """The form of the staff screen, filled in with this file."""
    data = {"title": "An image", "collection": Collection.get_first_root_node().pk, "tags": ""}
    form = get_image_form(get_image_model())
    return form(data, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    "name,kind",
    [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.jpeg", "JPEG"), ("a.webp", "WEBP"), ("a.avif", "AVIF")],
)
def test_photographs_are_taken(name, kind):
    assert uploaded(name, image_bytes(kind=kind)).is_valid()


@pytest.mark.parametrize(
    "name,content",
    [
        ("a.svg", SVG),
        ("a.png", SVG),
        ("a.svg.png", SVG),
        ("a.png", HTML),
        ("a.html", HTML),
        ("a.jpg", b"GIF89a" + HTML),
        ("a.gif", image_bytes(kind="GIF")),
        ("a.png", image_bytes(kind="JPEG")),
        ("a.html", image_bytes(kind="JPEG")),
        ("a.php.jpg\x00.html", image_bytes(kind="JPEG")),
        ("a.png", image_bytes()[:60]),
        ("a.png", b""),
        ("a.tiff", image_bytes(kind="TIFF")),
    ],
)
def test_anything_else_is_refused_with_words(name, content):
    form = uploaded(name, content)
    assert not form.is_valid()
    assert form.errors["file"]


def test_a_bomb_is_refused_before_it_is_unpacked():
    content = bomb()
    assert len(content) < 100_000
    form = uploaded("bomb.png", content)
    assert not form.is_valid()
    assert form.errors["file"]


def test_a_file_that_is_too_large_is_refused(settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
    form = uploaded("a.png", image_bytes() + b"\0" * (8 * 1024 * 1024))
    assert not form.is_valid()


def test_a_polyglot_is_served_without_what_hides_in_it(client):
    form = uploaded("a.jpg", image_bytes(kind="JPEG") + HTML + b"<?php phpinfo(); ?>")
    assert form.is_valid()
    form.instance.width = form.instance.height = 0
    image = form.save()
    shown = image.get_rendition("width-320|format-jpeg")
    response = client.get(shown.url)
    content = b"".join(response.streaming_content)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not re.search(rb"script|php", content)
    assert Image.open(io.BytesIO(content)).size == (320, 180)


def test_the_uploaded_file_itself_is_not_handed_out(client):
    image = make_image()
    assert client.get(f"/media/{image.file.name}").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "unknown.png",
        "..%2foriginal_images%2fseedlings.png",
        "a.svg",
        "a.html",
        "%00.png",
        "x" * 3000 + ".png",
    ],
)
def test_no_other_name_is_served(client, name):
    make_image()
    assert client.get(f"/media/images/{name}").status_code == 404


def test_an_image_is_read_and_not_written(client):
    shown = make_image().get_rendition("width-320|format-webp")
    response = client.post(shown.url)
    assert response.status_code == 405
    assert images.image.__doc__
