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


_CELLS = (
    "第３期仮空市障害児福祉計画　目標等管理シート\n\n成果目標 ５ 障害児支援の提供体制の整備等\n\n"
    "【主な活動指標(サービス利用実績)】\n\n区分 単位\nR6年度 R7年度 R8年度\n\n見込 実績 見込 実績 見込 実績\n\n"
    "児童発達支援 人/月\n日/月\n210\n1,870\n\n222\n1,905\n\n218\n1,926\n\n231\n1,998\n\n226\n2,082\n\n{0}\n{0}\n\n"
    "保育所等訪問支援 人/月\n日/月\n14\n20\n\n21\n24\n\n16\n23\n\n28\n32\n\n18\n26\n\n{0}\n{0}\n\n"
    "*各年度年間平均値\n"
)


def test_it_is_a_cell_of_its_own_line() -> None:
    for word in ("－", "未", "未定"):
        records = read_document(Source("sheet.txt", _CELLS.format(word).encode()))
        last = [o for o in records.observations if (o.measure, o.fiscal_year) == ("actual", 2026)]
        assert {o.status for o in last} == {"not_reported"}, word
        assert {o.indicator for o in last} == {"児童発達支援", "保育所等訪問支援"}


def test_a_word_that_nobody_knows_is_no_beginning_of_the_next_name() -> None:
    records = read_document(Source("sheet.txt", _CELLS.format("留").encode()))
    assert not [o for o in records.observations if "留" in o.indicator]
    assert records.findings
