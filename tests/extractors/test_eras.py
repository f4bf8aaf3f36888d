"""Years without their era: of the one that the paper names, and of none where it names none."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TABLE = "項目／{}実績／{}実績\n地域生活移行者数／２人／３人\n施設入所者数／44人／43人\n"


def _said(title: str, *years: str) -> tuple[list[tuple[int | None, float | None]], set[str]]:
    goal = "施設入所者の地域生活への移行"
    text = f"{title}\n\n成果目標１　{goal}\n{TABLE.format(*years)}"
    records = read_document(Source("sheet.txt", text.encode()))
    rows = [(o.fiscal_year, o.value) for o in records.observations]
    return rows, {finding.rule for finding in records.findings}


@pytest.mark.parametrize(
    "title",
    ["第７期架空市障害福祉計画の進捗", "障害福祉計画の進捗（令和７年度）", "障害福祉計画の進捗 R7"],
)
def test_a_year_is_of_the_era_that_the_paper_names(title: str) -> None:
    rows, _ = _said(title, "６年度", "７年度")
    assert rows == [(2024, 2.0), (2025, 3.0), (2024, 44.0), (2025, 43.0)]


def test_where_no_era_is_named_the_figures_are_refused() -> None:
    rows, rules = _said("障害福祉計画の進捗", "６年度", "７年度")
    assert rows == []
    assert "unknown_year" in rules


@pytest.mark.parametrize("years", [("23年度", "24年度"), ("06年度", "07年度"), ("３年", "４年")])
def test_years_that_may_be_of_either_era_or_western_are_not_read(years: tuple[str, str]) -> None:
    rows, _ = _said("障害福祉計画の進捗（令和７年度）", *years)
    assert not any(value for _, value in rows)
