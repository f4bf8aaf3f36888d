"""Which numbered lines outside the forms are goals, and which belong to something else."""

from __future__ import annotations

import pytest
from keikaku.extractors.document import Span
from keikaku.extractors.goals import find_goal_head
from keikaku.pipeline.journey import Source, read_document

TITLE = "架空市第7期障害福祉計画 令和6年度の実績"
HEAD = "| 項目 | 令和8年度目標 | 令和6年度実績 |\n|---|---|---|\n"


def goals(text: str) -> list[tuple[int | None, str | None]]:
    """Number and id of the goal of each figure, without repeats."""
    records = read_document(Source("a.txt", text.encode())).observations
    return list(dict.fromkeys((o.goal_number, o.goal_id) for o in records))


def table(name: str) -> str:
    return f"\n{HEAD}| {name} | 10人 | 7人 |\n\n"


def test_a_line_of_the_contents_is_no_goal() -> None:
    text = (
        f"{TITLE}\n\n目次\n1　成果目標の状況\n2　地域生活支援事業\n\n1　成果目標の状況\n\n"
        f"（1）施設入所者の地域生活への移行\n{table('地域生活移行者数')}"
        f"（2）福祉施設から一般就労への移行\n{table('一般就労移行者数')}2　地域生活支援事業\n"
    )
    assert goals(text) == [(1, "facility_to_community"), (2, "employment_transition")]


def test_a_numbered_line_without_the_words_that_stand_over_the_goals_is_none() -> None:
    text = (
        f"{TITLE}\n\n成果目標\n3.地域生活支援拠点等の整備\n{table('拠点等の設置数')}"
        f"5つの機能\n4.専門的人材の確保・養成\n{table('研修の受講者数')}"
        f"成果目標\n4.福祉施設から一般就労への移行等\n{table('一般就労移行者数')}"
    )
    assert goals(text) == [(3, "community_living_support"), (4, "employment_transition")]


def test_the_part_of_all_goals_is_not_said_over_each() -> None:
    text = (
        f"{TITLE}\n\n2　成果目標\n（1）施設入所者の地域生活への移行\n{table('地域生活移行者数')}"
        f"（2）福祉施設から一般就労への移行等\n{table('一般就労移行者数')}"
    )
    assert goals(text) == [(1, "facility_to_community"), (2, "employment_transition")]


@pytest.mark.parametrize("words", ["障害児通所支援", "障がい児通所支援等"])
def test_a_class_of_services_is_no_goal_and_ends_the_one_before(words: str) -> None:
    text = (
        f"{TITLE}\n\n（1）施設入所者の地域生活への移行\n{table('地域生活移行者数')}"
        f"（2）{words}\n{table('放課後等デイサービス')}"
    )
    assert find_goal_head(f"（2）{words}", Span()) is None
    assert goals(text) == [(1, "facility_to_community"), (None, None)]


def test_the_number_behind_that_of_the_part_is_the_goals() -> None:
    goal = find_goal_head("1の3　地域生活支援拠点等の整備", Span())
    assert goal is not None
    assert (goal.number, goal.title) == (3, "地域生活支援拠点等の整備")


def test_where_no_goal_is_named_the_indicator_tells_it() -> None:
    text = f"{TITLE}\n\n成果目標の状況\n{table('施設入所者数')}"
    assert goals(text) == [(None, "facility_to_community")]


@pytest.mark.parametrize(
    "over", ["障害福祉サービスの利用状況", "（1）地域生活支援事業", "サービスの見込量と実績"]
)
def test_among_services_no_indicator_tells_a_goal(over: str) -> None:
    text = f"{TITLE}\n\n1　{over}\n{table('共同生活援助')}"
    ids = {goal for _, goal in goals(text)}
    assert ids <= {None, "service_volume", "community_life_support_projects"}


def test_the_part_of_a_services_users_that_a_goal_counts_is_of_no_goal() -> None:
    text = f"{TITLE}\n\n{table('共同生活援助（うち精神障害者）')}"
    assert goals(text) == [(None, None)]


@pytest.mark.parametrize(
    ("name", "goal"),
    [
        ("基幹相談支援センターを設置している市町村数", "consultation_support"),
        ("地域生活支援拠点等の整備市町村数", "community_living_support"),
        ("相談支援体制の充実", None),
    ],
)
def test_what_is_counted_by_municipalities_is_of_the_goal_that_asks_for_it(
    name: str, goal: str | None
) -> None:
    text = f"{TITLE}\n\n成果目標の状況\n\n{HEAD}| {name} | 10市町村 | 7市町村 |\n\n"
    assert goals(text) == [(None, goal)]


def test_the_last_words_of_a_table_end_before_the_heading_of_the_next() -> None:
    def cells(*names: str) -> str:
        rows = "".join(f"{name}\n4 人\n職員会議で確認\n" for name in names)
        return f"項目\n数値\n考え方・内容\n{rows}"

    text = (
        "架空市障害福祉計画（第７期）・障害児福祉計画（第３期）\n第２章　前計画の評価\n"
        "１　第６期障害福祉計画の成果目標\n（１）施設入所者の地域生活への移行\n"
        f"{cells('【目標】地域生活移行者数', '【実績】地域生活移行者数')}"
        "（２）福祉施設から一般就労への移行等\n"
        f"{cells('【目標】一般就労移行者数', '【実績】一般就労移行者数')}11\n\n"
        "２　サービスの利用状況\n計画は１か月当たりの利用量です。\nサービス\n単位\n区分\n"
        "令和３\n年度\n令和４\n年度\n同行援護\n時間\n計画\n36\n36\n実績\n22\n31\n"
    )
    assert goals(text) == [
        (1, "facility_to_community"),
        (2, "employment_transition"),
        (None, "service_volume"),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "成果目標1、施設入所者の地域生活への移行。",
            "成果目標4、福祉施設から一般就労への移行とう。",
        ),
        (
            "P。成果目標、1。施設入所しゃの地域生活への移行。",
            "P。成果目標、4。福祉施設から一般就労への移行とう。",
        ),
        (
            "成果目標１　施設入所者の地域生活への移行　　　　担当課：障害福祉課",
            "成果目標４　福祉施設から一般就労への移行等　　　　担当課：障害福祉課、産業課",
        ),
        (
            "【基本指針の目標】　１　施設入所者の地域生活への移行            担当：福祉課",
            "【基本指針の目標】　４　福祉施設から一般就労への移行等            担当：福祉課",
        ),
        (
            "〔成果目標〕１　施設入所者の地域生活への移行",
            "〔成果目標〕４　福祉施設から一般就労への移行等",
        ),
    ],
)
def test_a_goal_read_aloud_or_beside_its_office_is_one(first: str, second: str) -> None:
    text = (
        f"{TITLE}\n\n{first}\n\n{table('共同生活援助')}評価\n移行は進んでいません。\n\n"
        f"{second}\n\n{table('就労移行支援')}"
    )
    assert goals(text) == [(1, "facility_to_community"), (4, "employment_transition")]


@pytest.mark.parametrize(
    ("name", "goal"),
    [("就労定着支援事業の利用者数", "employment_transition"), ("放課後等デイサービス", None)],
)
def test_among_aims_the_users_of_a_service_are_those_that_a_goal_asks_for(
    name: str, goal: str | None
) -> None:
    text = f"{TITLE}\n\n成果目標の状況\n\n{HEAD}| {name} | 10 | 7 |\n\n"
    assert goals(text) == [(None, goal)]


def test_numbered_lines_with_nothing_between_them_are_a_list_and_no_headings() -> None:
    text = (
        f"{TITLE}\n\n本日の内容\n1　施設入所者の地域生活への移行\n2　地域生活支援の充実\n"
        f"3　福祉施設から一般就労への移行等\n\n{table('居宅介護')}"
        f"成果目標4　福祉施設から一般就労への移行等\n{table('就労移行支援')}"
    )
    assert goals(text) == [(None, None), (4, "employment_transition")]


@pytest.mark.parametrize(
    "words",
    ["障害児通所支援の実績", "障がい児通所支援（1か月当たり）", "障害児支援の利用実績（月平均）"],
)
def test_the_use_of_services_is_no_goal(words: str) -> None:
    text = (
        f"{TITLE}\n\n（1）施設入所者の地域生活への移行\n{table('地域生活移行者数')}"
        f"（2）{words}\n{table('放課後等デイサービス')}"
    )
    assert find_goal_head(f"（2）{words}", Span()) is None
    assert goals(text) == [(1, "facility_to_community"), (None, None)]


def test_parts_listed_in_the_contents_are_no_goals() -> None:
    text = (
        f"{TITLE}\n\n目次\n第１　成果目標\n第２　サービスの利用状況\n第３　地域生活支援事業\n\n第１　成果目標\n\n"
        f"１　施設入所者の地域生活への移行\n{table('地域生活移行者数')}"
    )
    assert goals(text) == [(1, "facility_to_community")]
