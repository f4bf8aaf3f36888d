"""Quotes: what a record says it read, in the very characters of the page.

A text whose print was damaged is read in its repaired form (radicals, fake bold, words set wide). The
`raw` of a record is the print itself, so it is taken back from the decoded source; a figure of which
more than a radical was repaired is marked `repaired`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import regex
from keikaku.extractors.document import Document
from keikaku.extractors.repairs import JOINER, as_printed, repair_print
from keikaku.pipeline.records import Narrative, Observation

Row = TypeVar("Row", Observation, Narrative)
_BREAK = regex.compile(r"[ \t\u3000]*(?:[\r\n\f]+[ \t\u3000]*)+")
"""A line break with the blanks around it, and the blank lines that follow it."""


def quote_print(
    observations: tuple[Observation, ...], document: Document
) -> tuple[Observation, ...]:
    """The observations with `raw` as printed."""
    if document.words is None:
        return observations
    repaired = _repaired(document.words)
    if repaired is not None:
        observations = tuple(_quoted(row, repaired, document) for row in observations)
    return tuple(_as_it_stands(row, document.words) for row in observations)


def quote_narratives(
    narratives: tuple[Narrative, ...], document: Document
) -> tuple[Narrative, ...]:
    """The narratives with `raw` as printed."""
    if document.words is None:
        return narratives
    repaired = _repaired(document.words)
    if repaired is not None:
        narratives = tuple(
            replace(row, raw=_printed(row, repaired, document)) for row in narratives
        )
    return tuple(_as_it_stands(row, document.words) for row in narratives)


def _as_it_stands(row: Row, printed: str) -> Row:
    """The row with the very slice of the source as `raw`, where they differ in the blanks around line
    breaks alone."""
    if row.char_start is None or "\n" not in row.raw:
        return row
    piece = printed[row.char_start : row.char_end]
    return replace(row, raw=piece) if _BREAK.sub("\n", piece) == row.raw else row


def _repaired(printed: str) -> str | None:
    """The text as it was read, where it differs from the text as it is printed."""
    repaired = repair_print(printed)
    return repaired if repaired != printed else None


def _printed(row: Row, repaired: str, document: Document) -> str:
    """The quote as the text prints it, of which the row says the place, or where on a page its line begins."""
    start = row.char_start
    if document.print_out is not None:
        start = document.print_out.find_start(row.page, row.bbox)
    if start is None or document.words is None:
        return row.raw
    return as_printed(row.raw, repaired, document.words, start)


def _quoted(row: Observation, repaired: str, document: Document) -> Observation:
    raw = _printed(row, repaired, document)
    if JOINER not in row.raw or JOINER in raw:
        return replace(row, raw=raw)
    flags = tuple(dict.fromkeys((*row.flags, "repaired_print")))
    return replace(row, raw=raw, certainty="repaired", flags=flags)
