"""Cells that a spreadsheet saves in quotes because lines break in them.

``課題<tab>"移行を希望する方は限られています。`` / ``次の調査の際に伺います。"<tab><tab>``: one row over two lines of the file.
Such a quote opens where a cell begins and ends where a cell ends; any other is printed as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from keikaku.extractors.document import Line, Span

_MOST_LINES = 30
"""Lines beyond which the end of a quote is not looked for: no cell of a sheet holds so many."""
_QUOTED = {
    "\t": re.compile(r'"(?:[^"\t]|"")*"(?=\t|\Z)'),
    ",": re.compile(r'"(?:[^"]|"")*"(?=,|\Z)'),
}
_PLAIN = {"\t": re.compile(r'(?!")[^\t\n]*'), ",": re.compile(r'(?!")[^,\n]*')}


def with_quoted_whole(source: str, lines: Sequence[Line | None]) -> list[Line | None]:
    """The lines; those over which a row goes on in quotes are one."""
    whole: list[Line | None] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        end = _find_end(source, lines, at) if line is not None and '"' in line.text else None
        if line is not None and end is not None:
            line, at = _over(source, line, lines[end]), end
        whole.append(line)
        at += 1
    return whole


def _over(source: str, first: Line, last: Line | None) -> Line:
    span = Span(first.span.char_start, (last or first).span.char_end)
    return Line(source[span.char_start : span.char_end], span)


def _find_end(source: str, lines: Sequence[Line | None], at: int) -> int | None:
    """The line in which the row that begins at `at` ends, where a quote takes it over more than one."""
    first = lines[at]
    if first is None or first.text.count('"') % 2 == 0:
        return None
    for end in range(at + 1, min(at + _MOST_LINES, len(lines))):
        last = lines[end]
        if last is not None and '"' in last.text:
            row = _over(source, first, last).text
            if any(_is_row(row, mark) for mark in _QUOTED):
                return end
    return None


def _is_row(text: str, mark: str) -> bool:
    """Is the text cells between these marks and nothing else, more than one of them?"""
    position = cells = 0
    while True:
        cell = _QUOTED[mark].match(text, position) or _PLAIN[mark].match(text, position)
        if cell is None:
            return False
        cells += 1
        position = cell.end()
        if position == len(text):
            return cells > 1
        if text[position] != mark:
            return False
        position += 1
