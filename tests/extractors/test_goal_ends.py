"""Which headings end the goals of a paper, and which stand inside a goal."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "架空市第7期障害福祉計画 令和6年度の実績"
OF_GOALS = {"facility_to_community", "employment_transition"}


def table(name: str) -> str:
    rows = f"| 項目 | 令和8年度目標 | 令和6年度実績 |\n|---|---|---|\n| {name} | 10人 | 7人 |"
    return f"\n{rows}\n\n"


def goal_of(indicator: str, text: str) -> str | None:
    """The goal of the last figure of an indicator."""
    records = read_document(Source("a.txt", text.encode())).observations
    return [o.goal_id for o in records if o.indicator == indicator][-1]


def two_goals(inside: str = "") -> str:
    return (
        f"{TITLE}\n\n（1）施設入所者の地域生活への移行\n{table('地域生活移行者数')}{inside}"
        f"（2）福祉施設から一般就労への移行等\n{table('一般就労移行者数')}{inside}"
    )


@pytest.mark.parametrize(
    "heading",
    [
        "第５章",
        "第2章、サービスの見込量と実績",
        "２　障害福祉サービスの見込量",
        "（3）障害福祉サービスの利用状況",
        "■サービス見込量の進捗状況（令和６年度）",
        "【活動指標】サービス等の見込量（１か月当たり）",
        "（参考）主な活動指標",
    ],
)
def test_a_heading_over_services_behind_the_goals_ends_them(heading: str) -> None:
    text = f"{two_goals()}{heading}\n{table('生活介護')}"
    assert goal_of("一般就労移行者数", text) == "employment_transition"
    assert goal_of("生活介護", text) not in OF_GOALS


@pytest.mark.parametrize(
    "heading", ["■サービスの利用実績", "【活動指標】", "主な活動指標（サービス利用実績）"]
)
def test_a_heading_over_services_within_each_goal_ends_none(heading: str) -> None:
    text = two_goals(f"{heading}\n{table('生活介護')}")
    assert goal_of("生活介護", text) == "employment_transition"


def test_a_heading_that_counts_on_from_one_within_the_goal_ends_it_not() -> None:
    inside = f"１　目標値\n{table('施設入所者数')}２　サービスの利用実績\n{table('生活介護')}"
    assert goal_of("生活介護", two_goals(inside)) == "employment_transition"
