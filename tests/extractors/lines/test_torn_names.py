"""Rows on lines of their own, of which names keep a half beside the figures and print the rest below, or around them."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

_HEADS = "項目 目標値（令和８年度末） 令和６年度実績 令和７年度実績\n"
_WHOLE = "福祉施設から一般就労への移行者数"


def _said(rows: str) -> set[tuple[object, ...]]:
    title = "第７期架空市障害福祉計画\n\n２　成果目標の達成状況\n\n"
    found = read_document(Source("plan.txt", (title + _HEADS + rows).encode())).observations
    return {(o.indicator, o.value) for o in found if o.fiscal_year == 2024}


@pytest.mark.parametrize(
    "rows",
    [
        "福祉施設から一般 31 27 29\n就労への移行者数\nうち就労移行支援 20 17 18\n就労定着支援 46 38 41\n事業の利用者数\n",
        "福祉施設から一般\n31 27 29\n就労への移行者数\nうち就労移行支援 20 17 18\n就労定着支援\n46 38 41\n事業の利用者数\n",
    ],
)
def test_the_halves_of_names_are_put_together(rows: str) -> None:
    said = _said("施設入所者数 165 170 168\n" + rows)
    assert (_WHOLE, 27.0) in said
    assert ("就労定着支援事業の利用者数", 38.0) in said
    assert {name for name, value in said if value == 17.0} == {_WHOLE}


def test_the_rest_of_a_name_is_no_part_of_the_next() -> None:
    rows = "わくわく交流 31 27 29\nみんなの集い\nうち子ども 20 17 18\n"
    assert all("みんなの集いうち" not in str(name) for name, _ in _said(rows))
