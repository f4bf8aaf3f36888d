"""Figures behind the words that name them, under the line of their indicator."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第７期架空市障害福祉計画\n\n１　福祉施設の入所者の地域生活への移行\n\n"


def read(text: str) -> list[tuple[str, str, int | None, float | None, str | None]]:
    records = read_document(Source("plan.txt", (TITLE + text).encode()))
    return [
        (o.indicator, o.measure, o.fiscal_year, o.value, o.text)
        for o in records.observations
        if o.status in ("reported", "qualitative")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "○施設入所者数\n　現状（令和４年度末） 171人　　目標（令和８年度末） 162人\n",
        "・施設入所者数\n現状（令和４年度末）：171人\n目標（令和８年度末）：162人\n",
        "①　施設入所者数\n　◇現状（令和４年度末）　171人　→　目標（令和８年度末）　162人\n",
    ],
)
def test_values_stand_behind_measure_and_year(text: str) -> None:
    assert read(text) == [
        ("施設入所者数", "baseline", 2022, 171.0, None),
        ("施設入所者数", "target", 2026, 162.0, None),
    ]


def test_years_from_left_to_right_are_told_in_a_sentence() -> None:
    text = (
        "実績は左から令和４年度、令和５年度です。\n\n②　施設入所者の削減数\n　◆実績　２人　▲３人\n"
    )
    assert read(text) == [
        ("施設入所者の削減数", "actual", 2022, 2.0, None),
        ("施設入所者の削減数", "actual", 2023, -3.0, None),
    ]


def test_several_figures_without_years_are_not_taken() -> None:
    assert read("②　施設入所者の削減数\n　◆実績　２人　▲３人\n") == []


def test_heavy_brackets_hold_what_a_sentence_says() -> None:
    text = "【 】内が本市の目標です。\n\n①協議の場の開催\n【令和８年度 12回】\n"
    assert read(text) == [("協議の場の開催", "target", 2026, 12.0, None)]


@pytest.mark.parametrize(
    "text",
    [
        "①児童発達支援センターの設置数\n目標値 目標値設定の考え方\n",
        "○施設入所者数\n目標について\n",
        "○施設入所者数\n現状は171人で、目標は162人です。\n",
    ],
)
def test_heads_and_sentences_are_not_taken(text: str) -> None:
    assert read(text) == []
