"""What `keikaku show` prints for each stage, from hand-made documents."""

from __future__ import annotations

from keikaku.extractors.document import (
    Cell,
    Document,
    Fault,
    Grid,
    Heading,
    Line,
    Notice,
    Prose,
    Span,
)
from keikaku.extractors.entries import Entry, Evidence, GoalHead, Label, Place, TextBox
from keikaku.extractors.heads import Role
from keikaku.extractors.ledger import Fate, LedgerRow
from keikaku.pipeline import stages


def line(text: str, start: int) -> Line:
    return Line(text, Span(start, start + len(text)))


def cell(row: int, column: int, text: str, start: int, *inner: Grid) -> Cell:
    words = (Prose((line(text, start),)),) if text else ()
    return Cell(row, column, 1, 1, (*words, *inner), Span(start, start + len(text)))


INNER = Grid((cell(0, 0, "3人", 50),), 1, 1, Span(50, 52), "html")
OUTER = Grid(
    (cell(0, 0, "実績", 40, INNER), Cell(0, 1, 2, 1, (), Span(60, 60), struck=True)),
    1,
    2,
    Span(40, 60),
    "html",
    faults=(Fault("short_row", 0, "1 of 2 cells", Span(40, 60)),),
)
DOCUMENT = Document(
    document_id="0" * 64,
    source_name="sheet.txt",
    media_type="text/plain",
    byte_size=60,
    page_count=None,
    text="",
    blocks=(Heading(2, (line("成果目標 1", 0),)), Prose((line("評価", 20),), is_item=True), OUTER),
    extractor="text",
    notices=(Notice("no_text_layer", "warning", "page 2", Span(page=2)),),
)
PLACE = Place(GoalHead(1, "地域移行", Span(0, 6)), None, "actual", "地域生活移行者数")
ENTRY = Entry(
    place=PLACE,
    text="3人",
    span=Span(50, 52),
    labels=(
        Label("移行者数", ("移行者数",), Span(30, 34)),
        Label("就労A型", ("就労A型",), Span(34, 38)),
    ),
    measure=Role.ACTUAL,
    units=("人",),
    evidence=(Evidence("measure", "column head", "実績", Span(40, 42)),),
)


def test_the_document_is_listed_with_what_its_cells_hold() -> None:
    assert stages.document_listing(DOCUMENT).rows == (
        ("0-6", "heading 2", "成果目標 1"),
        ("20-22", "item", "評価"),
        ("40-60", "table (html)", "1 rows, 2 columns"),
        ("40-60", "fault short_row", "1 of 2 cells"),
        ("40-42", "  cell r1 c1", "実績"),
        ("50-52", "    table (html)", "1 rows, 1 columns"),
        ("50-52", "      cell r1 c1", "3人"),
        ("60-60", "  cell r1 c2 (2×1) struck out", ""),
        ("p2", "warning no_text_layer", "page 2"),
    )


def test_entries_and_their_reasons() -> None:
    text = TextBox(PLACE, "evaluation", (Prose((line("達成した。", 70),)),), Span(70, 75))
    listing = stages.entry_listing((ENTRY,), (text,), why=True)
    path = "地域生活移行者数 › 移行者数 › 就労A型"
    assert listing.rows == (
        ("50-52", "1", "actual", path, "actual", "", "人", "3人"),
        ("40-42", "", "", "  measure ← column head", "", "", "", "実績"),
        ("70-75", "1", "evaluation", "", "", "", "", "達成した。"),
    )
    assert len(stages.entry_listing((ENTRY,), (), why=False).rows) == 1


def test_the_ledger_adds_up() -> None:
    ledger = (
        LedgerRow("実績", Span(40, 42), Fate.LABEL, "head"),
        LedgerRow("3人", Span(50, 52), Fate.ENTRY, "figure"),
        LedgerRow("1", Span(60, 61), Fate.IGNORED, "page number"),
    )
    rows = stages.ledger_listing(ledger).rows
    assert rows[2] == ("60-61", "ignored", "page number", "1")
    assert [(row[1], row[3]) for row in rows[3:]] == [
        ("entry", "1"),
        ("ignored", "1"),
        ("label", "1"),
        ("sum", "3"),
    ]
