"""Figures on which two readers of a page disagree say so in their own row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from keikaku.extractors.document import Notice, Span
from keikaku.extractors.pdf import reader
from keikaku.pipeline.disputed import mark_disputed
from keikaku.pipeline.journey import Source, read_document
from made_records import OBSERVATION

FILES = Path(__file__).parents[1] / "extractors" / "pdf" / "files"
BOX = (10.0, 20.0, 30.0, 40.0)
PRINTED = replace(OBSERVATION, page=1, bbox=BOX, char_start=None, char_end=None)
BESIDE = replace(PRINTED, bbox=(30.0, 20.0, 50.0, 40.0))


def test_only_the_disputed_figure_is_marked() -> None:
    span = Span(page=1, bbox=BOX)
    notices = (
        Notice("readers_disagree", "warning", "we read '12', pdfplumber '21'", span),
        Notice("repeated_head", "info", "another matter", Span(page=1, bbox=BESIDE.bbox)),  # type: ignore[arg-type]
    )
    marked, beside = mark_disputed((PRINTED, BESIDE), notices)
    assert (marked.certainty, marked.flags[-1]) == ("inferred", "readers_disagree")
    assert (marked.value, marked.raw) == (PRINTED.value, PRINTED.raw)
    assert beside == BESIDE


def test_the_row_and_the_finding_point_at_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "is_unexplained", lambda _: True)
    monkeypatch.setattr(reader.SecondReader, "lattices", lambda *_: [])
    monkeypatch.setattr(reader.SecondReader, "digits_in", lambda *_: "7")
    data = (FILES / "locked_sheet.pdf").read_bytes()
    records = read_document(Source("sheet.pdf", data, password="himitsu"))
    assert [row.value for row in records.observations] == [2.0, 3.0]
    assert {row.certainty for row in records.observations} == {"inferred"}
    told = {
        finding.observation_ids
        for finding in records.findings
        if finding.rule == "readers_disagree" and finding.observation_ids
    }
    assert told == {(row.observation_id,) for row in records.observations}
