"""Which plan and which term of it a figure belongs to."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TABLE = (
    "| サービス名 | 単位 | 令和６年度見込量 | 令和６年度実績 |\n|---|---|---|---|\n"
    "| 生活介護 | 人/月 | 300 | 310 |\n| 児童発達支援 | 人/月 | 40 | 45 |\n| 架空の事業 | 人/月 | 4 | 5 |\n"
)
BOTH = "第７期架空市障害福祉計画・第３期架空市障害児福祉計画"


def _plans(title: str, between: str = "") -> dict[str, tuple[str | None, int | None]]:
    text = f"# {title}\n\n{between}{TABLE}"
    records = read_document(Source("sheet.md", text.encode()))
    return {o.indicator: (o.plan, o.plan_term) for o in records.observations}


@pytest.mark.parametrize("title", [BOTH, "第７期架空市障害福祉計画"])
def test_outside_the_goals_a_service_is_of_the_plan_that_the_catalogue_says(title: str) -> None:
    plans = _plans(title)
    assert plans["生活介護"] == ("disability_welfare", 7)
    assert plans["児童発達支援"] == ("child_disability_welfare", 3)


def test_a_name_that_the_catalogue_does_not_hold_is_of_no_plan_where_the_paper_names_two() -> None:
    assert _plans(BOTH)["架空の事業"] == (None, None)


def test_a_service_of_adults_below_the_goal_for_children_is_not_of_the_plan_for_children() -> None:
    plans = _plans(BOTH, "## ５　障害児支援の提供体制の整備等\n\n")
    assert plans["生活介護"] == ("disability_welfare", 7)
    assert plans["児童発達支援"] == ("child_disability_welfare", 3)


def test_a_heading_that_names_the_term_before_holds_outside_the_goals_too() -> None:
    plans = _plans(BOTH, "## 前計画の実績\n\n")
    assert plans["生活介護"] == ("disability_welfare", 6)
