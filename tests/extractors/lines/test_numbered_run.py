"""Numbered names and figures with nothing between them."""

from __future__ import annotations

import pytest
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source, read_document

TITLE = "第７期架空障がい福祉計画における成果目標一覧（令和８年度末、町村合計）\n"


def read(text: str, title: str = TITLE) -> tuple[list[tuple[str, int | None, float | None]], str]:
    try:
        records = read_document(Source("list.txt", (title + text).encode()))
    except NoSheet:
        return [], text
    rows = [(o.indicator, o.fiscal_year, o.value) for o in records.observations]
    return rows, " ".join(f.message for f in records.findings if f.severity == "warning")


LIST = "1地域生活への移行者数57人2施設入所者の削減数49人\n3入院後3か月時点の退院率68.9%4検証及び検討年1回以上\n"


def test_each_number_opens_a_name_and_its_figure() -> None:
    assert read(LIST)[0] == [
        ("地域生活への移行者数", 2026, 57.0),
        ("施設入所者の削減数", 2026, 49.0),
        ("入院後3か月時点の退院率", 2026, 68.9),
        ("検証及び検討", 2026, 1.0),
    ]


def test_the_year_of_the_title_is_taken_whatever_the_term_says() -> None:
    rows, findings = read(LIST, TITLE.replace("令和８年度末", "令和５年度末"))
    assert {year for _, year, _ in rows} == {2023}
    assert "outside the plan term" in findings


@pytest.mark.parametrize(
    "text",
    [
        LIST.replace("49人", "人"),
        LIST.replace("2施設", "3施設"),
        LIST.replace("3入院後3か月", "4入院後3か月"),
        LIST.replace("68.9%4検証", "68.9%4検証\n"),
        LIST.replace("57人", "38人57人").replace("49人", "40人49人"),
        LIST.replace("57人2", "572"),
    ],
)
def test_a_list_that_is_not_told_apart_is_refused_under_a_finding(text: str) -> None:
    rows, findings = read(text)
    assert rows == []
    assert any(name in findings for name in ("地域生活", "退院率"))
