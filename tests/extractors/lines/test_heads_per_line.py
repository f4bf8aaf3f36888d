"""Slide tables with each head and each cell on a line of its own."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = (
    "第７期架空市障害福祉計画の実績報告\n\n項目／令和２年度実績／令和３年度実績\n研修／1件／2件\n\n"
)
HEADS = "サービス名 単位 令和６年度 見込量 令和６年度 実績 見込比"
ROWS = "居宅介護 人 １９ １８ ９４．７％ 時間 ２２８ ２４１ １０５．７％"


def lines(*texts: str) -> str:
    return TITLE + "\n\n".join(text.replace(" ", "\n") for text in texts)


def read(text: str) -> list[tuple[str, int | None, float | None, str | None]]:
    records = read_document(Source("sheet.txt", text.encode()))
    rows = [o for o in records.observations if o.indicator != "研修"]
    return [(o.measure, o.fiscal_year, o.value, o.unit) for o in rows]


def findings(text: str) -> str:
    records = read_document(Source("sheet.txt", text.encode()))
    return " ".join(f.message for f in records.findings)


def test_a_year_may_stand_over_each_measure() -> None:
    assert read(lines(HEADS, ROWS)) == [
        ("projected", 2024, 19.0, "人"),
        ("actual", 2024, 18.0, "人"),
        ("gap", None, 94.7, "%"),
        ("projected", 2024, 228.0, "時間"),
        ("actual", 2024, 241.0, "時間"),
        ("gap", None, 105.7, "%"),
    ]


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        (HEADS, ROWS.replace("１８ ", "", 1)),
        (HEADS, ROWS.replace("１８ ", "１８ １７ ", 1)),
        (HEADS.replace("実績", "見込量"), ROWS),
        (HEADS.replace("令和６年度 見込量", "見込量"), ROWS),
    ],
)
def test_cells_that_the_heads_do_not_place_are_reported(heads: str, rows: str) -> None:
    text = lines(heads, rows)
    assert read(text) == []
    assert all(figure in findings(text) for figure in ("１９", "２２８", "２４１"))
