"""Measures in turn down the rows, the name before the first of them, between two, or beside the middle one."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第６期架空市障害福祉計画の進捗状況\n\n（１）訪問系サービス\n"
FIRST = """\
サービス名 単位 区分 R3 R4
居宅介護 人/月 見込量 112 121
実績 118 125
重度訪問介護 人/月 見込量 6 7
実績 7 8
"""
BETWEEN = """\
サービス名 単位 区分 R3 R4
見込量 112 121
居宅介護 人/月
実績 118 125
見込量 6 7
重度訪問介護 人/月
実績 7 8
"""
MIDDLE = """\
サービス名 単位 R3 R4
計画値 112 121
居宅介護 人/月 実績値 118 125
達成率 105.4% 103.3%
計画値 6 7
重度訪問介護 人/月 実績値 7 8
達成率 116.7% 114.3%
"""
CELLS = "\n".join(FIRST.split()) + "\n"
FIGURES = [
    ("居宅介護", "projected", 2021, 112), ("居宅介護", "projected", 2022, 121),
    ("居宅介護", "actual", 2021, 118), ("居宅介護", "actual", 2022, 125),
    ("重度訪問介護", "projected", 2021, 6), ("重度訪問介護", "projected", 2022, 7),
    ("重度訪問介護", "actual", 2021, 7), ("重度訪問介護", "actual", 2022, 8),
]  # fmt: skip


def _told(table: str) -> list[tuple[object, ...]]:
    read = read_document(Source("sheet.txt", (TITLE + table).encode()))
    assert all(o.unit == "人/月" for o in read.observations if o.measure != "gap")
    return [
        (o.indicator, o.measure, o.fiscal_year, o.value)
        for o in read.observations
        if o.measure != "gap"
    ]


@pytest.mark.parametrize("table", [FIRST, BETWEEN, MIDDLE, CELLS])
def test_the_name_stands_anywhere_among_its_rows(table: str) -> None:
    assert _told(table) == FIGURES


def test_a_group_without_a_name_counts_the_service_above_in_another_unit() -> None:
    table = FIRST + "時間/月 見込量 720 811\n実績 698 840\n"
    read = read_document(Source("sheet.txt", (TITLE + table).encode()))
    hours = [(o.indicator, o.measure, o.value) for o in read.observations if o.unit == "時間/月"]
    assert hours == [
        ("重度訪問介護", "projected", 720),
        ("重度訪問介護", "projected", 811),
        ("重度訪問介護", "actual", 698),
        ("重度訪問介護", "actual", 840),
    ]


def test_a_name_broken_beside_its_rows_is_one() -> None:
    table = FIRST.replace("居宅介護 人/月 見込量", "自立訓練 人/月 見込量").replace(
        "実績 118", "（機能訓練） 実績 118"
    )
    assert {figure[0] for figure in _told(table)} == {"自立訓練(機能訓練)", "重度訪問介護"}


@pytest.mark.parametrize(
    "table",
    [
        BETWEEN.replace("重度訪問介護 人/月\n実績 7 8", "実績 7 8\n重度訪問介護 人/月"),
        BETWEEN.replace("実績 118 125\n", ""),
        FIRST.replace("居宅介護 人/月 見込量", "見込量"),
    ],
)
def test_names_at_several_places_or_measures_out_of_turn_give_no_neighbour_a_name(
    table: str,
) -> None:
    told = _told(table)
    assert not [figure for figure in told if figure not in FIGURES]
