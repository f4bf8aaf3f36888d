"""Measures in turn beside names, with figures of the whole name before and behind them."""

from __future__ import annotations

import pytest
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空市障がい福祉計画 成果目標の進捗状況\n\n１ 施設入所者の地域生活への移行\n"
_TWO_LINES = "項 目 基準値 区 分 第７期 対目標比\n（Ｒ４末） Ｒ６ Ｒ７ Ｒ８\n"
_ROWS = (
    "地域生活移行者数 88人 目標値 ２人 ４人 ６人\n実績値 ０人 ２人 － 33.3％\n"
    "施設入所者数 90人 目標値 87人 86人 83人\n実績値 89人 87人 － 96.5％\n"
)


def _read(text: str) -> list[tuple[object, ...]]:
    try:
        records = read_document(Source("report.txt", (_TITLE + text).encode()))
    except NoSheet:
        return []
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in records.observations]


@pytest.mark.parametrize(
    "heads",
    [
        _TWO_LINES,
        "指標 基準値 区分 対目標比\n（令和４年度末） 令和６年度 令和７年度 令和８年度\n",
        "項目 令和４年度基準値 区分 令和６年度 令和７年度 令和８年度 進捗率\n",
        "項目 基準値（Ｒ４） 区分 Ｒ６ Ｒ７ Ｒ８ 達成率\n",
    ],
)
def test_a_figure_before_the_measures_and_a_rate_behind_them_are_of_the_name(heads: str) -> None:
    found = _read(heads + _ROWS)
    assert found[:8] == [
        ("地域生活移行者数", "baseline", 2022, 88.0),
        ("地域生活移行者数", "target", 2024, 2.0),
        ("地域生活移行者数", "target", 2025, 4.0),
        ("地域生活移行者数", "target", 2026, 6.0),
        ("地域生活移行者数", "gap", found[4][2], 33.3),
        ("地域生活移行者数", "actual", 2024, 0.0),
        ("地域生活移行者数", "actual", 2025, 2.0),
        ("地域生活移行者数", "actual", 2026, None),
    ]
    assert len(found) == 16


def test_differences_may_be_a_row_and_the_rate_be_missing() -> None:
    heads = _TWO_LINES.replace(" 対目標比", "")
    rows = "施設入所者数 88人 目標値 87人 86人 83人\n実績値 89人 87人 －\n差 引 ＋２人 ＋１人 －\n"
    found = _read(heads + rows)
    assert found[0] == ("施設入所者数", "baseline", 2022, 88.0)
    assert found[-3:-1] == [("施設入所者数", "gap", 2024, 2.0), ("施設入所者数", "gap", 2025, 1.0)]


@pytest.mark.parametrize(
    "lost",
    [" 88人", " ２人 ４人", "－ ", " 33.3％", "目標値 ", "実績値 89人 87人 － 96.5％\n", " 区 分"],
)
def test_a_word_lost_moves_no_figure(lost: str) -> None:
    whole = _read(_TWO_LINES + _ROWS)
    assert set(_read((_TWO_LINES + _ROWS).replace(lost, "", 1))) <= set(whole)
