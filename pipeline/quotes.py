"""Quotes: what a record says it read, in the very characters of the page.

A text whose print was damaged is read in its repaired form (radicals, fake bold, words set wide). The
`raw` of a record is the print itself, so it is taken back from the decoded source; a figure of which
more than a radical was repaired is marked `repaired`.
"""

from __future__ import annotations

from dataclasses import replace

from keikaku.extractors.document import Document
from keikaku.extractors.repairs import JOINER, as_printed, repair_print
from keikaku.pipeline.records import Narrative, Observation


def quote_print(
    observations: tuple[Observation, ...], document: Document
) -> tuple[Observation, ...]:
    """The observations with `raw` as printed."""
    repaired = _repaired(document)
    if repaired is None:
        return observations
    return tuple(_quoted(row, repaired, document.text or "") for row in observations)


def quote_narratives(
    narratives: tuple[Narrative, ...], document: Document
) -> tuple[Narrative, ...]:
    """The narratives with `raw` as printed."""
    repaired = _repaired(document)
    if repaired is None:
        return narratives
    printed = document.text or ""
    return tuple(
        replace(row, raw=as_printed(row.raw, repaired, printed, row.char_start or 0))
        for row in narratives
    )


def _repaired(document: Document) -> str | None:
    """The text as it was read, where it differs from the text as it is printed."""
    if document.text is None:
        return None
    repaired = repair_print(document.text)
    return repaired if repaired != document.text else None


def _quoted(row: Observation, repaired: str, printed: str) -> Observation:
    raw = as_printed(row.raw, repaired, printed, row.char_start or 0)
    if JOINER not in row.raw or JOINER in raw:
        return replace(row, raw=raw)
    flags = tuple(dict.fromkeys((*row.flags, "repaired_print")))
    return replace(row, raw=raw, certainty="repaired", flags=flags)
