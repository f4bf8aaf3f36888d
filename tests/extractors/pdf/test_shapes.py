"""Each shape of table that municipalities print, with the truth of its cells."""

from __future__ import annotations

import unicodedata

import pytest
from keikaku.extractors.document import Grid

from .conftest import document, grids, outline, rows, rules_of

ACTUALS = [
    ["区分", "令和3年度", "令和4年度"],
    ["移行者数", "2人", "３人"],
    ["入所者数", "269人", "274人"],
]


def only_grid(name: str) -> Grid:
    (grid,) = grids(document(name).blocks)
    return grid


def test_merged_cells_span_rows_and_columns() -> None:
    assert rows(only_grid("spans")) == [
        ["区分 2x2", "第6期 1x2"],
        ["R3", "R4"],
        ["移行者 2x1", "目標値", "―", "4人"],
        ["実績値", "0人", "▲4人"],
    ]


@pytest.mark.parametrize(
    "name",
    [
        "rectangles",  # a bar for each side of each cell
        "one_path",  # all rules in one path of a form XObject
        "dashed",  # each dash a stroke; a double rule under the head
        "rotate_90",
        "rotate_270",
        "sideways",  # characters turned on an upright page
    ],
)
def test_the_same_table_however_drawn(name: str) -> None:
    assert rows(only_grid(name)) == ACTUALS


@pytest.mark.parametrize(
    ("name", "box"),
    [
        ("rotate_90", (40.0, 40.0, 140.0, 60.0)),
        ("rotate_270", (40.0, 40.0, 140.0, 60.0)),
        ("sideways", (40.0, 260.0, 60.0, 360.0)),
    ],
)
def test_boxes_are_of_the_page_as_shown(name: str, box: tuple[float, ...]) -> None:
    first = only_grid(name).cells[0]
    assert first.text == "区分"
    assert first.span.bbox == pytest.approx(box, abs=0.6)


def test_a_nested_table_keeps_its_place_and_the_parent_its_own_words() -> None:
    holder = only_grid("nested").cells[-1]
    assert outline(holder.blocks) == ["【実績】", "grid 3x3", "※[ ]内は内数", "【活動指標】"]
    assert holder.text == "【実績】\n※[ ]内は内数\n【活動指標】"
    assert rows(grids(holder.blocks)[0]) == ACTUALS


def test_a_stacked_label_is_one_cell_of_lines() -> None:
    assert only_grid("nested").cells[2].text == "計\n画\n↓\n実\n施"


def test_a_nested_table_close_to_the_outer_rules_is_not_fused() -> None:
    holder = only_grid("nested_close").cells[-1]
    assert outline(holder.blocks) == ["grid 3x3", "注記"]


def test_diagonal_strokes_strike_cells_out() -> None:
    """A stroke, and a thin filled strip over two cells."""
    struck = [(cell.row, cell.column) for cell in only_grid("diagonals").cells if cell.struck]
    assert struck == [(1, 1), (2, 1), (2, 2)]


def test_fake_bold_counts_once_and_real_doubles_stay() -> None:
    assert rows(only_grid("fake_bold")) == [["目標値110人", "事業所数"], ["11", "ーー"]]


def test_radicals_leave_as_printed() -> None:
    assert rows(only_grid("radicals")) == [["利⽤者数（⼈⼝）", "⻑期 ⺠間 12⼈"]]


def test_a_turned_label_reads_upward() -> None:
    assert rows(only_grid("turned_label")) == [["目標値", "上向きの名は左に"]]


def test_columns_are_read_downward_the_right_one_first() -> None:
    label = "主な活動指標\nサービス利用"
    assert rows(only_grid("columns")) == [[label, "目\n標\n値", "12人"]]


def test_a_note_over_the_edge_of_a_table_belongs_to_what_is_around() -> None:
    holder = only_grid("text_box").cells[-1]
    note = "*各年度3月末時点、令和4年度は1月末"
    assert outline(holder.blocks) == ["【活動指標】", note, "grid 3x3"]
    assert rows(grids(holder.blocks)[0]) == ACTUALS


def test_words_run_over_a_border_belong_to_the_cell_they_begin_in() -> None:
    assert rows(only_grid("overflow")) == [
        ["名称", "", "人数"],
        ["就労継続支援A型事業所", "", "12人"],
    ]


def test_a_form_printed_by_a_browser() -> None:
    """Chromium: rules as rectangles, /ActualText, inner tables a hair from the outer rules."""
    form = only_grid("chromium_form")
    assert form.cells[2].text == "計\n画\n(P)\n↓\n実\n施\n(D)"
    target, activity = form.cells[4], form.cells[6]
    assert outline(target.blocks) == ["【令和5年度末までの目標】", "①移行者数", "grid 2x3"]
    assert rows(grids(activity.blocks)[0]) == [
        ["区分 1x2", "令和3年度", "令和4年度"],
        ["入所者の月間の人数 2x1", "見込量", "120人", "一"],
        ["実績値", "141人", "―"],
    ]


def test_actual_text_gives_ideographs_not_radicals() -> None:
    words = "".join(line for line in outline(document("chromium_form").blocks)) + "".join(
        cell.text for grid in grids(document("chromium_form").blocks) for cell in grid.cells
    )
    assert not [c for c in words if "RADICAL" in unicodedata.name(c, "")]


def test_a_sheet_of_narrow_columns_with_double_rules() -> None:
    """Calc, as Excel: 20 columns of 5 mm, merged ranges, a double rule under the head."""
    assert rows(only_grid("calc_narrow")) == [
        ["区分", "単位", "令和3年度 1x2", "令和4年度 1x2"],
        ["就労移行支援", "人/月", "149", "122", "169", "128"],
        ["就労定着支援", "人/月", "54", "1,055", "56", "―"],
    ]


def test_a_cell_that_holds_a_whole_page_of_prose() -> None:
    head, words = only_grid("page_of_prose").cells[-3:-1], only_grid("page_of_prose").cells[-1]
    assert [cell.text for cell in head] == ["評価（C）", "令和3年度"]
    assert [(len(block.lines), block.is_paragraph) for block in words.blocks] == [  # type: ignore[union-attr]
        (38, True),
        (8, True),
    ]
    assert words.span.bbox == pytest.approx((90, 60, 556, 800), abs=0.6)


def test_prose_without_any_table() -> None:
    blocks = document("prose_only").blocks
    assert outline(blocks) == [
        "地域生活への移行については、関係機関と連携/して取組を進めており、令和３年度は２人が移行し/た。",
        "今後も支援を続ける。",
        "①相談支援の体制を整え、障害者の地域生活を支え/る。",
        "・研修を年1回以上行う。",
        "- 3 -",
    ]
    assert rules_of("prose_only") == []
