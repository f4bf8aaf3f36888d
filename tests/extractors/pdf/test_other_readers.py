"""What camelot and pdfplumber are for: what is lost without each, and what they contradict."""

from __future__ import annotations

from typing import Any

import pytest
from keikaku.extractors.document import Grid
from keikaku.extractors.pdf import read_pdf, reader, stream
from keikaku.extractors.readers import read_source

from .conftest import FILES, document, grids, outline, rows, rules_of


def read(name: str) -> Any:
    """Read anew, not from the cache."""
    return read_pdf((FILES / f"{name}.pdf").read_bytes(), name=name, document_id=name)


@pytest.fixture
def text_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the readers of text had found no table, as they do where they cannot be sure."""
    monkeypatch.setattr(reader, "is_read_as_text", lambda *_: False)


@pytest.mark.usefixtures("text_is_not_asked")
def test_camelot_gives_the_columns_of_a_table_without_rules() -> None:
    blocks = read("borderless").blocks
    assert outline(blocks)[0] == "サービスの利用者数は次のとおりである。"
    assert outline(blocks)[-1] == "以上のとおり利用は増えている。"
    (grid,) = grids(blocks)
    assert grid.origin == "stream"
    assert rows(grid) == [
        ["区分", "令和3年度", "令和4年度", "令和5年度"],
        ["就労移行支援", "149人", "169人", "191人"],
        ["就労定着支援", "54人", "56人", "1,058人"],
        ["共同生活援助", "208人", "―", "228人"],
    ]


def test_camelot_gives_the_columns_between_lying_rules_inside_a_cell() -> None:
    (outer,) = grids(document("lying_rules").blocks)
    holder = outer.cells[-1]
    assert outline(holder.blocks) == ["【実績】", "grid 4x3", "※各年度3月末時点"]
    assert rows(grids(holder.blocks)[0]) == [
        ["区分", "令和3年度", "令和4年度"],
        ["移行者数", "2人", "３人"],
        ["入所者数", "269人", "274人"],
        ["達成率", "50%", "75.5%"],
    ]


def test_camelot_is_not_asked_for_what_is_read_as_text() -> None:
    read_as_lines = document("borderless")
    assert grids(read_as_lines.blocks) == []
    assert rules_of("borderless") == []
    found = read_source((FILES / "borderless.pdf").read_bytes(), "borderless.pdf")
    (grid,) = grids(found.blocks)
    assert grid.origin == "aligned"
    assert [cell.text for cell in grid.cells if cell.row == 3] == [
        "共同生活援助",
        "208人",
        "―",
        "228人",
    ]


@pytest.mark.usefixtures("text_is_not_asked")
@pytest.mark.parametrize("name", ["borderless", "lying_rules"])
def test_without_camelot_the_table_is_lost(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "read_columns", lambda *_: [])
    without = read(name)
    assert not [grid for grid in _all_grids(without.blocks) if grid.origin == "stream"]
    assert "table_without_rules_unread" in [notice.rule for notice in without.notices]


def test_pdfplumber_gives_the_table_whose_corners_are_open() -> None:
    (grid,) = grids(document("open_corners").blocks)
    assert grid.origin == "plumber"
    assert rows(grid) == [["区分", "人数"], ["移行者", "12人"]]


def test_without_pdfplumber_that_table_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "is_unexplained", lambda _: False)
    assert grids(read("open_corners").blocks) == []


@pytest.mark.usefixtures("text_is_not_asked")
def test_readers_that_disagree_on_a_figure_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = stream.read_columns

    def misread(*arguments: Any) -> Any:
        return [
            (lattice, tuple(tuple(w.replace("149", "194") for w in row) for row in words))
            for lattice, words in honest(*arguments)
        ]

    monkeypatch.setattr(reader, "read_columns", misread)
    (notice,) = read("borderless").notices
    assert (notice.rule, notice.severity) == ("readers_disagree", "warning")
    assert notice.detail == "we read '149人', camelot '194人'"
    assert notice.span.page == 1


@pytest.mark.usefixtures("text_is_not_asked")
def test_a_reader_that_fails_costs_its_opinion_not_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: Any) -> None:
        raise KeyError("DescendantFonts")

    monkeypatch.setattr(reader, "read_columns", fail)
    left = read("borderless")
    assert [notice.rule for notice in left.notices] == ["second_reader_failed"]
    assert "149人" in outline(left.blocks)


def test_figures_torn_by_a_border_are_checked_by_the_second_reader() -> None:
    (notice,) = document("torn_figure").notices
    assert (notice.rule, notice.severity) == ("readers_disagree", "warning")
    assert "'2024'" in notice.detail


@pytest.mark.parametrize(
    "name", ["spans", "rectangles", "one_path", "fake_bold", "joined", "calc_narrow", "split_label"]
)
def test_pdfplumber_reads_the_same_words_in_the_same_boxes(name: str) -> None:
    """The oracle: pdfplumber's own characters in each of our cells, page by page."""
    import pdfplumber

    with pdfplumber.open(FILES / f"{name}.pdf") as pdf:
        for grid in _all_grids(document(name).blocks):
            for cell in grid.cells:
                if cell.span.page is None or cell.row_span > 1:
                    continue
                page = pdf.pages[cell.span.page - 1].dedupe_chars(tolerance=0.6)
                theirs = page.crop(cell.span.bbox, strict=False).extract_text() or ""
                assert _solid(theirs) == _solid(cell.text)


def _solid(text: str) -> str:
    return "".join(text.split())


def _all_grids(blocks: Any) -> list[Grid]:
    found = []
    for grid in grids(blocks):
        found.append(grid)
        for cell in grid.cells:
            found += _all_grids(cell.blocks)
    return found
