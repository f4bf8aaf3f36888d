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


def test_a_title_over_sentences_says_what_the_figures_are() -> None:
    """The title of a slide, a sentence, then the table."""
    said = "○ 生活介護の利用者は増えている。\n"
    assert _measures(f"障害福祉サービスの利用状況（通所系）\n\n{said}{_SERVICES}") == ["actual"] * 2
    assert _measures(f"障害福祉サービスについて\n\n{said}{_SERVICES}") == []


def test_figures_below_a_head_are_no_more_of_a_note() -> None:
    text = f"実績\n{_SERVICES}\n※ 国保連のデータによる。\n\n令和５年度末\n\n17市町村\n\n令和６年度末\n\n19市町村\n"
    title = "# 第７期架空市障害福祉計画について\n\n"
    found = read_document(Source("plan.md", (title + text).encode())).findings
    assert any("17市町村" in finding.message for finding in found)


def test_heads_broken_over_lines_head_their_columns() -> None:
    names = "項目\n\n一般就労への移行者数\n就労定着支援の利用者数\n\n"
    columns = "令和５\n年度\n実績\n\n417人\n355人\n\n令和８\n年度\n目標\n\n514人以上\n440人以上\n"
    title = "第７期架空県障害福祉計画\n\n"
    found = read_document(Source("slides.txt", (title + names + columns).encode())).observations
    assert {(o.indicator, o.measure, o.fiscal_year, o.value) for o in found} == {
        ("一般就労への移行者数", "actual", 2023, 417.0),
        ("一般就労への移行者数", "target", 2026, 514.0),
        ("就労定着支援の利用者数", "actual", 2023, 355.0),
        ("就労定着支援の利用者数", "target", 2026, 440.0),
    }
