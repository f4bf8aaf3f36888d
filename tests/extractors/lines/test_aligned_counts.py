"""Rows that kept their places loosely: one blank between figures, names and remarks around them, blanks at the end."""

from __future__ import annotations

import pytest
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空町障害福祉計画　サービスの利用状況\n\n"


def _read(table: str) -> DocumentRecords:
    return read_document(Source("plan.txt", (_TITLE + table).encode()))


def _said(table: str) -> list[tuple[object, ...]]:
    return [
        (o.indicator, o.measure, o.fiscal_year, o.value)
        for o in _read(table).observations
        if o.value is not None
    ]


_CLOSE = """\
                          計画量            実績量       所見
     サービス     単位
                      Ｒ６    Ｒ７   Ｒ８    Ｒ６     Ｒ７
居宅介護           時間 4,310 4,420 4,530 4,187 4,502
                                                     支給時間が増え
重度訪問介護         時間 2,650 2,650 2,800 2,914 3,106
                                                     ている。
就労定着支援          人     34    36    38     31     39 ２か所で行った。
"""


def test_figures_one_blank_apart_stand_under_the_heads_of_their_number() -> None:
    planned = [("projected", 2024), ("projected", 2025), ("projected", 2026)]
    heads = [*planned, ("actual", 2024), ("actual", 2025)]
    figures = {
        "居宅介護": (4310, 4420, 4530, 4187, 4502),
        "重度訪問介護": (2650, 2650, 2800, 2914, 3106),
        "就労定着支援": (34, 36, 38, 31, 39),
    }
    assert _said(_CLOSE) == [
        (name, *head, value)
        for name, values in figures.items()
        for head, value in zip(heads, values, strict=True)
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [(" 4,187", ""), ("2,650 2,650", "2,650 2,6 50"), ("Ｒ６     Ｒ７", "Ｒ７     Ｒ６")],
)
def test_a_row_of_another_number_or_heads_in_no_order_read_nothing(old: str, new: str) -> None:
    found = _read(_CLOSE.replace(old, new))
    assert not found.observations
    assert found.findings


_YEARS_OVER_MEASURES = """\
                          令和６年度         令和７年度
   サービス名        単位
                       見込量 実績 見込量 実績
生活介護          人日/月 7,420 7,388 7,510 7,602
短期入所          人日/月      62   58     64       70
"""


def test_years_over_measures_one_blank_apart() -> None:
    told = [("projected", 2024), ("actual", 2024), ("projected", 2025), ("actual", 2025)]
    assert _said(_YEARS_OVER_MEASURES) == [
        (name, *head, value)
        for name, values in (("生活介護", (7420, 7388, 7510, 7602)), ("短期入所", (62, 58, 64, 70)))
        for head, value in zip(told, values, strict=True)
    ]


_GOALS = """\
                                 目標値      実績値
   成果目標            指標                               取組状況
                               （Ｒ８年度末） Ｒ６年度 Ｒ７年度
                 地域生活移行者数       15人    ４人  ９人 市内を訪問した。
１ 地域生活への移行
                 施設入所者の削減数        ９人    ３人  ２人 入所が多かった。
                 就労移行支援事業所の就労定着率が
                                    ６割    ５割  ７割
４ 一般就労への移行
                 ７割以上の事業所の割合
"""


def test_classes_half_way_beside_their_rows_are_a_column_of_their_own() -> None:
    found = _read(_GOALS.split("                 就労移行")[0])
    said = [(o.indicator, o.breakdown, o.measure, o.value) for o in found.observations]
    assert said == [
        ("地域生活移行者数", None, "target", 15),
        ("地域生活移行者数", None, "actual", 4),
        ("地域生活移行者数", None, "actual", 9),
        ("施設入所者の削減数", None, "target", 9),
        ("施設入所者の削減数", None, "actual", 3),
        ("施設入所者の削減数", None, "actual", 2),
    ]


def test_classes_neither_at_the_top_nor_half_way_read_nothing() -> None:
    assert not _read(_GOALS).observations


_TERMS = """\
                         第６期計画            第７期計画
     サービス名      区分
                     R4     R5      R6     R7     R8
                計画値     25     26      28     29     30
居宅介護  利用者数（人）  実績値     24     27      30     28
                計画比  96.0% 103.8% 107.1%      96.6%
                計画値     38     39      46     48     50
就労継続支援
     利用者数（人）   実績値     41     43      47     52
（Ｂ型）
                計画比 107.9% 110.3% 102.2% 108.3%
"""


def test_years_still_to_come_are_blank_at_the_end_of_the_rows() -> None:
    said = _said(_TERMS)
    assert len(said) == 5 + 4 + 4 + 5 + 4 + 4
    assert ("居宅介護", "actual", 2025, 28) in said
    assert ("就労継続支援(B型)", "actual", 2022, 41) in said
    assert not [told for told in said if told[1] == "actual" and told[2] == 2026]


@pytest.mark.parametrize("lost", ["     28\n", "     24", "      47"])
def test_a_row_that_lacks_another_value_than_the_others_reads_nothing(lost: str) -> None:
    assert not _read(_TERMS.replace(lost, lost[len(lost.rstrip()) :])).observations
