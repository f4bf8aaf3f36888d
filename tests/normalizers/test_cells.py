"""Cells as they are printed, and their readings typed by hand (notation: `tests/support/cell_notation.py`)."""

from __future__ import annotations

import pytest
from cell_notation import reading
from keikaku.normalizers.cells import CellContext, is_value_like, parse_cell
from keikaku.normalizers.errors import UnreadCell
from printed_cells import PRINTED, REFUSED

ROWS = [(group, printed, read) for group, rows in PRINTED.items() for printed, read in rows]


@pytest.mark.parametrize(("group", "printed", "read"), ROWS)
def test_cell_is_read(group: str, printed: str, read: str) -> None:
    assert reading(printed) == read, group


REFUSED_ROWS = [row for rows in REFUSED.values() for row in rows]


@pytest.mark.parametrize(("printed", "reason"), REFUSED_ROWS)
def test_cell_is_refused(printed: str, reason: str) -> None:
    with pytest.raises(UnreadCell) as caught:
        parse_cell(printed)
    assert caught.value.reason == reason
    assert caught.value.text == printed
    assert 0 <= caught.value.start <= caught.value.end <= len(printed)


@pytest.mark.parametrize(
    ("printed", "read"),
    [("- 4人", "-4 人"), ("—4人", "-4 人"), ("-4人", "-4 人"), ("−20％", "-20 %"), ("ー 3", "-3")],
)
def test_dash_is_minus_in_a_gap_column(printed: str, read: str) -> None:
    assert reading(printed, gap=True) == read


@pytest.mark.parametrize(
    "printed", ["72人", "246\n[94]", "—", "／", "なし", "○", "未定", "7割以上"]
)
def test_value_like(printed: str) -> None:
    assert is_value_like(printed)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "設置",
        "目標値",
        "R3年度",
        "①施設入所者数",
        "1 施設入所者の移行",
        "(1)",
        "区分",
        "x" * 5_000,
    ],
)
def test_not_value_like(printed: str) -> None:
    assert not is_value_like(printed)


@pytest.mark.parametrize(("group", "printed", "_read"), ROWS)
def test_values_quote_the_cell(group: str, printed: str, _read: str) -> None:
    values = parse_cell(printed)
    assert [value.printed for value in values] == [printed[v.start : v.end] for v in values], group
    starts = [value.start for value in values]
    assert starts == sorted(starts)


def test_the_unit_of_the_column_decides_what_a_dot_is() -> None:
    assert parse_cell("1・28", CellContext(unit="倍"))[0].amount == 1.28
    assert parse_cell("1.258", CellContext(unit="倍"))[0].amount == 1.258
    for printed in ("1.258", "2・3"):
        with pytest.raises(UnreadCell) as caught:
            parse_cell(printed, CellContext(unit="人"))
        assert caught.value.reason == "ambiguous_point"


def test_the_unit_of_the_column_is_not_put_on_the_value() -> None:
    assert parse_cell("3", CellContext(unit="人"))[0].unit is None


@pytest.mark.parametrize(
    ("printed", "amount", "aggregation"),
    [
        ("351人（４～１月平均）", 351, "average"),
        ("351人（４月～９月）", 351, None),
        ("351人（4月から12月までの累計）", 351, "cumulative"),
        ("1,351人日（4-9月分）", 1351, None),
    ],
)
def test_a_bracket_may_say_over_which_months_a_figure_counts(
    printed: str, amount: float, aggregation: str | None
) -> None:
    (value,) = parse_cell(printed)
    assert (value.amount, value.aggregation) == (amount, aggregation)


def test_a_figure_behind_a_bracket_of_months_is_another_one() -> None:
    with pytest.raises(UnreadCell):
        parse_cell("4人（1～3月）5人")
