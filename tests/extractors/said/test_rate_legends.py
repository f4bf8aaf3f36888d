"""Results of which a sentence says the year: 達成率は、令和5年度末の実績を目標で除して算出しています。"""

from __future__ import annotations

import pytest
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

TITLE = "第６期架空市障害福祉計画　最終評価報告書\n\n"
LEGEND = "　達成率は、令和5年度末の実績を目標で除して算出し、小数点第2位を四捨五入しています。\n\n"
ROWS = """1　福祉施設の入所者の地域生活への移行

【達成状況】
ア　施設入所者の減少数
　　目標　　4人
　　実績　　5人
　　達成率　125.0％
"""


def rows(text: str) -> set[tuple[str, str | None, int | None, float | str | None]]:
    try:
        found = read_document(Source("report.txt", (TITLE + text).encode())).observations
    except NoSheet:
        return set()
    return {(o.indicator, o.measure, o.fiscal_year, o.value or o.raw) for o in found}


@pytest.mark.parametrize(
    "legend",
    [
        LEGEND,
        "達成率＝令和5年度末の実績値÷目標値\n\n",
        "達成率は、令和5年度の実績値を計画値で除した値です。\n\n",
    ],
)
def test_the_result_is_of_the_year_that_the_rates_compare(legend: str) -> None:
    found = rows(legend + ROWS)
    assert ("施設入所者の減少数", "actual", 2023, 5.0) in found
    assert ("施設入所者の減少数", "gap", None, 125.0) in found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (ROWS, "no sentence says the year"),
        (LEGEND + LEGEND.replace("5年度", "4年度") + ROWS, "two years are compared"),
        (ROWS + LEGEND, "it is said of what comes behind"),
        (LEGEND + ROWS.replace("　　達成率　125.0％\n", ""), "no rate compares it"),
        (LEGEND + ROWS.replace("　　目標　　4人\n", ""), "no target is compared"),
    ],
)
def test_a_result_of_which_nothing_tells_the_year_is_not_read(text: str, why: str) -> None:
    assert not any(year for _, measure, year, _ in rows(text) if measure == "actual"), why


def test_a_target_in_a_sentence_gives_no_result_its_year() -> None:
    aim = "○　令和5年度末までに、施設入所者のうち13人以上が地域生活へ移行することを目指す。\n\n"
    found = rows(aim + ROWS)
    assert not any(year for _, measure, year, _ in found if measure == "actual")
