"""未 alone: not reported yet where the whole column of a year says so, else a word."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第3期架空市障がい児福祉計画　進行管理シート\n\n実績\n\n"
_HEAD = "| 項目 | 令和6年度 | 令和7年度 | 令和8年度 |\n|---|---|---|---|\n"


def _statuses(rows: str, year: int, head: str = _HEAD) -> list[tuple[str, str, str | None]]:
    records = read_document(Source("sheet.md", (_TITLE + head + rows).encode()))
    return [
        (row.raw, row.status, row.text) for row in records.observations if row.fiscal_year == year
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "| 児童発達支援センター | 1か所 | 2か所 | 未 |\n| 協議の場の設置 | 検討 | 設置 | 未 |\n",
        "| コーディネーター | 0人 | 3人 | 未 |\n| 就労選択支援 | － | － | － |\n",
        "| 放課後等デイサービス | 215人 | 223人 | 未 |\n| 協議の場 | 設置 | 設置 | 未定 |\n",
    ],
)
def test_a_whole_column_of_it_is_not_reported_yet(rows: str) -> None:
    assert {status for _, status, _ in _statuses(rows, 2026)} == {"not_reported"}


@pytest.mark.parametrize(
    "rows",
    [
        "| 児童発達支援センター | 0か所 | 0か所 | 未 |\n| 協議の場の設置 | 検討 | 検討 | 未 |\n",
        "| 児童発達支援センター | 1か所 | 1か所 | 未 |\n| 協議の場の設置 | 検討 | 設置 | 設置 |\n",
        "| 協議の場の設置 | 1か所 | 1か所 | 未 |\n",
    ],
)
def test_elsewhere_it_may_be_short_for_not_set_up(rows: str) -> None:
    assert ("未", "qualitative", "未") in _statuses(rows, 2026)


def test_a_year_that_was_reported_before_may_not_follow() -> None:
    rows = "| 児童発達支援センター | 未 | 1か所 | 2か所 |\n| 協議の場 | 未 | 設置 | 設置 |\n"
    assert {status for _, status, _ in _statuses(rows, 2024)} == {"qualitative"}


def test_a_dash_behind_its_unit_is_no_word() -> None:
    rows = "| 手話通訳者の養成 | 人/年 12 | 人/年 － | 人/年 ― |\n"
    assert [status for _, status, _ in _statuses(rows, 2025)] == ["not_reported"]
    assert [status for _, status, _ in _statuses(rows, 2026)] == ["not_reported"]
