"""Rows of a label, several figures and a text, the cells run into lines."""

from __future__ import annotations

import pytest
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

SHEET = """第７期架空市障害福祉計画
成果目標 ４ 福祉施設から一般就労への移行等

目標値

【令和８年度の目標】

項目 基準値 目標値 目標値設定の考え方

①一般就労への移行者数 31人 41人
（1.32倍）
令和３年度実績（31人）の1.28倍以上と
します。

②就労移行支援事業所からの
移行者数 20人 27人
令和３年度実績の1.31倍以上とします。

実施
（Ｄ）
"""


def said(text: str) -> list[tuple[str, str, float | None, str | None]]:
    try:
        records = read_document(Source("sheet.txt", text.encode()))
    except NoSheet:
        return []
    return [(o.indicator, o.measure, o.value, o.unit) for o in records.observations]


FIRST = [
    ("一般就労への移行者数", "baseline", 31.0, "人"),
    ("一般就労への移行者数", "target", 41.0, "人"),
    ("一般就労への移行者数", "target", 1.32, "倍"),
]
SECOND = [
    ("就労移行支援事業所からの移行者数", "baseline", 20.0, "人"),
    ("就労移行支援事業所からの移行者数", "target", 27.0, "人"),
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("、", "、"),
        ("27人\n令和", "27人 令和"),
        ("からの\n移行者数", "からの移行者数"),
        ("①", "１ "),
        ("①", ""),
    ],
)
def test_a_text_follows_the_figures(one: str, other: str) -> None:
    text = SHEET.replace("②", "" if not other else "②").replace(one, other)
    assert said(text) == [*FIRST, *SECOND]


@pytest.mark.parametrize(
    ("one", "other", "left"),
    [
        ("20人 27人", "27人", FIRST),
        ("（1.32倍）", "（99％）\n（1.32倍）", []),
        ("（1.32倍）", "（41人）", []),
        ("とします。\n\n実施", "とする\n\n実施", FIRST),
        ("基準値 目標値", "目標値 実績値", []),
    ],
)
def test_what_is_not_told_apart_is_not_read(
    one: str, other: str, left: list[tuple[str, str, float, str]]
) -> None:
    assert said(SHEET.replace(one, other)) == left
