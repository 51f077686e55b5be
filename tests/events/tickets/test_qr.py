import io

import pytest
import zxingcpp
from PIL import Image

from events.tickets.code import badge_address, new_code
from events.tickets.qr import svg, symbol


def _read(markup: str) -> zxingcpp.Barcode:
    import typst

    page = (
        b'#set page(width: 200pt, height: 200pt, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    )
    picture = typst.compile(page, format="png", sys_inputs={"svg": markup}, ignore_system_fonts=True)
    return zxingcpp.read_barcode(Image.open(io.BytesIO(picture)), formats=zxingcpp.BarcodeFormat.QRCode)


@pytest.mark.parametrize(
    "base,version",
    [
        ("https://events.ippc.int", 3),
        ("http://127.0.0.1:8000", 3),
        ("https://a23456789.b23456", 3),  # 16 characters of host: 47 in all
        ("https://a23456789.b234567", 4),
        ("https://registration.events.ippc.int", 4),
        ("https://registration.events.of.the.secretariat.ippc.int", 5),
    ],
)
def test_the_symbol_is_read_as_the_address(base: str, version: int) -> None:
    address = badge_address(base, new_code())

    read = _read(svg(address, title="QR code"))

    assert read.text == address
    assert read.ec_level == "Q"
    assert symbol(address).modules == 17 + 4 * version


def test_strokes_are_dark_runs_of_each_row() -> None:
    drawn = symbol(badge_address("https://events.ippc.int", "A" * 20))

    assert drawn.strokes.startswith("M0 0h7M")
    assert "M0 1h1M6 1h1" in drawn.strokes
    assert drawn.view_box == "-4 -4.5 37 37"


def test_the_svg_has_a_name_and_no_style() -> None:
    markup = svg("HTTPS://EVENTS.IPPC.INT/B/" + "A" * 20, title='Code of "A" <b>')

    assert 'role="img"' in markup
    assert "<title>Code of &quot;A&quot; &lt;b&gt;</title>" in markup
    assert "style" not in markup
    assert "currentColor" not in markup
    assert "A" * 20 not in markup
