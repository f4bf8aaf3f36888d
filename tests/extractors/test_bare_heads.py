"""A head on a line of its own, with the figures of its column right below it, heads nothing further on."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_SERVICES = (
    "\n| サービス | 令和５年３月 | 令和６年３月 |\n|---|---|---|\n| 生活介護 | 104人 | 111人 |\n"
)


def _measures(text: str) -> list[str]:
    title = "# 第７期架空市障害福祉計画について\n\n"
    found = read_document(Source("plan.md", (title + text).encode())).observations
    return [o.measure for o in found if o.indicator == "生活介護"]


@pytest.mark.parametrize("head", ["目標", "令和８\n\n年度\n\n目標", "目標値", "実績"])
def test_the_head_of_a_column_of_lines_does_not_reach_the_next_table(head: str) -> None:
    assert _measures(f"{head}\n\n514人以上\n\n82人以上\n\n年間の利用の様子\n{_SERVICES}") == []


def test_a_head_over_a_table_does() -> None:
    assert _measures(f"実績\n{_SERVICES}") == ["actual", "actual"]
