"""Bulleted names run into one another, and numbered ones under a title in words of its own."""

from __future__ import annotations

import pytest
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

TITLE = "架空町　第６期障害福祉計画　まとめ\n\n"
Row = tuple[str, str, int | None, float | None, str | None]


def read(text: str) -> list[Row]:
    try:
        records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    except NoSheet:
        return []
    return [
        (row.indicator, row.measure, row.fiscal_year, row.value, row.unit)
        for row in records.observations
    ]


def rules(text: str) -> set[str]:
    try:
        findings = read_document(Source("sheet.txt", (TITLE + text).encode())).findings
    except NoSheet as error:
        findings = error.findings
    return {finding.rule for finding in findings}


LIST = "・居宅介護41人1,251時間・行動援護3人28時間・生活介護43人"
OF_LIST = [
    ("居宅介護", "actual", 2021, 41.0, "人"),
    ("居宅介護", "actual", 2021, 1251.0, "時間"),
    ("行動援護", "actual", 2021, 3.0, "人"),
    ("行動援護", "actual", 2021, 28.0, "時間"),
    ("生活介護", "actual", 2021, 43.0, "人"),
]


@pytest.mark.parametrize(
    "text",
    [
        f"２　サービスの利用実績\n令和３年度\n{LIST}\n",
        f"２　サービスの利用実績（令和３年度）\n{LIST}\n",
        f"サービスの実績（令和３年度）\n{LIST.replace('・', '○')}\n",
        f"２　サービスの利用実績\n令和３年度\n{LIST[:16]}\n{LIST[16:]}\n",
        f"２　サービスの利用実績\n令和３年度\n{LIST.replace('・', ' ・')}\n",
    ],
)
def test_each_name_has_its_amounts(text: str) -> None:
    assert read(text) == OF_LIST


def test_each_year_heads_its_own_list() -> None:
    later = LIST.replace("41人", "44人")
    rows = read(f"２　利用実績\n令和３年度\n{LIST}\n令和４年度\n{later}\n")
    assert rows[:5] == OF_LIST
    assert rows[5] == ("居宅介護", "actual", 2022, 44.0, "人")


@pytest.mark.parametrize(
    ("lost", "why"),
    [
        (LIST.replace("3人28時間", ""), "a name without a figure"),
        (LIST.replace("・行動援護", ""), "a figure without a name"),
        (LIST.replace("行動援護", "行動援護・同行援護"), "one figure for two names"),
        (LIST.replace("43人", "43"), "a figure without its unit"),
        (LIST.replace("1,251時間", "1,2\n51時間"), "a figure over two lines"),
    ],
)
def test_a_list_that_lost_something_is_refused_whole(lost: str, why: str) -> None:
    text = f"２　サービスの利用実績\n令和３年度\n{lost}\n"
    assert read(text) == [], why
    assert rules(text) & {"uneven_cells", "unread_figures", "figures_in_prose"}


@pytest.mark.parametrize("heading", ["参考（国の値）", "見込量と実績", "利用者は増えた。"])
def test_a_list_of_which_nothing_says_what_it_counts_is_refused(heading: str) -> None:
    text = f"２　利用実績\n令和３年度\n{LIST}\n\n{heading}\n{LIST.replace('41人', '42人')}\n"
    assert read(text) == OF_LIST
    assert "uneven_cells" in rules(text)


@pytest.mark.parametrize(
    "heading",
    [
        "令和３年度の見込量に対する割合",
        "計画値に対する実績の割合（令和３年度）",
        "令和３年度の達成率",
    ],
)
def test_a_heading_may_say_that_figures_compare_others(heading: str) -> None:
    text = f"２　利用実績\n令和３年度\n{LIST}\n\n３　{heading}\n・居宅介護88.5％・行動援護50％・生活介護97％\n"
    assert [row[1] for row in read(text)[5:]] == ["gap"] * 3


NUMBERED = "(1)地域生活への移行者数2人（4人）(2)施設入所者数1,041人（1,040人）(3)一般就労への移行者数3人（6人）"
OF_NUMBERED = [
    ("地域生活への移行者数", "actual", 2020, 2.0, "人"),
    ("地域生活への移行者数", "target", 2020, 4.0, "人"),
    ("施設入所者数", "actual", 2020, 1041.0, "人"),
    ("施設入所者数", "target", 2020, 1040.0, "人"),
    ("一般就労への移行者数", "actual", 2020, 3.0, "人"),
    ("一般就労への移行者数", "target", 2020, 6.0, "人"),
]


@pytest.mark.parametrize(
    "heading",
    [
        "１　成果目標の実績（令和２年度末、かっこ内は目標値）",
        "成果目標の実績（令和２年度末、括弧内は目標値）",
    ],
)
def test_a_title_says_what_numbered_figures_and_their_brackets_are(heading: str) -> None:
    assert read(f"{heading}\n{NUMBERED}\n") == OF_NUMBERED


def test_brackets_of_which_nothing_is_said_are_not_published() -> None:
    rows = read(f"１　成果目標の実績（令和２年度末）\n{NUMBERED}\n")
    assert [row for row in rows if row[1] == "target"] == []
