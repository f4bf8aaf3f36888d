"""Every quote of a text stands at its place: the slice of the source is `raw`, or holds it."""

from __future__ import annotations

from pathlib import Path

import pytest
from keikaku.pipeline.journey import Source, read_document

SAMPLES = Path(__file__).parents[2] / "samples"
TEXTS = sorted(path for path in SAMPLES.rglob("*.txt"))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.parent.name)
def test_the_slice_of_the_source_is_the_quote(path: Path) -> None:
    data = path.read_bytes()
    records = read_document(Source(path.name, data))
    text = data.decode()
    rows = (*records.observations, *records.narratives)
    assert rows
    for row in rows:
        assert row.raw in text[row.char_start : row.char_end]


def test_blanks_before_a_line_break_are_part_of_the_quote() -> None:
    printed = "第7期架空市障害福祉計画\n\n<table><tr><th>区分</th><th>令和6年度実績</th></tr>"
    printed += "<tr><td>居宅介護</td><td>12人 \n(内3人)</td></tr></table>"
    records = read_document(Source("plan.md", printed.encode()))
    (row, *_) = records.observations
    assert row.raw == printed[row.char_start : row.char_end]
