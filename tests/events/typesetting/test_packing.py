import io
import re

from pypdf import PdfReader
from pypdf.generic import StreamObject

from events.typesetting.packing import packed


def _plain(objects: list[bytes]) -> bytes:
    out, offsets = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (len(objects) + 1, table, trailer)


def test_every_object_is_found_again() -> None:
    content = b"9 0 obj\nendobj\nendstream in the data \xff\r\n"
    stream = b"<</Length %d>>\nstream\n%b\nendstream" % (len(content), content)
    tags = [b"<</Type/StructElem/S/P/ID(%d)>>" % number for number in range(450)]
    plain = _plain(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
            stream,
            *tags,
        ]
    )

    small = packed(plain)
    reader = PdfReader(io.BytesIO(small), strict=True)

    assert len(small) < len(plain) / 4
    assert len(reader.pages) == 1
    kept = reader.get_object(4)
    assert isinstance(kept, StreamObject)
    assert kept._data == content
    assert [reader.get_object(5 + number)["/ID"] for number in range(450)] == [str(n) for n in range(450)]
    assert len(re.findall(rb"/Type/ObjStm", small)) == 3
