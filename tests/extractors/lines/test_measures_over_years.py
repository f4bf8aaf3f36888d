"""Two lines of heads with single blanks: measures without widths over their years."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "項目／令和元年度実績／令和２年度実績\n研修／1件／2件\n\n"
TERMS = "R3年度 R4年度 R5年度※ R6年度 R7年度 R8年度"
ROW = "居宅介護 人/月 1 2 3 4 5 6\n"


def read(text: str) -> list[tuple[str, str, int | None, float | None]]:
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    rows = [o for o in records.observations if o.indicator != "研修"]
    return [(o.indicator, o.measure, o.fiscal_year, o.value) for o in rows]


def findings(text: str) -> str:
    records = read_document(Source("sheet.txt", (TITLE + text).encode()))
    return " ".join(f.message for f in records.findings)


def test_results_of_one_term_and_the_forecast_for_the_next() -> None:
    expected = [("actual", 2021), ("actual", 2022), ("actual", 2023)]
    expected += [("projected", 2024), ("projected", 2025), ("projected", 2026)]
    rows = read(f"サービス名 単位 実績 見込量\n{TERMS}\n{ROW}")
    assert [row[1:3] for row in rows] == expected
    assert [row[3] for row in rows] == [1, 2, 3, 4, 5, 6]


def test_the_same_years_under_each_measure() -> None:
    rows = read(f"サービス名 単位 見込量 実績\n{'R6年度 R7年度 R8年度 ' * 2}\n{ROW}")
    assert [row[1:3] for row in rows][2:4] == [("projected", 2026), ("actual", 2024)]


@pytest.mark.parametrize(
    ("heads", "years"),
    [
        ("実績 見込量", "R4年度 R5年度 R6年度 R7年度 R8年度 R9年度"),
        ("実績 見込量", "R3年度 R4年度 R6年度 R7年度 R8年度 R9年度"),
        ("見込量 実績", TERMS),
        ("目標 見込量", TERMS),
    ],
)
def test_widths_that_nothing_tells_are_not_guessed(heads: str, years: str) -> None:
    text = f"サービス名 単位 {heads}\n{years}\n{ROW}"
    assert read(text) == []
    assert ROW.strip() in findings(text)


@pytest.mark.parametrize("figures", ["1 2 3 4 5", "1 2 3 4 5 6 7", "－ 2 3 4 5 6 7"])
def test_a_row_with_another_number_of_figures_is_reported(figures: str) -> None:
    text = f"サービス名 単位 実績 見込量\n{TERMS}\n{ROW}短期入所 人/月 {figures}\n"
    assert len(read(text)) == 6
    assert figures in findings(text)
