"""A PDF of typst made smaller: objects without a stream go into object streams (ISO 32000-1, 7.5.7).

typst writes each tag for assistive technology as an object of its own, uncompressed: a third of a file
of badges.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from itertools import pairwise

_OBJECTS_A_STREAM = 200
_ENTRY = re.compile(rb"(\d{10}) \d{5} n")


def packed(pdf: bytes) -> bytes:
    """The same document, about two thirds of the size. `pdf` has a plain table of objects, as of typst."""
    table = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    head = pdf[: pdf.index(b"1 0 obj\n")]
    streams: dict[int, bytes] = {}
    plain: dict[int, bytes] = {}
    for number, body in _objects(pdf, table):
        (streams if body.endswith(b"endstream") else plain)[number] = body
    size = 1 + max([*streams, *plain])
    # Where each object is: (2, its object stream, its place there) or (1, its offset, 0).
    where: dict[int, tuple[int, int, int]] = {}
    numbers = sorted(plain)
    for first in range(0, len(numbers), _OBJECTS_A_STREAM):
        members = numbers[first : first + _OBJECTS_A_STREAM]
        streams[size] = _object_stream([(number, plain[number]) for number in members])
        where |= {number: (2, size, place) for place, number in enumerate(members)}
        size += 1
    out = bytearray(head)
    for number, body in streams.items():
        where[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    where[size] = (1, len(out), 0)
    entries = b"".join(struct.pack(">BIH", *where.get(number, (0, 0, 0))) for number in range(size + 1))
    trailer = re.sub(rb"/Size \d+", b"", pdf[table:].split(b"trailer\n<<")[1].split(b">>")[0])
    start = len(out)
    keys = b"/Type/XRef/W[1 4 2]/Size %d%b" % (size + 1, trailer)
    out += b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF" % (size, _stream(keys, entries), start)
    return bytes(out)


def _objects(pdf: bytes, table: int) -> Iterator[tuple[int, bytes]]:
    """The number and the body of each object."""
    starts = sorted(int(offset) for offset in _ENTRY.findall(pdf, table))
    for start, end in pairwise([*starts, table]):
        number, _, body = pdf[start:end].partition(b" 0 obj\n")
        yield int(number), body.rstrip().removesuffix(b"endobj").rstrip()


def _object_stream(members: list[tuple[int, bytes]]) -> bytes:
    index, bodies = [], b""
    for number, body in members:
        index.append(b"%d %d" % (number, len(bodies)))
        bodies += body + b"\n"
    head = b" ".join(index) + b"\n"
    return _stream(b"/Type/ObjStm/N %d/First %d" % (len(members), len(head)), head + bodies)


def _stream(keys: bytes, content: bytes) -> bytes:
    deflated = zlib.compress(content, 9)
    return b"<<%b/Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (keys, len(deflated), deflated)
