"""Line tables of which a head was lost: figures at the heads of other columns."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第７期架空市障がい福祉計画\n\n成果目標１　施設入所者の地域生活への移行\n\n"
SPLIT_HEAD = """\
                                       令和6年度の
指標                計画策定時の値                    目標値         達成見込み
                                           値

地域生活移行者数        －                5人         19人         △
施設入所者数            307人             304人       291人        △
"""
YEARS_OF_OTHERS = """\
施設入所者数              288人          279人          273人
                       〔令和4年度〕  〔令和7年度〕  〔令和8年度〕

一般就労への移行者数       61人           83人           79人
"""
WHOLE_HEADS = """\
指標                計画策定時の値   令和6年度の実績   令和8年度の目標値

地域生活移行者数        －              5人               19人
施設入所者数            307人           304人             291人
"""


@pytest.mark.parametrize("table", [SPLIT_HEAD, YEARS_OF_OTHERS])
def test_figures_without_a_head_of_their_own_are_refused(table: str) -> None:
    read = read_document(Source("sheet.txt", (TITLE + table).encode()))
    assert [row.raw for row in read.observations if row.status == "reported"] == []
    assert read.findings


def test_the_same_with_whole_heads_is_read() -> None:
    read = read_document(Source("sheet.txt", (TITLE + WHOLE_HEADS).encode()))
    found = {(row.raw, row.measure, row.fiscal_year) for row in read.observations}
    assert {("304人", "actual", 2024), ("291人", "target", 2026)} <= found
