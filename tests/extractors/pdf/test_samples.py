"""The two published sheets as PDF: their shape, their boxes, and the words of the text editions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from keikaku.extractors.document import Block, Document, Grid, Line
from keikaku.extractors.pdf import read_pdf

from .conftest import SAMPLES, grids, proses, rows

AKISHIMA = SAMPLES / "132071_akishima"
SHINAGAWA = SAMPLES / "131091_shinagawa"
SHEETS = [
    (AKISHIMA / "akishima_sheet.pdf", AKISHIMA / "000_3fa8d1cbbd840f3a.txt"),
    (SHINAGAWA / "shinagawa_sheet.pdf", SHINAGAWA / "004_4cdc448c7186999f.txt"),
]
RESTORED = {"第2期障害児福祉計画目標等管理シート"}
"""Printed in the PDF; the text edition lost it."""


@cache
def sheet(path: Path) -> Document:
    return read_pdf(path.read_bytes(), name=path.name, document_id="x")


def plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize(("pdf", "text"), SHEETS)
def test_every_paragraph_stands_in_the_text_edition(pdf: Path, text: Path) -> None:
    edition = plain(re.sub(r"<[^>]+>", "", text.read_text(encoding="utf-8")))
    words = {plain("".join(line.text for line in p.lines)) for p in proses(sheet(pdf).blocks)}
    assert {each for each in words if each not in edition} <= RESTORED


@pytest.mark.parametrize(("pdf", "pages"), [(SHEETS[0][0], 17), (SHEETS[1][0], 13)])
def test_nothing_is_reported_and_every_page_is_read(pdf: Path, pages: int) -> None:
    document = sheet(pdf)
    assert document.notices == ()
    assert document.page_count == pages
    assert {line.span.page for line in _lines(document.blocks)} == set(range(1, pages + 1))


@pytest.mark.parametrize(("pdf", "_text"), SHEETS)
def test_no_character_is_lost_or_read_twice(pdf: Path, _text: Path) -> None:
    ours = sorted("".join(plain(line.text) for line in _lines(sheet(pdf).blocks)))
    document = pypdfium2.PdfDocument(pdf)
    bare = "".join(page.get_textpage().get_text_range() for page in document)
    assert ours == sorted(plain(bare))


@pytest.mark.parametrize(("pdf", "_text"), SHEETS)
def test_a_line_s_box_holds_that_line_and_no_other(pdf: Path, _text: Path) -> None:
    """PDFium's own words inside each box, the outer points left out."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [(page, page.get_textpage(), page.get_height()) for page in document]
    for line in _lines(sheet(pdf).blocks):
        _page, words, height = pages[line.span.page - 1]  # type: ignore[operator]
        x0, top, x1, bottom = line.span.bbox  # type: ignore[misc]
        inside = words.get_text_bounded(x0 - 0.5, height - bottom + 1, x1 + 0.5, height - top - 1)
        assert plain(line.text) in plain(inside).replace("\ufffe", "")


def test_the_outer_form_holds_its_tables_in_reading_order() -> None:
    form = grids(sheet(SHEETS[1][0]).blocks)[0]
    holder = form.cells[-1]
    kinds = ["grid" if isinstance(block, Grid) else block.lines[0].text for block in holder.blocks]
    assert kinds == [
        "【実績】",
        "*各年度３月末時点、ただし令和５年度は1月末時点",
        "grid",
        "【主な活動指標(サービス利用実績)】",
        "grid",
        "※[ ]内は精神障害者の内数",
    ]
    assert form.cells[2].text == "計\n画\n（P）\n↓\n実\n施\n（D）"
    services = grids(holder.blocks)[1]
    assert rows(services)[:3] == [
        ["区分 2x1", "単位 2x1", "R3年度 1x2", "R4年度 1x2", "R5年度 1x2"],
        ["見込", "実績", "見込", "実績", "見込", "実績"],
        ["共同生活援助", "人/月", "208\n[67]", "246\n[94]", "218\n[70]", "258\n[108]", "228\n[73]", "275\n[140]"],
    ]  # fmt: skip


def test_superscripts_stay_in_their_line() -> None:
    results = grids(grids(sheet(SHEETS[1][0]).blocks)[0].cells[-1].blocks)[0]
    assert rows(results)[0] == ["区分", "R3年度*¹", "R4年度", "R5年度"]


def test_cells_crossed_out_are_struck() -> None:
    forms = [g for g in grids(sheet(SHEETS[0][0]).blocks) if rows(g)[0][0].startswith("成果目標")]
    assert rows(forms[1])[-1] == ["令和5年度", "", "", ""]
    assert [cell.struck for cell in forms[1].cells[-4:]] == [False, True, True, True]


def test_forms_on_following_pages_stay_apart() -> None:
    """Seven goals: a form and its evaluations each, never one table."""
    heads = [rows(grid)[0][0].split(" ")[0] for grid in grids(sheet(SHEETS[1][0]).blocks)]
    assert heads == ["成果目標", "区分"] * 7


def _lines(blocks: tuple[Block, ...]) -> Iterator[Line]:
    for prose in proses(blocks):
        yield from prose.lines
