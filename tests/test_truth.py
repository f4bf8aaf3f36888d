"""The samples say what a careful reader typed from the page: every figure, every paragraph.

Truth is typed by people (``tests/truth``, see ``truth.py`` for its form) and never written by the
program. A text edition must give exactly these rows in page order; the PDF edition the same rows
with the typed changes.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import truth
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.journey import read_document
from keikaku.pipeline.sidecar import read_source

ROOT = Path(__file__).parents[1]
TRUTH = ROOT / "tests" / "truth"
TEXTS = sorted(path for path in (ROOT / "samples").rglob("*.txt"))
PDFS = sorted(path for path in (ROOT / "samples").rglob("*.pdf"))


@cache
def records(document: Path) -> DocumentRecords:
    return read_document(read_source(document))


def typed(document: Path, table: str, columns: tuple[str, ...]) -> truth.TruthTable:
    """The truth of a text edition."""
    name = f"{document.stem}.{table}.tsv"
    return truth.read_table(TRUTH / document.parent.name / name, columns)


def typed_pdf(document: Path, table: str, columns: tuple[str, ...]) -> truth.TruthTable:
    """The truth of a PDF edition: its folder's text edition with the typed changes."""
    (text,) = document.parent.glob("*.txt")
    changes = TRUTH / document.parent.name / f"{document.stem}.pdf-only.{table}.tsv"
    return truth.read_edition(typed(text, table, columns), changes)


def name_of(document: Path) -> str:
    return document.parent.name


@pytest.mark.parametrize("document", TEXTS, ids=name_of)
def test_every_figure_of_the_text_edition(document: Path) -> None:
    table = typed(document, "observations", truth.OBSERVATION_COLUMNS)
    read = [truth.observation_row(row) for row in records(document).observations]
    said = truth.differences(table, read)
    assert not said, said


@pytest.mark.parametrize("document", TEXTS, ids=name_of)
def test_every_paragraph_of_the_text_edition(document: Path) -> None:
    table = typed(document, "narratives", truth.NARRATIVE_COLUMNS)
    read = [truth.narrative_row(row) for row in records(document).narratives]
    said = truth.differences(table, read)
    assert not said, said


@pytest.mark.parametrize("document", PDFS, ids=name_of)
def test_every_figure_of_the_pdf_edition(document: Path) -> None:
    table = typed_pdf(document, "observations", truth.OBSERVATION_COLUMNS)
    read = [truth.observation_row(row) for row in records(document).observations]
    said = truth.differences(table, read, ordered=False)
    assert not said, said


@pytest.mark.parametrize("document", PDFS, ids=name_of)
def test_every_paragraph_of_the_pdf_edition(document: Path) -> None:
    table = typed_pdf(document, "narratives", truth.NARRATIVE_COLUMNS)
    read = [truth.narrative_row(row) for row in records(document).narratives]
    said = truth.differences(table, read, ordered=False)
    assert not said, said


@pytest.mark.parametrize("document", TEXTS + PDFS, ids=lambda path: path.name)
def test_every_quote_stands_at_its_place(document: Path) -> None:
    """A text row's characters hold its quote; a PDF row has a page and a box on it."""
    read = records(document)
    source = None if document.suffix == ".pdf" else document.read_bytes().decode("utf-8")
    rows = (*read.observations, *read.narratives)
    assert rows
    for row in rows:
        if source is None:
            assert row.page is not None
            assert row.bbox is not None
        else:
            quote = "".join(source[row.char_start : row.char_end].split())
            assert "".join(row.raw.split()) in quote or row.status == "missing"
