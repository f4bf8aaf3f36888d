"""The order of columns under a heading that says what the years among them are."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

OVER = """第６期架空市障害福祉計画　実績報告書

目標１　福祉施設の入所者の地域生活への移行

【成果目標】
○　令和５年度末までに移行を進めます。

"""
ORDER = "項目、目標、令和３年度、令和４年度、令和５年度、達成率の順"
ROWS = """
地域生活への移行者数、19人、3人、7人、12人、63.2％
施設入所者の削減数、6人、1人、2人、4人、66.7％
"""


def rows(text: str) -> set[tuple[str, str | None, int | None, float | None]]:
    document = read_document(Source("report.txt", (OVER + text).encode()))
    return {(o.indicator, o.measure, o.fiscal_year, o.value) for o in document.observations}


@pytest.mark.parametrize("heading", ["ア　実績", "（１）実績", "■実績", "ア　実績の推移"])
@pytest.mark.parametrize(
    ("order", "comma"),
    [
        (ORDER, "、"),
        (ORDER.replace("、", "／"), "／"),
        (f"以下は、{ORDER.replace('項目', '指標名')}に記載しています。", "、"),
    ],
    ids=["commas", "strokes", "sentence"],
)
def test_the_heading_says_what_the_years_beside_the_target_are(
    heading: str, order: str, comma: str
) -> None:
    body = ROWS.replace("数、", f"数{comma}").replace("人、", f"人{comma}")
    found = rows(f"{heading}\n{order}{body}")
    assert ("地域生活への移行者数", "target", 2023, 19.0) in found
    assert ("地域生活への移行者数", "actual", 2021, 3.0) in found
    assert ("施設入所者の削減数", "actual", 2023, 4.0) in found
    assert len(found) == 10


@pytest.mark.parametrize("heading", ["ア　目標", "ア　目標と実績", "ア　一覧"])
def test_without_a_heading_of_results_the_years_are_refused(heading: str) -> None:
    over = OVER.replace("実績報告書", "報告書")
    document = read_document(Source("report.txt", f"{over}{heading}\n{ORDER}{ROWS}".encode()))
    assert {o.measure for o in document.observations} == {"target", "gap"}
