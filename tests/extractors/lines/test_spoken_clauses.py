"""Rows spoken clause by clause: each figure behind the words of its column's head."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第7期架空市障害福祉計画　実績報告\n令和8年9月\n成果目標1 施設入所者の地域生活への移行\n\n"


def read(text: str):
    return read_document(Source("edition.txt", (TITLE + text).encode()))


def said(text: str) -> list[tuple[object, ...]]:
    return [
        (
            o.indicator,
            o.measure,
            o.fiscal_year,
            o.value if o.value is not None else o.status,
            o.unit,
        )
        for o in read(text).observations
    ]


def test_each_cell_is_spoken_with_its_head() -> None:
    text = (
        "1行目。区分、短期入所。単位、人日。令和6年度見込み、480。令和6年度実績、1,502.5。\n"
        "2行目。区分、移動支援。単位、時間。令和6年度見込み、50。令和6年度実績、横棒。\n"
    )
    assert [row[:4] for row in said(text)] == [
        ("短期入所", "projected", 2024, 480.0),
        ("短期入所", "actual", 2024, 1502.5),
        ("移動支援", "projected", 2024, 50.0),
        ("移動支援", "actual", 2024, "not_reported"),
    ]
    assert {row[4] for row in said(text)} == {"人日", "時間", None}


def test_the_name_opens_the_line_and_each_measure_its_clause() -> None:
    text = "入所している人の数。目標は、令和8年度まつで91人以下。実績は、令和6年度が97人、令和7年度が94人。評価はマル。\n"
    assert [row[:4] for row in said(text)] == [
        ("入所している人の数", "target", 2026, 91.0),
        ("入所している人の数", "actual", 2024, 97.0),
        ("入所している人の数", "actual", 2025, 94.0),
        ("入所している人の数", "actual", None, "qualitative"),
    ]


def test_the_date_of_the_paper_is_no_year_of_its_figures() -> None:
    text = "3行目。項目、地域生活移行者数。目標値（令和8年度末）、9人。令和6年度実績、2人。進捗率、22.2パーセント。\n"
    assert [row[1:4] for row in said(text)] == [
        ("target", 2026, 9.0),
        ("actual", 2024, 2.0),
        ("gap", None, 22.2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1行目。区分、。単位、人。令和6年度見込み、48。令和6年度実績、52。",
        "1行目。項目、移行者数。令和6年度目標、9人。担当、福祉課。令和6年度実績、2人。",
        "1行目。項目、移行者数。令和6年度実績、9人。令和6年度実績、2人。",
        "入所者の数。目標は、令和8年度で91人。実績は、令和6年度が97人、94人。",
        "グループホームを増やす。目標は、令和8年度で4か所。実績は、令和6年度が2か所、令和7年度が3か所。",
        "定員は20人。実績は、令和6年度が2人、令和7年度が6人。",
        "利用者数。目標は、令和8年度で91人。実績は、令和6年度が97人。",
    ],
)
def test_a_line_with_a_clause_that_is_more_gives_nothing(text: str) -> None:
    assert not said(text)
    assert read(text).findings


@pytest.mark.parametrize("head", ["指標１、", "指標（１）、", "項目、", "評価指標①は、"])
def test_a_row_may_be_numbered_by_its_head(head: str) -> None:
    text = f"{head}施設入所者数。目標値、140人以下。実績、令和６年度、149人、令和７年度、記載なし。評価、ビー。\n"
    assert [row[:4] for row in said(text)] == [
        ("施設入所者数", "target", 2026, 140.0),
        ("施設入所者数", "actual", 2024, 149.0),
        ("施設入所者数", "actual", 2025, "not_reported"),
        ("施設入所者数", "actual", None, "qualitative"),
    ]


def test_a_clause_may_end_in_desu() -> None:
    text = (
        "「入所している人の数」。令和8年度末の目標は、91人です。令和6年度末の実績は、97人でした。\n"
    )
    assert [row[:4] for row in said(text)] == [
        ("入所している人の数", "target", 2026, 91.0),
        ("入所している人の数", "actual", 2024, 97.0),
    ]
