"""Which words over a table say what of its figures: their measure, their unit, what they count.

The lines of a box change what is known of the tables below them (box_state.py). Each change is credited to
the line that made it, so that every figure can name the words and the place that gave it its meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from keikaku.extractors.document import Block, Grid, Line, Span
from keikaku.extractors.entries import Evidence
from keikaku.extractors.headings import CAPTION
from keikaku.extractors.heads import Role, measure_in
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.words import joined


class Said(NamedTuple):
    """What the lines so far say of the figures below them."""

    measure: Role | None
    unit: tuple[str, ...]
    label: str | None


def said_by(what: str, source: str, lines: Sequence[Line]) -> Evidence:
    """These lines as the evidence of something."""
    return Evidence(what, source, joined(lines), cover([line.span for line in lines]))


class WordsOver:
    """The words that said what is said; what was said before, and holds again, keeps its words."""

    def __init__(self, measure: Role | None, source: Evidence | None) -> None:
        self._words: dict[tuple[str, object], Evidence] = {}
        if source is not None:
            self._words["measure", measure] = source

    def credit(self, before: Said, now: Said, blocks: Iterable[Block]) -> None:
        """These blocks, nearest first, changed what is said."""
        if before == now:
            return
        lines = [block.lines for block in blocks if not isinstance(block, Grid)]
        for what, old, new in zip(Said._fields, before, now, strict=True):
            if new and new != old and lines:
                words = _saying(new, lines) if what == "measure" else lines[0]
                source = "caption" if CAPTION.fullmatch(joined(words)) else "heading"
                self._words[what, new] = said_by(what, source, words)

    def of(self, said: Said) -> dict[str, Evidence]:
        """The words for each thing said, where words said it."""
        told = zip(Said._fields, said, strict=True)
        return {key[0]: self._words[key] for key in told if key in self._words}


def _saying(measure: object, lines: Sequence[Sequence[Line]]) -> Sequence[Line]:
    """The nearest words that name the measure themselves; else the nearest of all."""
    return next((words for words in lines if measure_in(joined(words)) is measure), lines[0])


def find_title(title: str, blocks: Iterable[Block]) -> Span:
    """Where the words of a title stand first; nowhere, where no paragraph or line of one holds them alone."""
    for block in blocks:
        if isinstance(block, Grid):
            continue
        if joined(block.lines) == title:
            return cover([line.span for line in block.lines])
        if (line := next((each for each in block.lines if each.text == title), None)) is not None:
            return line.span
    return Span()
