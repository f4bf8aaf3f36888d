"""Figures that two readers of a page read otherwise.

The first reader's figure is published, for a finding never changes a value; that it is not sure is said
in the row itself too: `certainty` is `inferred`, and a flag names the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from keikaku.extractors.document import Notice, Span
from keikaku.pipeline.records import Observation

READERS_DISAGREE = "readers_disagree"
"""The rule of the readers' Notice, and the flag of the row."""


def mark_disputed(
    observations: tuple[Observation, ...], notices: Iterable[Notice]
) -> tuple[Observation, ...]:
    """The observations, those marked that a second reader read otherwise."""
    disputed = {notice.span for notice in notices if notice.rule == READERS_DISAGREE}
    if not disputed:
        return observations
    return tuple(_marked(row) if _span_of(row) in disputed else row for row in observations)


def _span_of(row: Observation) -> Span:
    bbox = None if row.bbox is None else (row.bbox[0], row.bbox[1], row.bbox[2], row.bbox[3])
    return Span(row.char_start, row.char_end, row.page, bbox)


def _marked(row: Observation) -> Observation:
    return replace(row, certainty="inferred", flags=(*row.flags, READERS_DISAGREE))
