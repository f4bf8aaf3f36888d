"""A minus that a blank parts from its figure is never lost: the figure is refused, or read with it."""

from __future__ import annotations

import pytest
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.journey import Source, read_document

TITLE = "第7期架空市障害福祉計画\n\n成果目標1 施設入所者の地域生活への移行\n"


def read(body: str) -> DocumentRecords:
    return read_document(Source("sheet.txt", (TITLE + body).encode()))


SIGNS = ("▲", "△", "▼", "マイナス", "－", "ー", "−", "‐")
LINES = (
    "【基準値】\n○施設入所者の減少数　{}12人\n",
    "「以下は、区分 令和6年度 令和7年度の順」\n【実績値】\n施設入所者の減少数 {}12人 {}9人\n",
    "【令和8年度末までの目標】\n<1>施設入所者の減少数\n目標値:{}12人\n",
)


@pytest.mark.parametrize("blank", ["", " ", "　"])
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("line", LINES)
def test_no_figure_loses_its_sign(line: str, sign: str, blank: str) -> None:
    records = read(line.replace("{}", sign + blank))
    assert [
        row.value for row in records.observations if row.value is not None and row.value > 0
    ] == []


def test_a_sign_apart_is_reported() -> None:
    records = read("【基準値】\n○施設入所者の減少数　▲ 12人\n")
    doubts = [finding for finding in records.findings if finding.rule == "sign_apart"]
    assert ["「12人」" in doubt.message for doubt in doubts] == [True]


def test_a_grade_in_a_cell_of_its_own_is_no_sign() -> None:
    body = "| 区分 | 達成状況 | 令和6年度実績 |\n|---|---|---|\n| 地域生活移行者数 | △ | 12人 |\n"
    figures = [row.value for row in read(body).observations if row.value is not None]
    assert figures == [12]
