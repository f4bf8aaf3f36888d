"""Rows of an arrow from where things stand to where they are to be."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "架空村　第３期障害児福祉計画（概要版）\n\n項目／令和２年度実績／令和３年度実績\n研修／1件／2件\n\n"
LEGEND = "現状は令和４年度末、目標は令和８年度末の数値です。\n\n"


def read(text: str) -> list[tuple[str, str | None, str, int | None, float | None]]:
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    rows = [o for o in records.observations if o.indicator != "研修"]
    return [(o.indicator, o.breakdown, o.measure, o.fiscal_year, o.value) for o in rows]


def findings(text: str) -> str:
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    return " ".join(f.message for f in records.findings)


@pytest.mark.parametrize(
    "legend",
    [
        LEGEND,
        "※現状値：令和４年度末　目標値：令和８年度末\n\n",
        "項目　現状（令和４年度末） → 目標（令和８年度末）\n",
        "令和４年度末の現状 ⇒ 令和８年度末の目標\n",
    ],
)
def test_a_line_above_says_what_stands_on_both_sides(legend: str) -> None:
    text = f"{legend}　専門員の配置　３人 → ８人\n"
    assert read(text) == [
        ("専門員の配置", None, "baseline", 2022, 3.0),
        ("専門員の配置", None, "target", 2026, 8.0),
    ]


def test_heads_may_lead_from_the_target_to_what_was_reached() -> None:
    text = "項目　目標値（令和５年度） → 実績値（令和５年度）\n　専門員の配置　３人 → ２人\n"
    assert [row[2:] for row in read(text)] == [("target", 2023, 3.0), ("actual", 2023, 2.0)]


def test_the_service_over_the_rows_names_them() -> None:
    text = f"{LEGEND}■ 訪問支援\n　実施事業所数　１か所 → ２か所 → ３か所\n　相談の窓口　１か所 → ２か所\n"
    assert [row[:2] for row in read(text)] == [("訪問支援", "相談の窓口")] * 2
    assert "１か所 → ２か所 → ３か所" in findings(text)


@pytest.mark.parametrize(
    "text",
    [
        "　専門員の配置　３人 → ８人\n",
        "目標は令和８年度末、現状は令和４年度末の数値です。\n\n　専門員の配置　３人 → ８人\n",
        f"{LEGEND}　専門員の配置　３人 ４人 → ８人\n",
        f"{LEGEND}　専門員の配置　３人 → ８人 → ９人\n",
    ],
)
def test_sides_that_nothing_tells_apart_are_reported(text: str) -> None:
    assert read(text) == []
    assert "専門員の配置" in findings(text)


_DATED = (
    "第6期架空県障害福祉計画　数値目標一覧\n\n"
    "　・「R元」は令和元年度末の現状、「R5」は令和５年度末の目標です。\n\n"
    "１　福祉施設の入所者の地域生活への移行\n　○ 施設入所者数　　{row}\n"
)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "R元　1,204人　⇒　R5　1,180人以下",
            [("baseline", 2019, 1204.0), ("target", 2023, 1180.0)],
        ),
        ("H30　61.7％　→　R5　69％　※県全体", [("baseline", 2018, 61.7), ("target", 2023, 69.0)]),
        ("R5　20人　⇒　R3　18人", []),
        ("R元　20人　⇒　18人", []),
        ("R元　20人　⇒　R3　18人　⇒　R5　11人", []),
    ],
)
def test_years_that_a_row_prints_are_its_own(row: str, said: list[tuple[object, ...]]) -> None:
    records = read_document(Source("plan.txt", _DATED.format(row=row).encode()))
    found = [(o.measure, o.fiscal_year, o.value) for o in records.observations]
    assert found == said
    assert {o.indicator for o in records.observations} <= {"施設入所者数"}
    assert said or {f.rule for f in records.findings} == {"unread_figures"}
