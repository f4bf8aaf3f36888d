"""Tables over page ends: joined where that is sure, and only there."""

from __future__ import annotations

import pytest

from .conftest import document, grids, outline, rows, rules_of


@pytest.mark.parametrize(("name", "last"), [("joined", 13), ("chromium_long", 39)])
def test_a_head_printed_again_is_dropped_and_reported(name: str, last: int) -> None:
    (grid,) = grids(document(name).blocks)
    assert rows(grid) == [
        ["区分", "見込量", "実績値"],
        *([f"事業{n}", f"{n}0人", f"{n}1人"] for n in range(1, last + 1)),
    ]
    assert rules_of(name) == ["repeated_head"]
    assert document(name).notices[0].detail == "head printed again: 区分 見込量 実績値"


def test_cells_of_a_joined_table_say_their_own_page() -> None:
    (grid,) = grids(document("joined").blocks)
    pages = {cell.text: cell.span.page for cell in grid.cells if cell.column == 0}
    assert (pages["事業10"], pages["事業11"]) == (1, 2)


def test_page_numbers_stay_after_the_joined_table() -> None:
    assert outline(document("joined").blocks) == ["サービスの見込みと実績", "grid 14x3", "1", "2"]


def test_an_evaluation_box_goes_on_over_the_page_end() -> None:
    (grid,) = grids(document("split_row").blocks)
    assert (grid.row_count, grid.column_count) == (3, 2)
    box = grid.cells[3]
    assert box.row == 1
    assert [line.span.page for line in box.blocks[0].lines] == [1] * 13 + [2]  # type: ignore[union-attr]
    assert outline(box.blocks)[-1] == "また、体験の場を確保する。"
    assert rows(grid)[2] == ["令和4年度", "目標を達成した。"]


def test_a_row_broken_by_writer_with_the_head_repeated() -> None:
    (grid,) = grids(document("writer_pages").blocks)
    assert [row[0] for row in rows(grid)] == ["区分", "令和3年度", "令和4年度", "令和5年度"]
    sentence = (
        "地域生活への移行に向けて関係機関と連携し、移行の希望がある人の把握と体験の場の確保に努めた。"
        "令和5年度も続ける。"
    )
    assert [words.replace("/", "") for words in outline(grid.cells[5].blocks)] == [sentence] * 3


def test_a_label_over_two_rows_grows_over_the_page_end() -> None:
    (grid,) = grids(document("split_label").blocks)
    assert rows(grid)[2:] == [
        ["地域移行支援 2x1", "見込量", "27人"],
        ["実績値", "30人"],
        ["自立生活援助", "見込量", "2人"],
    ]


def test_another_form_of_the_same_shape_is_a_new_table() -> None:
    first, second = grids(document("two_forms").blocks)
    assert rows(first)[0] == ["成果目標", "1 移行"]
    assert rows(second)[0] == ["成果目標", "2 支援体制"]
