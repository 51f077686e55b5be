"""Reading what is printed: pages as pictures, the QR symbols and the words on them."""

from collections.abc import Iterator
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image


def pages(pdf: bytes, pixels_a_point: float = 2) -> Iterator[Image.Image]:
    """Each page as a picture."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        yield page.render(scale=pixels_a_point).to_pil()
    document.close()


def symbols(picture: Image.Image) -> list[Any]:
    """The QR symbols on a picture, row by row."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return sorted(found, key=lambda symbol: (symbol.position.top_left.y // 50, symbol.position.top_left.x))


def codes(pdf: bytes) -> list[str]:
    """The text of each symbol, page by page and row by row."""
    return [symbol.text for picture in pages(pdf) for symbol in symbols(picture)]


def text_of(pdf: bytes, page: int = 0) -> str:
    """The words of a page, as one copies them, without the places where a long one may break."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[page].get_textpage().get_text_bounded()
    document.close()
    return text.replace("\r\n", "\n").replace("\u200b", "")
