"""Years in brackets below the measures that they are of, whole or broken over two lines."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_ROWS = (
    "    施設入所者数              174           165           170           168\n"
    "    就労定着支援の利用者数     33            46            38            41\n"
)
_YEARS = [("baseline", 2022), ("target", 2026), ("actual", 2024), ("actual", 2025)]


def _said(heads: str) -> list[tuple[object, ...]]:
    title = "第７期架空市障害福祉計画\n\n２　成果目標の達成状況\n\n"
    found = read_document(Source("plan.txt", (title + heads + _ROWS).encode())).observations
    return [(o.measure, o.fiscal_year) for o in found[:4]]


@pytest.mark.parametrize(
    "heads",
    [
        "                            基準値        目標値        実績          実績\n"
        "    項目                    （令和４      （令和８      （令和６      （令和７\n"
        "                            年度末）      年度末）      年度）        年度）\n",
        "                            基準値        目標値        実績          実績\n"
        "                            （R4          （R8          （R6          （R7\n"
        "    項目                    年度末）      年度末）      年度）        年度）\n",
        "    項目                   基準値         目標値          令和６年度    令和７年度\n"
        "                     （令和４年度末） （令和８年度末）     実績         実績\n",
        "                         令和４年度末   令和８年度末   令和６年度    令和７年度\n"
        "    項目\n"
        "                            基準値        目標値        実績          実績\n",
        "                            基準値        目標値                実績\n"
        "    項目                    （R4）        （R8）        R6            R7\n",
    ],
)
def test_brackets_say_the_years_of_the_measures_above(heads: str) -> None:
    assert _said(heads) == _YEARS


def test_a_measure_over_several_brackets_is_of_them_all() -> None:
    heads = (
        "    項目                          見込量                     実績\n"
        "                            （R7）        （R8）        （R4）        （R5）\n"
    )
    assert _said(heads) == [
        ("projected", 2025), ("projected", 2026), ("actual", 2022), ("actual", 2023),
    ]  # fmt: skip


def test_a_bracket_that_is_not_closed_heads_nothing() -> None:
    heads = (
        "                            基準値        目標値        実績          実績\n"
        "    項目                    （令和４      （令和８      （令和６      （令和７\n"
        "                            年度末）      年度末）      年度）\n"
    )
    assert _said(heads) == []
