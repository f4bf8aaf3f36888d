"""Columns one after the other whose names are broken over lines: as many names as each column has values."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第４期架空県障害福祉計画の実績\n\n（１）福祉施設から一般就労への移行\n"
TABLE = """項目
福祉施設から一般就
労への移行者数
就労移行率３割以上
の事業所の割合
目標値
(平成29年度
末)
152人
50%以上
平成28
年度
実績
138人
41.7%
達成率
90.8%
83.4%
"""


def read(text: str) -> dict[str, list[float | None]]:
    found: dict[str, list[float | None]] = {}
    for o in read_document(Source("report.txt", (TITLE + text).encode())).observations:
        found.setdefault(o.indicator, []).append(o.value)
    return found


def test_as_many_names_as_values() -> None:
    assert read(TABLE) == {
        "福祉施設から一般就労への移行者数": [152.0, 138.0, 90.8],
        "就労移行率3割以上の事業所の割合": [50.0, 41.7, 83.4],
    }


@pytest.mark.parametrize(
    "lost",
    [
        "福祉施設から一般就\n",
        "労への移行者数\n",
        "就労移行率３割以上\n",
        "の事業所の割合\n",
        "41.7%\n",
    ],
)
def test_a_lost_piece_of_a_name_or_a_value_moves_none(lost: str) -> None:
    assert not set(read(TABLE.replace(lost, ""))) - {"福祉施設から一般就労への移行者数"}


def test_one_name_over_two_lines_has_one_value_in_each_column() -> None:
    one = TABLE.replace("就労移行率３割以上\nの事業所の割合\n", "")
    for value in ("50%以上\n", "41.7%\n", "83.4%\n"):
        one = one.replace(value, "")
    assert read(one) == {"福祉施設から一般就労への移行者数": [152.0, 138.0, 90.8]}
