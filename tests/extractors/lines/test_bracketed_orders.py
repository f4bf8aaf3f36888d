"""Rows whose columns a bracket above them names."""

from __future__ import annotations

import pytest
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

TITLE = "第７期架空市障がい福祉計画\n令和７年度　進捗状況報告書\n\n（１）福祉施設の入所者の地域生活への移行\n"
ORDER = "【実績】　〔項目：令和８年度目標／令和６年度／令和７年度／進捗率〕\n"
ROWS = (
    "　・地域生活移行者数（累計）：1,019人／5人／－／47.4％\n　・推進体制：構築／未構築／構築／－\n"
)
Row = tuple[str, str, int | None, float | str | None]
OF_ROWS: list[Row] = [
    ("地域生活移行者数(累計)", "target", 2026, 1019.0),
    ("地域生活移行者数(累計)", "actual", 2024, 5.0),
    ("地域生活移行者数(累計)", "actual", 2025, None),
    ("地域生活移行者数(累計)", "gap", None, 47.4),
    ("推進体制", "target", 2026, "構築"),
    ("推進体制", "actual", 2024, "未構築"),
    ("推進体制", "actual", 2025, "構築"),
    ("推進体制", "gap", None, None),
]


def read(text: str) -> tuple[list[Row], set[str]]:
    try:
        records = read_document(Source("report.txt", (TITLE + text).encode()))
    except NoSheet as error:
        return [], {finding.rule for finding in error.findings}
    rows = [
        (row.indicator, row.measure, row.fiscal_year, row.value if row.text is None else row.text)
        for row in records.observations
    ]
    return rows, {finding.rule for finding in records.findings}


@pytest.mark.parametrize(
    ("order", "rows"),
    [
        (ORDER, ROWS),
        (ORDER.replace("〔", "（").replace("〕", "）"), ROWS),
        (ORDER.replace("項目：", ""), ROWS),
        (ORDER.replace("〔", "［").replace("〕", "］"), ROWS),
        (ORDER.replace("／", "、"), ROWS.replace("／", "、")),
        (ORDER.replace("／", "｜"), ROWS.replace("／", "｜")),
        (ORDER, ROWS.replace("・", "○").replace("　○", "○")),
        (ORDER.replace("【実績】　", ""), ROWS),
    ],
)
def test_the_bracket_names_the_columns(order: str, rows: str) -> None:
    assert read(order + rows)[0] == OF_ROWS


def test_the_caption_is_the_measure_of_years_alone() -> None:
    rows, _ = read(ORDER.replace("実績", "見込量").replace("令和８年度目標", "目標") + ROWS)
    assert [row[1] for row in rows[:3]] == ["target", "projected", "projected"]


@pytest.mark.parametrize(
    "lost",
    [ROWS.replace("／5人", ""), ROWS.replace("5人", "5人／6人"), ROWS.replace("5人", "不明な値")],
)
def test_a_row_of_another_count_is_reported(lost: str) -> None:
    rows, rules = read(ORDER + lost)
    assert rows == OF_ROWS[4:]
    assert "uneven_cells" in rules


@pytest.mark.parametrize(
    "order",
    [
        ORDER.replace("進捗率", "不明"),
        ORDER.replace("令和７年度", "令和６年度"),
        ORDER.replace("項目", "単価"),
        ORDER.replace("／", "・"),
    ],
)
def test_heads_that_are_not_understood_order_nothing(order: str) -> None:
    rows, rules = read(order + ROWS)
    assert rows == []
    assert rules & {"unread_figures", "uneven_cells"}
