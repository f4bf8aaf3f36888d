"""The compiled steps and their definitions in Python read the same, to the last bit.

Every PDF of the tests, and pages drawn at random, are read in two processes: as it is, and as on a
machine where keikaku was installed without a C compiler. `repr` shows each coordinate with all its
digits.
"""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from keikaku.extractors.pdf import engine, glyphs, holders, lattice, paragraphs, rules
from keikaku.extractors.pdf.compiled import IS_COMPILED
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from .conftest import FILES, SAMPLES

C_FILES = sorted(Path(engine.__file__).parent.glob("*.c"))
READ_ALL = """
import hashlib, json, sys
from pathlib import Path

if sys.argv[1] == "python":
    sys.modules["keikaku.extractors.pdf._calls"] = None
    sys.modules["keikaku.normalizers._quickly_made"] = None

from keikaku.extractors.pdf.compiled import IS_COMPILED
from keikaku.extractors.pdf.reader import read_pdf
from keikaku.normalizers import quickly_made
from keikaku.pipeline.journey import Source, read_document

assert IS_COMPILED == quickly_made.IS_COMPILED == (sys.argv[1] == "compiled")


def read(name):
    data = Path(name).read_bytes()
    try:
        yield repr(read_pdf(data, name="x", document_id="x"))
        yield repr(read_document(Source("x", data)))
    except Exception as error:
        yield f"{type(error).__name__}: {error}"


digests = {
    name: [hashlib.sha256(text.encode()).hexdigest() for text in read(name)]
    for name in sys.argv[2:]
}
print(json.dumps(digests))
"""


def test_the_steps_are_compiled_here() -> None:
    assert IS_COMPILED, "keikaku was installed without its compiled modules: see docs/pdf.md"


def drawn_at_random(seed: int) -> bytes:
    """One page of rules, bars, shapes, forms and words, some of them slanted, some turned."""
    chance = random.Random(seed)
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    sink = io.BytesIO()
    canvas = Canvas(sink, pagesize=(400, 300), pageCompression=0, invariant=1)
    canvas.setPageRotation(chance.choice((0, 0, 90, 180, 270)))
    canvas.beginForm("form", 0, 0, 200, 150)
    draw(canvas, chance, 20)
    canvas.endForm()
    draw(canvas, chance, chance.randrange(5, 120))
    for _ in range(chance.randrange(3)):
        canvas.saveState()
        canvas.transform(*(chance.uniform(-1.2, 1.2) for _ in range(4)), 100, 50)
        canvas.doForm("form")
        canvas.restoreState()
    canvas.showPage()
    canvas.save()
    return sink.getvalue()


def draw(canvas: Canvas, chance: random.Random, count: int) -> None:
    """Things on a raster of 5 points or beside it."""

    def place(most: int) -> float:
        return 5 * chance.randrange(most // 5) + chance.choice((0, 0, 0, 0.3, 1.7, 2.6))

    for _ in range(count):
        x, y, wide, high = place(400), place(300), place(200), place(100)
        canvas.setLineWidth(chance.choice((0.3, 1, 2.5)))
        match chance.randrange(9):
            case 0 | 1:
                canvas.line(x, y, x + wide, y)
            case 2 | 3:
                canvas.line(x, y, x, y + high)
            case 4:
                stroke, fill = chance.choice(((1, 0), (0, 1), (1, 1)))
                canvas.rect(x, y, wide, chance.choice((1, high)), stroke=stroke, fill=fill)
            case 5:
                canvas.grid([x, x + 20, x + 60, x + wide + 61], [y, y + 14, y + 30, y + 31])
            case 6:
                path = canvas.beginPath()
                path.moveTo(x, y)
                for _ in range(chance.randrange(1, 6)):
                    path.lineTo(x + place(60), y + place(60))
                path.curveTo(x, y, x + wide, y, x + wide, y + high)
                canvas.drawPath(path, stroke=chance.randrange(2), fill=chance.randrange(2))
            case _:
                canvas.saveState()
                canvas.translate(x, y)
                canvas.rotate(chance.choice((0, 0, 0, 0, 90, 180, 270, 30)))
                canvas.setFont(chance.choice(("HeiseiMin-W3", "Helvetica")), place(14) + 4)
                letters = "計画の目標値 実績　12,345ab-。（）"
                words = "".join(chance.choices(letters, k=chance.randrange(1, 15)))
                for _ in range(chance.choice((1, 1, 1, 3))):
                    canvas.drawString(0.2 * chance.random(), 0, words)
                canvas.restoreState()


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """What each way reads of each file."""
    folder = tmp_path_factory.mktemp("random")
    for seed in range(60):
        (folder / f"random_{seed}.pdf").write_bytes(drawn_at_random(seed))
    files = sorted([*FILES.glob("*.pdf"), *SAMPLES.glob("*/*.pdf"), *folder.glob("*.pdf")])
    runs = {
        way: subprocess.Popen(
            [sys.executable, "-c", READ_ALL, way, *map(str, files)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for way in ("compiled", "python")
    }
    return {way: json.loads(run.communicate()[0]) for way, run in runs.items()}


def test_both_read_the_same(readings: dict[str, dict[str, list[str]]]) -> None:
    compiled, python = readings["compiled"], readings["python"]
    assert len(compiled) > 90
    assert [Path(name).name for name in compiled if compiled[name] != python[name]] == []


def numbers_in_c() -> Iterator[tuple[str, str, float]]:
    """File, name and value of every number that a file in C names."""
    for path in C_FILES:
        for name, value in re.findall(r"^#define (\w+) ([\w.]+)", path.read_text(), re.MULTILINE):
            yield path.name, name, float(int(value, 16) if "x" in value else value)


def test_the_numbers_are_those_of_python() -> None:
    modules = (engine, glyphs, holders, lattice, paragraphs, rules)
    in_python = {
        name: value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, int | float)
    }
    found = list(numbers_in_c())
    assert len(found) > 15
    assert [one for one in found if in_python.get(one[1]) != one[2]] == []


SOME = np.zeros(3)
ROOM = np.ones(2, dtype=bool)
GLYPHS = glyphs.Glyphs(np.full(3, 0x41), SOME, SOME + 1, SOME, SOME + 1, SOME, np.arange(3))


@pytest.mark.skipif(not IS_COMPILED, reason="numpy refuses otherwise")
@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: glyphs.glyphs_to_lines(GLYPHS, np.full(3, 7), ROOM), IndexError),
        (lambda: glyphs.glyphs_to_lines(GLYPHS, np.full(2, 0), ROOM), ValueError),
        (lambda: glyphs.glyphs_to_lines(GLYPHS, SOME, ROOM), TypeError),
        (lambda: rules.segments_to_rules(np.zeros((5, 4))[:, ::2]), ValueError),
        (lambda: rules.segments_to_rules(np.zeros((5, 4), dtype=np.float32)), TypeError),
    ],
)
def test_what_does_not_fit_is_refused(call: Any, error: type[Exception]) -> None:
    """C looks at sizes, kinds and numbers before it looks at memory."""
    with pytest.raises(error):
        call()


def test_what_is_no_number_stops_nothing() -> None:
    """A damaged file may place its print nowhere; the lines are then of no use, but they are made."""
    nowhere = np.full(3, np.nan)
    lost = glyphs.Glyphs(GLYPHS.codes, nowhere, nowhere, nowhere, nowhere, nowhere, GLYPHS.index)
    assert "".join(line.text for line in glyphs.glyphs_to_lines(lost, np.full(3, -1), ROOM))
    assert len(rules.segments_to_rules(np.full((5, 4), np.nan)).lying) == 0
