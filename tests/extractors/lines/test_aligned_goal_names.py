"""Names of goals that go on in the line below their figures, the last of the table among them."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_TITLE = "第７期架空市障害福祉計画の進捗状況\n\n２　成果目標の達成状況\n\n"
_HEADS = "  項目                     基準値（令和４年度末）   令和６年度実績   令和７年度実績\n"
_FIRST = "  施設入所者数             174                      170              168\n"


def _said(rows: str) -> list[tuple[object, ...]]:
    text = (_TITLE + _HEADS + _FIRST + rows).encode()
    found = read_document(Source("plan.txt", text)).observations
    return [(o.indicator, o.fiscal_year, o.value) for o in found if o.value is not None][3:]


@pytest.mark.parametrize(
    ("begins", "ends", "name"),
    [
        ("就労定着支援", "事業の利用者数", "就労定着支援事業の利用者数"),
        ("福祉施設から一般", "就労への移行者数", "福祉施設から一般就労への移行者数"),
        ("福祉施設から一般", "就労への移行者数（人）", "福祉施設から一般就労への移行者数"),
    ],
)
def test_the_last_name_goes_on_below_its_figures(begins: str, ends: str, name: str) -> None:
    pad = " " * (25 - 2 * len(begins))
    said = _said(f"  {begins}{pad}33                       38               41\n  {ends}\n")
    assert said == [(name, 2022, 33.0), (name, 2024, 38.0), (name, 2025, 41.0)]
