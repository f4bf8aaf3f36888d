"""Two columns of names: the one whose head says so names what is counted."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document


def _named(heads: str, rows: str) -> list[tuple[str, str | None]]:
    text = f"# 第７期架空市障害福祉計画の実施状況（令和６年度）\n\n{heads}\n|---|---|---|---|---|\n{rows}"
    found = read_document(Source("plan.md", text.encode())).observations
    return [(o.indicator, o.breakdown) for o in found]


@pytest.mark.parametrize(
    "heads",
    [
        "| 取組名 | 行政活動目標 | 単位 | 計画 | 実績 |",
        "| 施策 | 活動指標 | 単位 | 計画 | 実績 |",
        "| 事業名 | 成果指標名 | 単位 | 計画 | 実績 |",
    ],
)
def test_the_column_of_indicators_names_what_is_counted(heads: str) -> None:
    rows = "| ①住まいの整備 | 補助件数（新設） | 件 | 30 | 26 |\n|  | 支援ワーカーの配置人数 | 人 | 16 | 15 |\n"
    assert _named(heads, rows) == [
        ("補助件数(新設)", None),
        ("補助件数(新設)", None),
        ("支援ワーカーの配置人数", None),
        ("支援ワーカーの配置人数", None),
    ]


def test_a_bare_quantity_needs_the_name_before_it() -> None:
    rows = "| 生活介護 | 利用者数 | 人 | 30 | 26 |\n| 短期入所 | 利用者数 | 人 | 16 | 15 |\n"
    found = _named("| 事業名 | 活動指標 | 単位 | 計画 | 実績 |", rows)
    assert {name for name, _ in found} == {"生活介護", "短期入所"}
