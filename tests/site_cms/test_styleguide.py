import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from events.catalogue.models import Family
from site_cms.pages.blocks import BODY_BLOCKS

pytestmark = pytest.mark.django_db
TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def palette(accent: str) -> tuple[dict[str, str], dict[str, str]]:
    """The accent's colours in the light and in the dark scheme."""
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = []
    for sheet in (light, dark):
        rule = re.search(rf"\.accent-{accent} {{([^}}]*)}}", sheet)
        found.append(dict(re.findall(r"--(accent[a-z-]*): (#[0-9a-f]{6})", rule[1])))
    return found[0], found[0] | found[1]


@pytest.mark.parametrize("address", ["/styleguide/", "/styleguide/dark.css"])
def test_only_staff_see_it(client, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/") or "login" in response["Location"]


@pytest.mark.parametrize("query", ["", "?scheme=dark", "?scheme=light&language=ar", "?scheme=x&language=%00"])
def test_it_shows_every_block_accent_and_component(admin_client, query):
    response = admin_client.get(f"/styleguide/{query}")
    assert response.status_code == 200
    soup = BeautifulSoup(response.text, "html.parser")
    assert len(soup.select(".example")) == len(BODY_BLOCKS)
    assert {f"accent-{accent}" for accent in Family.Accent.values} <= {
        name for tag in soup.select(".swatches li") for name in tag.get("class", [])
    }
    assert soup.html["dir"] == ("rtl" if "language=ar" in query else "ltr")
    assert not soup.find_all("style")
    assert not soup.select("[style]")


@pytest.mark.parametrize("scheme,applies", [("dark", "@media all"), ("light", "@media not all")])
def test_a_scheme_is_shown_whatever_the_device_wants(admin_client, scheme, applies):
    response = admin_client.get(f"/styleguide/{scheme}.css")
    assert response["Content-Type"] == "text/css"
    assert applies in response.text
    assert f"color-scheme: {scheme};" in response.text
    assert "prefers-color-scheme" not in response.text


@pytest.mark.parametrize("accent", Family.Accent.values)
def test_every_accent_can_be_read(accent):
    """On paper, on its own wash, on its button, and white over an image below the accent's veil (78 %)."""
    light, dark = palette(accent)
    for colours, paper in ((light, "#ffffff"), (dark, "#0f1612")):
        assert contrast(colours["accent"], paper) >= 4.5
        assert contrast(colours["accent"], colours["accent-wash"]) >= 4.5
        assert contrast(colours["accent"], colours["accent-ink"]) >= 4.5
        assert contrast(colours["accent-deep"], "#ffffff") >= 7
        deep = [int(colours["accent-deep"][at : at + 2], 16) for at in (1, 3, 5)]
        veiled = "#" + "".join(f"{round(0.78 * channel + 0.22 * 255):02x}" for channel in deep)
        assert contrast(veiled, "#ffffff") >= 4.5
