"""Files that look small and are not: what a hostile or broken publisher may put in the folder."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "samples"


def flate_bomb(layers: int = 1, size: int = 1 << 30) -> bytes:
    """A page whose content stream unpacks to `size` bytes, packed `layers` times."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(size >> 20)) + packer.flush()
    for _ in range(layers - 1):
        packed = zlib.compress(packed, 9)
    filters = b"[" + b"/FlateDecode " * layers + b"]"
    stream = b"<< /Length %d /Filter %s >>\nstream\n" % (len(packed), filters) + packed
    return _pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        stream + b"\nendstream",
    )


def page_tree_loop() -> bytes:
    """A page tree whose branch is its own child."""
    return _pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 4 >>",
    )


def page_count(count: int = 10**9) -> bytes:
    """One page that is said to be a thousand million."""
    return _pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count %d >>" % count,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )


def _pdf(*objects: bytes) -> bytes:
    """Objects numbered from 1, the first the catalog."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    )


HEAD = "<h1>第6期障害福祉計画</h1><h2>成果目標1 施設入所者の地域生活への移行</h2>"

BOMBS: dict[str, Callable[[], bytes]] = {
    "flate_1_gib.pdf": flate_bomb,
    "flate_nested.pdf": lambda: flate_bomb(layers=3),
    "page_tree_loop.pdf": page_tree_loop,
    "page_count.pdf": page_count,
    "nested_divs.html": lambda: (HEAD + "<div>" * 200_000 + "x").encode(),
    "nested_tables.html": lambda: (HEAD + "<table><tr><td>" * 50_000 + "1人").encode(),
    "spans.html": lambda: (
        HEAD + '<table><tr><td colspan="1000000" rowspan="1000000">1人</td></tr></table>' * 20
    ).encode(),
    "long_line.txt": lambda: ("第6期障害福祉計画 目標値 " + "1人 " * 25_000_000).encode(),
    "million_cells.html": lambda: (
        HEAD + "<table>" + ("<tr>" + "<td>1人</td>" * 100 + "</tr>") * 10_000 + "</table>"
    ).encode(),
    "million_rows.txt": lambda: (
        "第6期障害福祉計画\n目標値\n" + "施設入所者\t１人\t２人\n" * 1_000_000
    ).encode(),
}


def mutants(sample: Path, count: int, seed: int) -> dict[str, bytes]:
    """Copies of a sample with bytes changed, cut out, doubled, or the end missing.

    Of a text, two in three have letters changed instead: one odd byte makes most texts undecodable.
    """
    chance, data = random.Random(seed), sample.read_bytes()
    made = {}
    for number in range(count):
        name = f"{sample.stem}-{number:04}{sample.suffix}"
        if sample.suffix == ".pdf" or number % 3 == 0:
            made[name] = bytes(_mutant(list(data), chance, 256))
        else:
            letters = _mutant([ord(letter) for letter in data.decode("utf-8")], chance, 0xD7FF)
            made[name] = "".join(map(chr, letters)).encode("utf-8")
    return made


def _mutant(units: list[int], chance: random.Random, largest: int) -> list[int]:
    """A list of bytes or letters with up to twelve changes."""
    for _ in range(chance.randint(1, 12)):
        start = chance.randrange(len(units))
        stop = min(len(units), start + chance.choice((1, 1, 4, 64, 1000)))
        deed = chance.randrange(5)
        if deed == 0:
            units[start:stop] = [chance.randrange(largest) for _ in range(stop - start)]
        elif deed == 1:
            del units[start + 1 : stop + 1]
        elif deed == 2:
            units[start:start] = units[start:stop]
        elif deed == 3:
            units[start] = (units[start] ^ (1 << chance.randrange(7))) % largest
        elif chance.random() < 0.2:
            del units[start + 1 :]
    return units
