"""Heads of two lines, a year and a measure of each column, where single blanks are all that parts them."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_ROWS = "施設入所者数 174 165 170 168 101.8% Ｂ\n（うち身体障害者） 81 79 83 82 103.8% Ｂ\n"
_YEARS = [("baseline", 2022), ("target", 2026), ("actual", 2024), ("actual", 2025)]


def _read(heads: str, rows: str = _ROWS) -> list[tuple[str, int | None]]:
    title = "第７期架空市障害福祉計画\n\n２　成果目標の達成状況\n\n"
    found = read_document(Source("plan.txt", (title + heads + rows).encode())).observations
    return [(o.measure, o.fiscal_year) for o in found[:4]]


@pytest.mark.parametrize(
    "heads",
    [
        "項目 令和４年度末 令和８年度末 令和６年度 令和７年度 達成率 評価\n基準値 目標値 実績 実績\n",
        "項目 基準値 目標値 実績 実績 達成率 評価\n（令和４年度末） （令和８年度末） （令和６年度） （令和７年度）\n",
        "項目 基準値 目標値 令和６年度 令和７年度 達成率 評価\n（令和４年度末） （令和８年度末） 実績 実績\n",
        "項目 基準値 目標値 実績 達成率 評価\n（令和４年度末） （令和８年度末） 令和６年度 令和７年度\n",
    ],
)
def test_the_heads_of_two_lines_are_put_together(heads: str) -> None:
    assert _read(heads) == _YEARS


def test_a_year_in_brackets_stands_alone_under_its_measure() -> None:
    heads = "項目 基準値 実績 目標値\n（R4） R6 R7 （R8）\n"
    rows = "施設入所者数 174 170 168 165\n地域生活移行者数 － 3 5 11\n"
    assert _read(heads, rows) == [
        ("baseline", 2022), ("actual", 2024), ("actual", 2025), ("target", 2026),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heads",
    [
        "項目 令和４年度末 令和８年度末 令和６年度 令和７年度 達成率 評価\n基準値 目標値 実績\n",
        "項目 基準値 実績 目標値 達成率 評価\nR4 R6 R7 R8\n",
    ],
)
def test_heads_that_are_no_pairs_are_not_read(heads: str) -> None:
    assert _read(heads) == []
