"""達成度 beside a target and a result of one year: how far the one came to the other is of that year."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document


def _read(target: str, actual: str, reached: str):
    text = (
        "# 第７期架空市障害福祉計画の進捗状況\n\n## 成果目標１ 施設入所者の地域生活への移行\n\n"
        f"| 指標 | {target} | {actual} | 達成度 |\n|---|---|---|---|\n"
        f"| 地域生活移行者数 | 12人 | 5人 | {reached} |\n"
    )
    reading = read_document(Source("plan.md", text.encode()))
    return [(o.fiscal_year, o.value, o.text) for o in reading.observations if o.measure == "gap"]


@pytest.mark.parametrize(
    ("reached", "value", "words"), [("△", None, "△"), ("◎", None, "◎"), ("41.7％", 41.7, None)]
)
def test_it_is_of_the_one_year_of_both(reached: str, value: float | None, words: str) -> None:
    found = _read("目標値（令和7年度）", "実績値（令和7年度）", reached)
    assert found == [(2025, value, words)]


def test_it_is_of_none_where_the_two_are_of_two_years() -> None:
    found = _read("目標値（令和8年度）", "実績値（令和7年度）", "41.7％")
    assert [year for year, _, _ in found] == [None]


def test_grades_under_the_state_of_things_are_no_baseline() -> None:
    text = (
        "# 第７期架空市障害福祉計画の進捗状況\n\n## 成果目標１ 施設入所者の地域生活への移行\n\n"
        "| 指標 | 令和7年度実績 | 令和8年度目標 | 状況 |\n|---|---|---|---|\n"
        "| 地域生活移行者数 | 5人 | 12人 | △ |\n| 施設入所者数 | 88人 | 88人 | ○ |\n"
    )
    reading = read_document(Source("plan.md", text.encode()))
    assert "baseline" not in {o.measure for o in reading.observations}
    assert [o.text for o in reading.observations if o.status == "qualitative"] == ["△", "○"]
