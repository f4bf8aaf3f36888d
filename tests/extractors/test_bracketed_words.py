"""A label that is nothing but a measure word, in whatever bracket, is never an indicator."""

from __future__ import annotations

import pytest
from keikaku.extractors.heads import Role, find_role
from keikaku.pipeline.journey import Source, read_document

BODY = """石榴県障がい福祉計画（第６期）実施状況報告

成果目標１　施設入所者の地域生活への移行

　[目標値]　令和５年度末の施設入所者数　1,930人以下
　{}　令和３年度　1,968人、令和４年度　1,957人、令和５年度　1,949人
"""


@pytest.mark.parametrize(
    "printed", ["[実績値]", "【実績】", "〔実績値〕", "「実績」", "＜実績値＞", "《実績》"]
)
def test_measure_words_in_brackets_are_heads(printed: str) -> None:
    assert find_role(printed) is Role.ACTUAL


@pytest.mark.parametrize(
    "head",
    [
        "[実績値]",
        "（実績値）",
        "【実績】",
        "〔実績〕",
        "＜実績値＞",
        "≪実績≫",
        "(実績値)",
        "○実績値",
    ],
)
def test_no_indicator_is_a_measure(head: str) -> None:
    records = read_document(Source("report.txt", BODY.replace("{}", head).encode()))
    assert [row.indicator for row in records.observations if "実績" in row.indicator] == []
    assert [
        row.raw
        for row in records.observations
        if row.measure == "target" and row.raw != "1,930人以下"
    ] == []
