"""Aligned tables with years down the side, and the heads of boxes printed in the margin before them."""

from __future__ import annotations

import pytest
from keikaku.extractors.document import Line, Span
from keikaku.extractors.lines.margin_heads import margins_apart
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

TITLE = "　　第５期架空市障害福祉計画\n　　目標等管理シート\n\n  成果目標１　　施設入所者の地域生活への移行\n\n"
PLAN = """  Ｐ 計画   目標値   項    目                          令和２年度末    設定の考え方
                     ①地域生活移行者数                １１人          基準時の入所者の９％
                     ②施設入所者数                    1,119人以下     基準時から２％を削減
"""
DONE = """  Ｄ 実施   実績値   年    度      ①移行者数  進捗率      ②入所者数  平成28年度末比
                                   （累計）
                     平成30年度    2人         18.2%       1,121人     ▲1人
                     令和元年度    4人         36.4%       1,123人     1人
"""
REVIEW = """  Ｃ 評価   【令和元年度】  ２人が地域生活へ移行した。
"""
OF_PLAN = [
    ("地域生活移行者数", "target", 2020, 11.0, "人"),
    ("施設入所者数", "target", 2020, 1119.0, "人"),
]
OF_DONE = [
    ("移行者数(累計)", "actual", 2018, 2.0, "人"),
    ("移行者数(累計)", "gap", 2018, 18.2, "%"),
    ("入所者数", "actual", 2018, 1121.0, "人"),
    ("入所者数", "gap", 2018, -1.0, "人"),
    ("移行者数(累計)", "actual", 2019, 4.0, "人"),
    ("移行者数(累計)", "gap", 2019, 36.4, "%"),
    ("入所者数", "actual", 2019, 1123.0, "人"),
    ("入所者数", "gap", 2019, 1.0, "人"),
]
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


@pytest.mark.parametrize(
    "text",
    [
        f"{PLAN}\n{DONE}\n{REVIEW}",
        f"{PLAN}{DONE}{REVIEW}",
        f"{PLAN}\n{DONE}\n{REVIEW}".replace("年    度", "年度    "),
        f"{PLAN}\n{DONE}\n{REVIEW}".replace("Ｐ 計画", "計画(P)").replace("Ｄ 実施", "実施(D)"),
    ],
)
def test_the_box_in_the_margin_is_the_measure(text: str) -> None:
    assert read(text) == [*OF_PLAN, *OF_DONE]


def test_a_review_ends_with_the_next_goal() -> None:
    second = PLAN.replace("①地域生活", "①第二の")
    text = f"{PLAN}\n{REVIEW}\n  成果目標４　　福祉施設から一般就労への移行\n\n{second}"
    assert read(text)[2:] == [("第二の移行者数", *OF_PLAN[0][1:]), OF_PLAN[1]]


@pytest.mark.parametrize(
    "text",
    [
        DONE.replace("36.4%       ", "            "),
        DONE.replace("1,123人     1人", "1,123人"),
        DONE.replace("平成30年度    2人", "入所者数      2人"),
    ],
)
def test_a_row_of_another_count_leaves_the_table_unread(text: str) -> None:
    assert [row for row in read(text) if row[2] == 2019] == []


def test_what_compares_nothing_that_is_named_is_not_read() -> None:
    rows = read(DONE.replace("①移行者数  進捗率      ", "進捗率      ①移行者数  "))
    assert [row for row in rows if row[1] == "gap" and row[4] == "%"] == []


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Ｐ 計画   目標値   項目   令和２年度", ["Ｐ 計画", "目標値", "項目   令和２年度"]),
        ("目標値   年    度   移行者数", ["目標値", "年    度   移行者数"]),
        ("Ｃ 評価   【令和元年度】 移行した。", ["Ｃ 評価", "【令和元年度】 移行した。"]),
        ("実績   令和３年度   令和４年度", ["実績   令和３年度   令和４年度"]),
        ("目標値   120人   130人", ["目標値   120人   130人"]),
        ("計画   実績   達成率", ["計画   実績   達成率"]),
        ("活動指標   区分   R3   R4", ["活動指標   区分   R3   R4"]),
    ],
)
def test_heads_in_the_margin_are_lines_of_their_own(line: str, parts: list[str]) -> None:
    assert [part.text for part, _ in margins_apart(Line(line, Span(0, len(line))))] == parts


def test_a_name_of_two_lines_over_its_column() -> None:
    text = (
        "第６期架空町障害福祉計画\n\n相談支援の利用実績\n\n"
        "    年度            計画相談        地域定着\n"
        "                   支援（人）      支援（人）\n"
        "    令和４年度         88              3\n"
        "    令和５年度         94              1\n"
    )
    records = read_document(Source("plan.txt", text.encode())).observations
    assert [(o.indicator, o.fiscal_year, o.value, o.unit) for o in records] == [
        ("計画相談支援", 2022, 88.0, "人"),
        ("地域定着支援", 2022, 3.0, "人"),
        ("計画相談支援", 2023, 94.0, "人"),
        ("地域定着支援", 2023, 1.0, "人"),
    ]
