"""Titles over tables of columns, their unit at the line's right end, and words set wide letter by letter."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第7期架空市障害福祉計画の進捗状況\n\n１　施設入所者の地域生活への移行\n\n"
STAGGERED = """\
                              基準値          目標値          実績値
          区　　分                                                        進捗率
                            令和４年度末    令和８年度末    令和６年度末
        施設入所者数            152             144             150         25.0%
        合　　計                160             152             158         25.0%
"""
ONE_LINE = """\
          区　　分          令和４年度実績    令和８年度目標    令和６年度実績
        施設入所者数            152             144             150
        合　　計                160             152             158
"""


def _told(text: str) -> list[tuple[object, ...]]:
    read = read_document(Source("sheet.txt", (TITLE + text).encode()))
    return [
        (o.indicator, o.fiscal_year, o.value, o.unit)
        for o in read.observations
        if o.measure != "gap"
    ]


@pytest.mark.parametrize("table", [STAGGERED, ONE_LINE])
@pytest.mark.parametrize(
    "title",
    [
        "      表１　地域生活への移行の状況                         （単位：人）\n",
        "      表１　地域生活への移行の状況                                                              （単位：人）\n",
        "      （１）地域生活への移行の状況                                      （単位：人）\n",
        "      地域生活への移行の状況                                            （単位：人）\n",
        "                                                                        （単位：人）\n",
    ],
)
def test_the_unit_stands_right_of_the_title(title: str, table: str) -> None:
    told = _told(title + table)
    assert [figure[1:] for figure in told[:3]] == [
        (2022, 152, "人"),
        (2026, 144, "人"),
        (2024, 150, "人"),
    ]
    assert {figure[0] for figure in told} == {"施設入所者数", "合計"}


def test_a_row_of_heads_ends_the_table_above_though_one_stands_under_its_text() -> None:
    told = _told(
        """\
     サービス名                               内　　容
  居宅介護            自宅で、入浴、排せつ、食事の介護等を行います。

 （２）見込量
                             実　　績               見　込　量
   サービス名      単位     令和５年度      令和６年度  令和７年度
   居宅介護       人／月        112         118         121
   重度訪問介護   人／月          6           7           7
"""
    )
    assert [figure[2] for figure in told] == [112, 118, 121, 6, 7, 7]


def test_heads_set_wide_begin_the_next_table() -> None:
    told = _told(
        """\
          サービス名        令和５年度実績    令和６年度実績
        居宅介護                112              118
        行動援護                  6                7

          項　　目                  令和８年度目標      令和６年度実績
        配置人数                         ４人                ３人
"""
    )
    assert [figure[1:3] for figure in told] == [
        (2023, 112), (2024, 118), (2023, 6), (2024, 7), (2026, 4), (2024, 3),
    ]  # fmt: skip
