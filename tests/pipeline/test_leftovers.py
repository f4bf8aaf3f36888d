"""Rows of figures that no sheet took are reported; covers, legends and page numbers are not."""

from __future__ import annotations

import pytest
from keikaku.extractors.document import Span
from keikaku.extractors.ledger import Fate, LedgerRow
from keikaku.pipeline.leftovers import OUTSIDE, figures_outside, looks_like_row

ROWS = [
    "一般就労移行者数　15人　9人　12人",
    "就労移行率3割以上 事業所 割合 50%          33.3%      50%",
    "就労継続支援B型  120      125      131",
    "1架空市58 2仮想市21 3見本市17",
]
NO_ROWS = [
    "",
    "- 22 -",
    "－ 7 －",
    "（ ９ ／ １ ６ ）",
    "令和6年3月 架空市",
    "資料3-1",
    "計画期間 令和3年度～令和5年度",
    "◎：見込量以上　○：見込量の 90％以上　△：70％以上 90％未満　×：70％未満",
    "利用者は令和3年度 15人 から増えた。",
]


@pytest.mark.parametrize("text", ROWS)
def test_a_row_of_figures(text: str) -> None:
    assert looks_like_row(text)


@pytest.mark.parametrize("text", NO_ROWS)
def test_no_row_of_figures(text: str) -> None:
    assert not looks_like_row(text)


def test_only_what_no_sheet_took_is_reported() -> None:
    spans = [Span(10 * n, 10 * n + 9) for n in range(3)]
    ledger = [
        LedgerRow(ROWS[0], spans[0], Fate.IGNORED, OUTSIDE),
        LedgerRow(ROWS[0], spans[1], Fate.ENTRY, "figure or status"),
        LedgerRow(NO_ROWS[1], spans[2], Fate.IGNORED, OUTSIDE),
    ]
    (notice,) = figures_outside(ledger)
    assert (notice.rule, notice.span) == ("figures_outside_sheets", spans[0])
    assert ROWS[0] in notice.detail
