"""Heads that are a year and a count: 令和４年度修了者数 beside 令和４年度見込み."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第６期架空県障害福祉計画\n令和４年度実績報告\n\n（５）障がい児支援の提供体制の整備等\n"


def _read(text: str) -> list[tuple[str, str | None, str, int | None, float | None, str | None]]:
    name = "plan.md" if "|---" in text else "plan.txt"
    records = read_document(Source(name, (_TITLE + text).encode()))
    return [
        (o.indicator, o.breakdown, o.measure, o.fiscal_year, o.value, o.unit)
        for o in records.observations
    ]


_COURSES = [
    ("初任者研修", None, "projected", 2022, 420.0, "人"),
    ("初任者研修", None, "actual", 2022, 396.0, "人"),
]


@pytest.mark.parametrize(
    "text",
    [
        "以下、研修名、令和4年度見込み、令和4年度修了者数の順に記載します。\n初任者研修、420人、396人\n",
        "【記載順】講座名／令和4年度計画／Ｒ４受講者数\n初任者研修／420人／396人\n",
        "\n| 研修名 | 2022年度計画（人） | 令和4年度の受講者数 |\n|---|---|---|\n| 初任者研修 | 420 | 396 |\n",
    ],
)
def test_a_count_beside_what_was_planned_is_the_result(text: str) -> None:
    assert _read(text) == _COURSES


@pytest.mark.parametrize(
    "heads",
    [
        "令和4年度計画 | 令和5年度受講者数",
        "令和4年度実績 | 令和4年度受講者数",
        "令和4年度受講者数 | 令和4年度修了者数",
        "令和4年度計画 | 令和4年度の施設入所者数",
    ],
)
def test_a_count_of_which_nothing_says_what_it_is_is_not_read(heads: str) -> None:
    text = f"\n| 研修名 | {heads} |\n|---|---|---|\n| 初任者研修 | 420人 | 396人 |\n"
    assert 396.0 not in [value for *_, value, _ in _read(text)]


@pytest.mark.parametrize(
    "text",
    [
        "以下、圏域名、令和4年度末の児童発達支援センターの設置数（括弧内は前年度末）、令和5年度末の目標の順に記載します。単位は、か所です。\n"
        "みさき東部、4(3)、5\n県計、15(13)、18\n",
        "以下、市町村名、Ｒ４年度末の児童発達支援センターの設置数（カッコ内は前年度末）、令和5年度末の目標、備考の順\n"
        "みさき東部、4か所(3か所)、5か所、共同設置\n県計、15か所(13か所)、18か所、\n",
        "\n| 圏域 | 令和4年度末の児童発達支援センターの設置数（括弧内は令和3年度末） | 令和5年度末の目標（か所） |\n|---|---|---|\n"
        "| みさき東部 | 4か所（3か所） | 5 |\n| 県計 | 15か所（13か所） | 18 |\n",
    ],
)
def test_the_count_is_what_is_counted_in_the_places_beside_it(text: str) -> None:
    name = "児童発達支援センターの設置数"
    assert sorted(_read(text), key=lambda row: row[4] or 0) == [
        (name, "みさき東部", "actual", 2021, 3.0, "か所"),
        (name, "みさき東部", "actual", 2022, 4.0, "か所"),
        (name, "みさき東部", "target", 2023, 5.0, "か所"),
        (name, "県計", "actual", 2021, 13.0, "か所"),
        (name, "県計", "actual", 2022, 15.0, "か所"),
        (name, "県計", "target", 2023, 18.0, "か所"),
    ]
