"""Sheets that a spreadsheet saved as text: tabs up to the last column, line breaks in quotes, merged cells left blank."""

from __future__ import annotations

import pytest
from keikaku.extractors.document import Grid, Prose
from keikaku.extractors.text import read_text
from keikaku.pipeline.journey import Source, read_document

_TITLE = "様式第２号\t\t\t\t\n第７期架空町障害福祉計画　進捗状況調書\t\t\t\t\n\t\t\t\t\n"
_GOAL = "Ⅰ　成果目標\t\t\t\t\n１　施設入所者の地域生活への移行\t\t\t\t\n"
_HEADS = "指標\t単位\t基準値（令和４年度末）\t目標値（令和８年度末）\t評価\n"
_ROWS = '施設入所者数\t人\t32\t30\t未達成\n地域生活移行者数\t人\t－\t"1,002"\t達成\n'


def _said(text: str) -> list[tuple[object, ...]]:
    found = read_document(Source("sheet.txt", text.encode())).observations
    return [
        (o.indicator, o.goal_number, o.measure, o.fiscal_year, o.value)
        for o in found
        if o.value is not None
    ]


_REMARKS = {
    "a sentence": "課題\t移行を希望する方は限られています。\t\t\t\n",
    "a sentence, and no tabs behind it": "課題\t移行を希望する方は限られています。\n",
    "a quote over two lines": '課題\t"移行を希望する方は限られています。\n意向を伺います。"\t\t\t\n',
    "a quote over a blank line": '課題\t"希望する方は限られています。\n\n""意向""を伺います。"\n',
    "a quote in the first cell": '"課題・\n今後の取組"\t移行を希望する方は限られています。\t\t\t\n',
}


@pytest.mark.parametrize("remark", _REMARKS.values(), ids=_REMARKS)
@pytest.mark.parametrize("mark", ["\t", ","])
def test_titles_and_remarks_are_no_rows_of_the_table(remark: str, mark: str) -> None:
    text = (_TITLE + _GOAL + _HEADS + _ROWS + remark).replace("\t", mark)
    assert _said(text) == [
        ("施設入所者数", 1, "baseline", 2022, 32),
        ("施設入所者数", 1, "target", 2026, 30),
        ("地域生活移行者数", 1, "target", 2026, 1002),
    ]


def test_grades_above_a_remark_stay_grades() -> None:
    text = _TITLE + _GOAL + _HEADS + _ROWS + _REMARKS["a sentence"]
    found = read_document(Source("sheet.txt", text.encode())).observations
    assert [o.text for o in found if o.status == "qualitative"] == ["未達成", "達成"]


_PLAIN: dict[str, str] = {
    "a quote that never ends": '課題\t"希望する方は限られています。\n意向を伺います。\t1\n',
    "words behind the quote": '課題\t"限られて\nいます"ので伺います。\t1\n',
    "no cells": '"希望する方は限られて\nいます。"\n',
}


@pytest.mark.parametrize("text", _PLAIN.values(), ids=_PLAIN)
def test_other_quotes_stand_as_printed(text: str) -> None:
    lines = [
        line
        for block in read_text(text)
        for part in ([c.lines for c in block.cells] if isinstance(block, Grid) else [block.lines])
        for line in part
    ]
    assert all("\n" not in line.text for line in lines)
    assert "".join(line.text for line in lines) == text.replace("\n", "").replace("\t", "")


def test_spans_speak_of_the_source() -> None:
    text = '課題\t"一つ目。\n 二つ目。"\t\n評価\t三つ目。\n'
    (grid,) = read_text(text)
    assert isinstance(grid, Grid)
    lines = [line for cell in grid.cells for line in cell.lines]
    assert [line.text for line in lines] == ["課題", "一つ目。", "二つ目。", "評価", "三つ目。"]
    assert all(text[line.span.char_start : line.span.char_end] == line.text for line in lines)


def test_a_row_of_one_cell_below_the_heads_stays_in_the_table() -> None:
    text = "区分\t令和６年度\t令和７年度\n訪問系\t\t\n居宅介護\t5\t6\n"
    (grid,) = read_text(text)
    assert isinstance(grid, Grid)
    assert grid.row_count == 3
    title, grid = read_text("表１　訪問系\t\t\n" + text)
    assert isinstance(title, Prose)
    assert isinstance(grid, Grid)
