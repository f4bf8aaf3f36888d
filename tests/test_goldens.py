"""The samples still read as they did when a person last read the goldens beside the page.

Nothing is written here. A difference, a sample without golden and a golden without sample all fail;
``keikaku golden`` prints the same differences, ``keikaku golden --update`` accepts them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from keikaku.pipeline import golden
from keikaku.pipeline.sources import find_sources

ROOT = Path(__file__).parents[1]
SAMPLES, GOLDEN = ROOT / "samples", ROOT / "tests" / "golden"
DOCUMENTS = [Path(file.location) for file in find_sources([str(SAMPLES)]).files]


@cache
def texts() -> dict[Path, str]:
    return golden.texts_of(SAMPLES, GOLDEN)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_document_reads_as_its_golden(document: Path) -> None:
    path = golden.golden_path(document, SAMPLES.resolve(), GOLDEN)
    assert path.is_file(), "no golden: keikaku golden --update, then read it beside the page"
    expected = golden.Comparison(path, path.read_text(encoding="utf-8"), texts()[path])
    assert expected.is_equal, expected.diff()


def test_no_golden_is_an_orphan() -> None:
    assert {path for path in GOLDEN.rglob("*") if path.is_file()} <= set(texts())
