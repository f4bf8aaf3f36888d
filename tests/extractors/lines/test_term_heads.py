"""Terms with a measure over years in text without places: the years say how far each term reaches."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document


def _told(
    terms: str, years: str = "令和４年度 令和５年度 令和６年度 令和７年度"
) -> list[tuple[object, ...]]:
    text = f"""\
第7期架空市障害福祉計画

（１）訪問系サービス
{terms}
サービス名 単位 {years}
居宅介護 人／月 43 44 46 47
時間／月 640 655 690 705
同行援護 人／月 6 7 7 8
時間／月 102 120 121 137
"""
    read = read_document(Source("sheet.txt", text.encode()))
    return [(o.measure, o.fiscal_year, o.value) for o in read.observations[:4]]


@pytest.mark.parametrize(
    "terms",
    [
        "第６期（実績） 第７期（見込量）",
        "第６期計画（実績値） 第７期計画（見込量）",
        "第２期（実績） 第３期（見込量）",
        "第６期実績 第７期見込量",
    ],
)
def test_each_year_is_of_the_term_that_holds_it(terms: str) -> None:
    assert _told(terms) == [
        ("actual", 2022, 43),
        ("actual", 2023, 44),
        ("projected", 2024, 46),
        ("projected", 2025, 47),
    ]


def test_a_year_of_no_term_leaves_the_line_unread() -> None:
    told = _told("第６期（実績） 第７期（見込量）", "令和２年度 令和５年度 令和６年度 令和７年度")
    assert not [figure for figure in told if figure[0] == "actual"]


def test_measures_without_terms_reach_nobody_knows_how_far() -> None:
    assert _told("実績 見込量") == []
