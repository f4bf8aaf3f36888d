"""Units in brackets on a line of their own below the heads: each of the head it comes after, and the name of nothing."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第７期架空市障害福祉計画　進捗状況\n\n"
BY_YEAR = """（１）生活介護

年度{0}見込量{0}実績{0}進捗
（人）{1}（人日）{1}（％）
令和６年度{0}402{0}411{0}102.2
令和７年度{0}418{0}446{0}106.7
"""


def _read(text: str) -> list[tuple[str, int | None, float | None, str | None]]:
    found = read_document(Source("report.txt", (TITLE + text).encode())).observations
    return [(o.indicator, o.fiscal_year, o.value, o.unit) for o in found]


@pytest.mark.parametrize(("between", "units"), [("　　", "　"), (" ", " "), ("　　", "")])
def test_the_units_are_of_the_heads_above_them(between: str, units: str) -> None:
    assert _read(BY_YEAR.format(between, units)) == [
        ("生活介護", 2024, 402.0, "人"),
        ("生活介護", 2024, 411.0, "人日"),
        ("生活介護", 2024, 102.2, "%"),
        ("生活介護", 2025, 418.0, "人"),
        ("生活介護", 2025, 446.0, "人日"),
        ("生活介護", 2025, 106.7, "%"),
    ]


def test_units_under_the_measures_of_two_years() -> None:
    text = (
        "サービス名 令和６年度 令和７年度\n見込量 実績 見込量 実績\n（人）（人）（人日）（人日）\n"
    )
    found = _read(f"{text}生活介護 402 411 102 99\n短期入所 418 446 106 98\n")
    assert found[:3] == [
        ("生活介護", 2024, 402.0, "人"),
        ("生活介護", 2024, 411.0, "人"),
        ("生活介護", 2025, 102.0, "人日"),
    ]
    assert len(found) == 8


@pytest.mark.parametrize("units", ["（人）（％）", "（人）（人）（人）（％）"])
@pytest.mark.parametrize("between", ["　　", " "])
def test_units_more_or_fewer_than_the_heads_are_of_none(between: str, units: str) -> None:
    text = BY_YEAR.format(between, "").replace("（人）（人日）（％）", units)
    assert {unit for *_, unit in _read(text)} <= {None}
