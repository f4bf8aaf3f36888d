"""A report on a plan that is over: results that name no year are of the term that it names."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_ROWS = (
    "\n\n１　施設入所者の地域生活への移行\n項目、目標、実績、達成率の順\n"
    "地域生活移行者数、250人、131人、52.4％\n施設入所者の減少数、80人、97人、121.3％\n"
)


def _years_of_results(
    opening: str, title: str = "架空県障がい福祉計画（第６期）の実績"
) -> list[int | None]:
    source = Source("report.txt", f"{title}\n\n{opening}{_ROWS}".encode())
    return [o.fiscal_year for o in read_document(source).observations if o.measure == "actual"]


@pytest.mark.parametrize(
    "opening",
    [
        "　令和３年度から令和５年度までを計画期間とする計画を策定しました。\n　計画期間が終了したため、成果目標の実績を取りまとめました。",
        "　計画期間（令和３年度～令和５年度）の満了に当たり、成果目標の達成状況を整理しました。",
        "　本報告は、計画期間の最終年度に当たる令和５年度までの実績を取りまとめたものです。",
        "　令和3～5年度を計画期間とする標記計画が終了したので、結果を報告します。",
    ],
)
def test_the_results_are_of_the_term_that_is_over(opening: str) -> None:
    assert _years_of_results(opening) == [2023, 2023]


@pytest.mark.parametrize(
    "opening",
    [
        "　令和３年度から令和５年度までを計画期間とする計画の実績を報告します。",
        "　計画期間（令和３年度～令和５年度）が終了していないため、実績は見込みです。",
        "　計画期間（令和３年度～令和５年度）が終了したため、その実績を踏まえ新たな計画を策定しました。",
        "　計画期間（平成30年度～令和２年度）が終了したため、実績を取りまとめました。",
        "　計画期間が終了したため、実績を取りまとめました。",
    ],
)
def test_a_term_that_goes_on_or_is_another_dates_nothing(opening: str) -> None:
    assert _years_of_results(opening) == [None, None]


def test_a_chapter_on_another_term_ends_what_the_chapter_before_says_of_its_figures() -> None:
    text = """\
第４章 第６期障がい福祉計画・第２期障がい児福祉計画の進捗状況

１ 成果目標の達成状況

第５章 第７期障がい福祉計画・第３期障がい児福祉計画

（１）障がい福祉サービス
サービス名 単位 令和６年度 令和７年度
居宅介護 人／月 224 229
同行援護 人／月 40 41
"""
    read = read_document(Source("plan.txt", text.encode()))
    assert not [o for o in read.observations if o.measure == "actual"]
    assert {"224", "229", "40", "41"} <= {
        quote for f in read.findings for quote in ("224", "229", "40", "41") if quote in f.message
    }
