"""A unit that is named as such but is not in the vocabulary (単位：羽) is not lost in silence: each
figure under it is published without a unit, and a finding quotes the unit."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "昭島市 第6期障害福祉計画 目標等管理シート\n\n成果目標1 施設入所者の地域生活への移行\n\n"
SHEETS = {
    "caption": "実績値（単位：羽）\n\n| 区分 | 令和3年度 |\n|---|---|\n| 施設入所者数 | 74 |\n",
    "line": "実績値\n（単位：羽）\n区分\t令和3年度\t令和4年度\n施設入所者数\t74\t75\n",
    "column": "実績値\n\n| 区分 | 単位 | 令和3年度 |\n|---|---|---|\n| 施設入所者数 | 羽 | 74 |\n",
    "note": "実績値\n\n| 区分 | 令和3年度 |\n|---|---|\n| 施設入所者数 | 74 |\n\n※単位：羽\n",
}


@pytest.mark.parametrize("place", SHEETS)
def test_an_unknown_unit_is_reported_with_its_quote(place: str) -> None:
    read = read_document(Source("sheet.md", (TITLE + SHEETS[place]).encode()))
    assert {(o.value, o.unit) for o in read.observations} <= {(74.0, None), (75.0, None)}
    findings = [f for f in read.findings if f.rule == "unknown_unit"]
    assert len(findings) == len(read.observations) > 0
    assert all("羽" in f.message for f in findings)


def test_a_word_that_begins_with_unit_names_none() -> None:
    sheet = TITLE + SHEETS["caption"].replace("（単位：羽）", "（単位数の推移）")
    read = read_document(Source("sheet.md", sheet.encode()))
    assert not [f for f in read.findings if f.rule == "unknown_unit"]
