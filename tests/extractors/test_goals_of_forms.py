"""Goals over forms: the words 成果目標 stand over some of them, and right before the number of others."""

from __future__ import annotations

import pytest
from keikaku.normalizers.goals import find_goal
from keikaku.pipeline.journey import Source, read_document

_FORM = """\
第７期架空市障害福祉計画　目標等管理シート
成果目標
１ 施設入所者の地域生活への移行
【実績値】
区分
令和６年度
令和７年度
地域生活移行者数
1人
3人

第７期架空市障害福祉計画　目標等管理シート
成果目標
３ 地域生活支援の充実
【実績値】
区分
令和６年度
令和７年度
地域生活支援拠点等の設置数
1か所
1か所

第７期架空市障害福祉計画　目標等管理シート
{head}
【実績値】
区分
令和６年度
令和７年度
年間一般就労移行者数
11人
15人
"""


@pytest.mark.parametrize(
    "head",
    [
        "基本指針の目標4 福祉施設から一般就労への移行等",
        "成果目標４　福祉施設から一般就労への移行等",
        "国の基本指針の目標（４）福祉施設から一般就労への移行",
    ],
)
def test_a_goal_named_as_such_is_one_among_goals_below_the_word(head: str) -> None:
    found = read_document(Source("sheet.txt", _FORM.format(head=head).encode())).observations
    assert [o.goal_id for o in found] == [
        *["facility_to_community"] * 2,
        *["community_living_support"] * 2,
        *["employment_transition"] * 2,
    ]


@pytest.mark.parametrize(
    ("title", "goal_id"),
    [
        ("精神障害者が地域で安心して暮らせる支援体制の構築", "mental_health_community_care"),
        ("精神障がい者の地域生活を支える体制の整備", "mental_health_community_care"),
        ("精神障害のある人が地域で暮らせる体制づくり", "mental_health_community_care"),
        ("精神障害者の地域移行支援", None),
        ("精神障害者地域生活支援拠点の整備", None),
        ("精神障害者地域生活支援広域調整等事業", None),
    ],
)
def test_words_of_the_goal_of_mental_health(title: str, goal_id: str | None) -> None:
    goal = find_goal(title)
    assert (goal.goal_id if goal is not None else None) == goal_id
