"""Boxes of one indicator, a cell per line."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第6期架空市障害福祉計画\n\n１　施設入所者の地域生活への移行\n"


def read(*lines: str):
    return read_document(Source("plan.txt", (TITLE + "\n".join(lines) + "\n").encode()))


def said(*lines: str) -> list[tuple[object, ...]]:
    found = read(*lines).observations
    return [(o.indicator, o.measure, o.fiscal_year, o.value, o.text) for o in found]


NAME = "施設に入所している人の数"


@pytest.mark.parametrize(
    "lines",
    [
        (
            "指標",
            NAME,
            "基準値",
            "92人",
            "（令和元年度末）",
            "目標値",
            "88人以下",
            "（令和５年度末）",
        ),
        (
            "項目",
            NAME[:4],
            NAME[4:],
            "基準値（令和元年度末）",
            "92人",
            "目標値（令和５年度末）",
            "88人以下",
        ),
        (
            "成果指標",
            NAME,
            "現状値",
            "92人",
            "令和元年度末",
            "目標",
            "88人以下",
            "令和５年度末",
            "考え方",
            "国の指針による",
        ),
    ],
)
def test_each_figure_stands_below_its_head(lines: tuple[str, ...]) -> None:
    assert said(*lines) == [
        (NAME, "baseline", 2019, 92.0, None),
        (NAME, "target", 2023, 88.0, None),
    ]


def test_a_status_is_as_good_as_a_figure() -> None:
    lines = (
        "指標",
        "拠点の整備",
        "基準値",
        "未設置",
        "（令和元年度）",
        "目標値",
        "設置",
        "（令和５年度）",
    )
    assert [row[1:] for row in said(*lines)] == [
        ("baseline", 2019, None, "未設置"),
        ("target", 2023, None, "設置"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("指標", NAME, "基準値", "目標値", "88人以下", "（令和５年度末）"),
        (
            "指標",
            NAME,
            "目標値",
            "88人",
            "実績値",
            "90人",
            "（令和３年度）",
            "実績値",
            "91人",
            "（令和４年度）",
        ),
        (
            "指標",
            "利用者数",
            "基準値",
            "92人",
            "（令和元年度）",
            "目標値",
            "88人",
            "（令和５年度）",
        ),
        (
            "指標",
            NAME,
            "基準値",
            "92人",
            "12",
            "（令和元年度）",
            "目標値",
            "88人",
            "（令和５年度）",
        ),
    ],
)
def test_a_box_that_lacks_a_cell_or_has_one_too_many_is_left_unread(lines: tuple[str, ...]) -> None:
    assert not said(*lines)
    assert read(*lines).findings
