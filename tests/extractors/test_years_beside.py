"""Years that no head prints: those of rates behind a plan and a result, and those that a note below gives."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "# 第６期架空市障害福祉計画　進捗状況\n\n"


def _years(text: str) -> list[tuple[str | None, int | None]]:
    records = read_document(Source("plan.md", (_TITLE + text).encode()))
    return [(o.measure, o.fiscal_year) for o in records.observations]


_RATES = """\
| サービス名 | 令和3年度実績 | 令和4年度計画 | 令和4年度実績 | {rate} |
|---|---|---|---|---|
| 共同生活援助（人） | 201 | 205 | 219 | 106.8% |
| 生活介護（人） | 210 | 200 | 180 | 90.0% |
"""


@pytest.mark.parametrize("rate", ["対計画比", "達成率"])
def test_a_rate_behind_the_plan_and_the_result_of_one_year_is_of_that_year(rate: str) -> None:
    row = [("actual", 2021), ("projected", 2022), ("actual", 2022), ("gap", 2022)]
    assert _years(_RATES.format(rate=rate)) == row * 2


def test_a_rate_behind_one_of_two_years_is_of_neither_for_sure() -> None:
    table = _RATES.format(rate="達成率").replace("令和3年度実績", "令和3年度計画 | 令和3年度実績")
    table = table.replace("|---", "|---|---", 1).replace("（人） |", "（人） | 198 |")
    assert [year for measure, year in _years(table) if measure == "gap"] == [None, None]


_NOTED = """\
| 項目 | 基準値 | 実績値 |
|---|---|---|
| 施設入所者数 | 58人 | 51人 |

※{note}
"""


@pytest.mark.parametrize(
    ("note", "years"),
    [
        ("実績値は令和４年度末の数値", [None, 2022]),
        ("基準値は令和元年度末の人数、実績値は令和４年度末時点の人数です。", [2019, 2022]),
        ("実績値は、R4年度末現在。", [None, 2022]),
        ("実績値は令和４年度に見直した。", [None, None]),
        ("実績値は令和４年度末の数値、実績は令和３年度末の数値", [None, None]),
    ],
)
def test_a_note_below_a_table_says_of_which_year_a_measure_is(
    note: str, years: list[int | None]
) -> None:
    assert [year for _, year in _years(_NOTED.format(note=note))] == years


_AIMS = """\
| 指標名 | 基準値 | 今年度目標値（令和6年度） | {head} |
|---|---|---|---|
| グループホームの定員 | {then} | 90人 | {aim} |
| 施設入所者数 | 218人（令和4年度） | 190人 | 150人 |
"""


@pytest.mark.parametrize("head", ["長期的目標値", "最終目標", "目標値"])
@pytest.mark.parametrize(
    "printed",
    [
        "184人<br>（令和{}年度）",
        "184人 [R{}年度末]",
        "184人【令和{}年度】",
        "184人<br>令和{}年度",
        "令和{}年度<br>184人",
        "Ｒ{}：184人",
        "（令和{}年度）184人",
        "令和{}年度末 184人",
    ],
)
def test_a_target_beside_others_is_of_the_year_that_its_cell_prints_or_of_none(
    head: str, printed: str
) -> None:
    text = _AIMS.format(head=head, then=printed.format(4), aim=printed.format(8))
    first = [("baseline", 2022), ("target", 2024), ("target", 2026)]
    assert _years(text) == [*first, ("baseline", 2022), ("target", 2024)]


def test_a_part_of_another_year_than_the_head_is_of_neither() -> None:
    text = _AIMS.format(head="令和6年度実績", then="218人", aim="うちR5：20人")
    assert [year for _, year in _years(text)] == [None, 2024, 2022, 2024, 2024]


@pytest.mark.parametrize(
    "printed", ["令和4年度 100人<br>令和5年度 120人", "R4：100人 R5：120人", "R4 100人、R5 120人"]
)
def test_figures_of_one_cell_are_each_of_the_year_it_prints(printed: str) -> None:
    text = _AIMS.format(head="令和6年度実績", then=printed, aim="90人")
    assert _years(text)[:2] == [("baseline", 2022), ("baseline", 2023)]


@pytest.mark.parametrize(
    "rate",
    [
        "目標に対する進捗率",
        "目標値（令和５年度末）に対する進捗率",
        "最終目標への到達率",
        "令和５年度目標に対する達成度",
        "目標達成への進捗率",
        "対目標進捗率",
    ],
)
def test_how_far_a_target_is_reached_is_no_figure_of_the_year_of_the_target(rate: str) -> None:
    table = f"以下、項目、目標値（令和５年度末）、令和３年度実績、令和４年度実績、{rate}の順に記載します。\n"
    said = _years(f"{table}地域生活移行者数、292人、64人、139人、47.6％\n")
    assert said == [("target", 2023), ("actual", 2021), ("actual", 2022), ("gap", None)]
