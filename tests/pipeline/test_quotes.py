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
