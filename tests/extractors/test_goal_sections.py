"""Headings above the goals' own: what counts on from them belongs to no goal."""

from __future__ import annotations

import pytest
from keikaku.extractors.document import Span
from keikaku.extractors.goals import find_goal_head
from keikaku.pipeline.journey import Source, read_document

REPORT = """第７期架空市障害福祉計画・第３期架空市障害児福祉計画　進捗状況

{0}
成果目標４　福祉施設から一般就労への移行等
一般就労への移行者数　目標値：31人
成果目標５　障害児支援の提供体制の整備等
児童発達支援センターの設置数　目標値：2か所

{1}
居宅介護　目標値：120人
"""


def goals(above: str, below: str) -> list[str | None]:
    source = Source("report.txt", REPORT.format(above, below).encode())
    return [o.goal_id for o in read_document(source).observations]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("１、成果目標の状況", "２、訪問系の実績"),
        ("Ⅲ　成果目標", "Ⅳ　訪問系の見込み"),
        ("（１）成果目標", "（２）訪問系の目標"),
        ("第２　成果目標の状況", "第３　訪問系の実績"),
        ("第一章　成果目標の状況", "第二章　訪問系の実績"),
        (
            "第１　成果目標 ・・・・・ ２\n第２　サービス見込量と実績 ・・・・ ６\n\n第１　成果目標",
            "第２　訪問系の実績",
        ),
    ],
)
def test_the_next_heading_ends_the_goals(above: str, below: str) -> None:
    assert goals(above, below) == ["employment_transition", "child_support_system", None]


@pytest.mark.parametrize(
    "below", ["（２）訪問系の実績", "３、訪問系の実績", "２、居宅介護の利用者数"]
)
def test_another_number_does_not(below: str) -> None:
    assert goals("１、成果目標の状況", below)[-1] == "child_support_system"


def test_it_ends_the_words_of_a_review() -> None:
    review = "区分 評価(C)\n1 利用者が3人増えた。\n"
    text = REPORT.format("１．成果目標", f"{review}\n２．訪問系（単位：人）\n")
    source = Source("report.txt", text.replace("120人", "120").encode())
    assert [o.unit for o in read_document(source).observations][-1] == "人"


def test_an_amount_of_time_in_brackets_is_no_number_of_a_goal() -> None:
    for words in ("（1か月当たりの見込量）", "（１年間の見込量）", "12人の地域生活への移行"):
        assert find_goal_head(words, Span()) is None
    assert find_goal_head("（1）施設入所者の地域生活への移行", Span()) is not None


@pytest.mark.parametrize(
    "caption", ["【実績の推移】", "【年度ごとの実績】", "【目標の達成状況】", "【これまでの推移】"]
)
def test_a_caption_of_actuals_among_targets_makes_no_target(caption: str) -> None:
    text = (
        "第７期架空市障害福祉計画　進捗管理シート\n\n１ 成果目標\n（１）施設入所者の地域生活への移行\n"
        "【目標の設定】\n項目 数値 考え方\n地域生活移行者数 13 人 施設入所者の６％以上が地域生活へ移行\n"
        f"{caption}\n項目 令和６年度 令和７年度\n地域生活移行者数（累計） 3 人 5 人\n"
    )
    records = read_document(Source("sheet.txt", text.encode()))
    assert [(o.measure, o.value) for o in records.observations if o.value != 13] == [
        ("actual", 3.0),
        ("actual", 5.0),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "障がい福祉サービスの利用状況（R6年度・月平均）",
        "障害福祉サービスの利用実績",
        "サービスの見込量（令和６年度）",
    ],
)
def test_how_services_are_used_is_no_goal(words: str) -> None:
    assert find_goal_head(f"② {words}", Span()) is None


def test_the_next_goal_ends_the_review_of_the_one_before_it() -> None:
    text = (
        "第６期架空市障害福祉計画　進捗管理シート\n\n１ 施設入所者の地域生活への移行\n\n"
        "目標値　令和５年度末 地域生活移行者数 10人\n\n令和４年度\n評価\n移行者は少なかった。\n改善\n"
        "体験の機会を増やす。\n４ 福祉施設から一般就労への移行等\n"
        "項目 令和３年度実績 令和４年度実績\n一般就労への移行者数 21人 24人\n"
    )
    records = read_document(Source("sheet.txt", text.encode()))
    employed = [o for o in records.observations if o.indicator == "一般就労への移行者数"]
    assert [(o.goal_id, o.value) for o in employed] == [
        ("employment_transition", 21.0),
        ("employment_transition", 24.0),
    ]


@pytest.mark.parametrize(
    "heading", ["（１）第６期計画の実績", "ア　前計画の評価", "（１）第２期計画の実績"]
)
def test_a_target_below_a_heading_of_the_term_before_is_of_that_term(heading: str) -> None:
    text = (
        "第７期架空市障害福祉計画・第３期架空市障害児福祉計画\n\n１ 施設入所者の地域生活への移行\n\n"
        f"{heading}\n以下は、項目、目標、実績の順です。\n地域生活移行者数、21人、13人\n\n"
        "（２）目標の設定\n以下は、項目、目標の順です。\n施設入所者の削減数、６人\n"
    )
    records = read_document(Source("sheet.txt", text.encode()))
    targets = [o for o in records.observations if o.measure == "target"]
    is_ended = heading[0] == "（"  # what （２） counts on from, below ア, is open
    assert [(o.value, o.fiscal_year) for o in targets] == [
        (21.0, 2023),
        (6.0, 2026 if is_ended else None),
    ]


_REVIEWED = (
    "第７期架空市障がい福祉計画　目標管理シート\n\n成果目標\n\n４　福祉施設から一般就労への移行等\n\n"
    "| 指標 | 令和６年度目標 | 令和６年度実績 |\n|---|---|---|\n| 一般就労移行者数 | 28人 | 23人 |\n\n"
    "改善 (A)\n\n連絡会を年３回開催する。\n\n"
)


@pytest.mark.parametrize(
    "title",
    [
        "第３期架空市障がい児福祉計画　目標管理シート\n\n成果目標\n\n",
        "第３期障害児福祉計画\n\n",
        "【第３期障がい児福祉計画】\n\n基本指針の目標\n\n",
    ],
)
def test_a_goal_below_the_title_of_another_plan_ends_the_words_on_the_one_above(
    title: str,
) -> None:
    text = (
        f"{_REVIEWED}{title}１　障がい児支援の提供体制の整備等\n\n"
        "| 指標 | 令和６年度目標 | 令和６年度実績 |\n|---|---|---|\n| 児童発達支援センターの設置 | 2か所 | 1か所 |\n"
    )
    read = read_document(Source("sheet.md", text.encode())).observations
    assert [o.goal_id for o in read if o.unit == "か所"] == ["child_support_system"] * 2
