"""What is left of a PDF that was cut off (途中で切れたファイル): its whole pages, in a new frame.

The list of pages and the table of objects stand at the end of a file, so a cut file loses them
first while most pages are still there. The objects that are whole are looked up by their marks,
those packed into object streams are unpacked (within bounds), and a new page tree is written over
the page objects that are found. PDFium then reads the result like any damaged file.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,7}) [0-9]{1,5} obj\b")
PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
REFERENCE = re.compile(rb"([0-9]{1,7}) [0-9]{1,5} R")
SIZE = re.compile(rb"/MediaBox\s*\[[^\]]*\]")
PACKED = re.compile(rb"/Type\s*/ObjStm")
MOST_UNPACKED = 50_000_000
"""Bytes that object streams may unpack to, all together."""


def salvage(data: bytes) -> bytes | None:
    """A file whose page tree holds the pages that are whole; None when no page is."""
    objects = dict(_whole_objects(data))
    unpacked = dict(_unpacked(objects))
    pages = [
        number
        for number, body in (objects | unpacked).items()
        if PAGE.search(_dictionary(body)) and b"/Encrypt" not in body
    ]
    if not pages:
        return None
    order = {number: place for place, number in enumerate(_kids(objects | unpacked))}
    pages.sort(key=lambda number: order.get(number, len(order)))
    return _rewritten(data, unpacked, pages)


def _whole_objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    marks = list(OBJECT.finditer(data))
    for place, mark in enumerate(marks, start=1):
        end = marks[place].start() if place < len(marks) else len(data)
        body = data[mark.end() : end]
        close = body.rfind(b"endobj")
        if close >= 0:
            yield int(mark[1]), body[:close]


def _dictionary(body: bytes) -> bytes:
    return body.split(b"stream", 1)[0]


def _unpacked(objects: dict[int, bytes]) -> Iterator[tuple[int, bytes]]:
    """The objects inside object streams (PDF 1.5, as Word and Excel write them)."""
    room = MOST_UNPACKED
    for body in objects.values():
        head = _dictionary(body)
        first = re.search(rb"/First\s+([0-9]+)", head)
        if not PACKED.search(head) or first is None or b"FlateDecode" not in head:
            continue
        packed = body[len(head) + len(b"stream") :].lstrip(b"\r\n")
        try:
            plain = zlib.decompressobj().decompress(packed, room)
        except zlib.error:
            continue
        room = max(room - len(plain), 1)
        numbers = [int(each) for each in plain[: int(first[1])].split() if each.isdigit()]
        starts = [int(first[1]) + offset for offset in numbers[1::2]]
        for number, start, end in zip(numbers[::2], starts, [*starts[1:], None], strict=False):
            yield number, plain[start:end]


def _kids(objects: dict[int, bytes]) -> list[int]:
    return [
        int(reference[1])
        for body in objects.values()
        for kids in KIDS.findall(_dictionary(body))
        for reference in REFERENCE.finditer(kids)
    ]


def _rewritten(data: bytes, unpacked: dict[int, bytes], pages: list[int]) -> bytes:
    root = max([*unpacked, *(int(mark[1]) for mark in OBJECT.finditer(data))]) + 1
    size = SIZE.search(data)
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    tree = b"<< /Type /Pages /Count %d /Kids [%s] %s >>" % (
        len(pages),
        kids,
        size[0] if size else b"/MediaBox [0 0 595 842]",
    )
    added = {**unpacked, root: b"<< /Type /Catalog /Pages %d 0 R >>" % (root + 1), root + 1: tree}
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in added.items())
    trailer = b"trailer\n<< /Root %d 0 R /Size %d >>\nstartxref\n0\n%%%%EOF\n" % (root, root + 2)
    return b"%s\nendobj\n%s%s" % (data, body, trailer)
