"""Titles that name a plan of another kind, alone or beside the two welfare plans."""

from __future__ import annotations

import pytest
from keikaku.normalizers.plan_kinds import find_other_plan


@pytest.mark.parametrize(
    ("title", "plan"),
    [
        ("第９期架空市介護保険事業計画の進捗状況", "long_term_care_insurance"),
        ("第五次仮想市障がい者計画　施策の評価", "persons_with_disabilities"),
        ("障害者計画・第7期障害福祉計画・第3期障害児福祉計画　進捗報告書", None),
        ("第7次障がい者計画（第7期障がい福祉計画・第3期障がい児福祉計画）", None),
        ("松葉町障害者計画等策定委員会　資料4", None),
        ("総合計画審議会　地域福祉計画の実績", "community_welfare"),
        ("第7期障害福祉計画", None),
    ],
)
def test_the_plan_a_title_names(title: str, plan: str | None) -> None:
    found = find_other_plan(title)
    assert (found.plan if found else None) == plan
