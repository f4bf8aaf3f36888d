"""What brackets hold, said once in the preface: 実績数のあとの、かっこ、の中の人数は、精神障害のある方の内数です。

A legend in the notes of a table governs that table (`notes`). One that stands before the first figure of the paper, the only
one of its kind in it, governs every bracket of a bare number of people that no nearer legend explains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex
from keikaku.extractors.document import Block, Grid, Line
from keikaku.extractors.entries import Entry, Note

_LEGEND = regex.compile(
    r"(?:(?:カッコ|かっこ|括弧)[、，]?|[(（\[［〔][\s　]*[)）\]］〕])[\s　]*(?:内|の中|書き?)[^。]{0,40}(?:内数|うち数|再掲)"
)
_BRACKET = regex.compile(
    r"(?:(?:カッコ|かっこ|括弧)[、，]?[\s　]*[0-9０-９,，]+|[(（\[［〔][\s　]*[0-9０-９,，]+)[\s　]*[人名]?(?:[)）\]］〕]|\Z|[、，。])"
)
_LONGEST = 100


def with_preface_legend(entries: Sequence[Entry], blocks: Sequence[Block]) -> tuple[Entry, ...]:
    """The entries, those with a bracket that nothing nearer explains knowing the legend of the preface."""
    legend = _legend_of(blocks)
    if legend is None or not entries:
        return tuple(entries)
    starts = [entry.span.char_start for entry in entries if entry.span.char_start is not None]
    if legend.span.char_end is None or not starts or legend.span.char_end > min(starts):
        return tuple(entries)
    note = Note(legend.text, legend.span)
    return tuple(_with(entry, note) for entry in entries)


def _legend_of(blocks: Sequence[Block]) -> Line | None:
    """The one line of the paper that says what a bracket holds."""
    told = [
        line
        for block in blocks
        if not isinstance(block, Grid)
        for line in block.lines
        if _LEGEND.search(line.text) is not None and len(line.text) <= _LONGEST
    ]
    return told[0] if len(told) == 1 else None


def _with(entry: Entry, note: Note) -> Entry:
    is_open = entry.bracket is None and not any(_LEGEND.search(n.text) for n in entry.notes)
    if not is_open or _BRACKET.search(entry.text) is None:
        return entry
    return replace(entry, notes=(*entry.notes, note))
