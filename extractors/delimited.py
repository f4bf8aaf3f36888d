"""Tables drawn with characters: tabs between cells, markdown pipes, commas.

An OCR cell may itself hold HTML, so the words of a cell are read as HTML where markup stands in
them. A merged cell of the paper arrives as an empty cell; empty cells stay, with their place, and
the reader of the table decides what they mean.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import replace

from keikaku.extractors.document import Block, Grid, Line, Prose, Span
from keikaku.extractors.echoes import split_echoes
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.html import MARKUP, read_html
from keikaku.extractors.words import joined

_RULE = re.compile(r"\|?\s*(?::-+:?|-{2,}:?)\s*(?:\|\s*(?::-+:?|-{1,}:|-{3,})\s*)*\|?")
_QUOTED = re.compile(r'"(?:[^"]|"")+"')
_LINE_OF_CELL = re.compile(r"\S(?:[^\r\n]*\S)?")
_COMMA_FIELD = re.compile(r'"(?:[^"]|"")*"|[^",]*')


def tab_blocks(source: str, lines: Sequence[Line]) -> list[Block]:
    """Consecutive lines with tabs as a table, echoes of nested tables set aside. A line of one cell before it
    that a spreadsheet filled up with tabs is a title of its own."""
    first = next((n for n, line in enumerate(lines) if not _is_filled_up(line)), len(lines))
    titles = [line for line in lines[:first] if line.text.strip()]
    blocks: list[Block] = [block for line in titles for block in _title(source, line)]
    if first == len(lines):
        return blocks
    rows = [_cells(source, line, _tab_pieces(line.text)) for line in lines[first:]]
    kept, echoes = split_echoes(rows)
    merged = _with_merged_sentences(_square(kept))
    return [*blocks, _with_echoes(lay_out(merged, "tab", _extent(lines[first:])), echoes)]


def _is_filled_up(line: Line) -> bool:
    return line.text.endswith("\t\t") and "\t" not in line.text.rstrip("\t")


def _title(source: str, line: Line) -> tuple[Block, ...]:
    return _cells(source, line, _tab_pieces(line.text.rstrip("\t")))[0].blocks


def _tab_pieces(text: str) -> list[tuple[int, int]]:
    """The cells between tabs, without the quotes in which a spreadsheet puts one with commas or line breaks."""
    return [
        (start + 1, end - 1) if _QUOTED.fullmatch(text, start, end) else (start, end)
        for start, end in _split(text, "\t")
    ]


def pipe_grid(source: str, lines: Sequence[Line]) -> Grid:
    """A markdown pipe table; its rule line is dropped."""
    rows = []
    for line in lines:
        if _RULE.fullmatch(line.text.strip()):
            continue
        pieces = _split(line.text, "|")
        if pieces and not line.text[slice(*pieces[0])].strip():
            pieces = pieces[1:]
        if pieces and not line.text[slice(*pieces[-1])].strip():
            pieces = pieces[:-1]
        rows.append(_cells(source, line, pieces))
    if rows:
        rows[0] = _with_merged_heads(rows[0])
        rows[:2] = _with_heads_over_two_rows(rows[:2])
    return lay_out(_square(rows), "pipe", _extent(lines))


_PLACEHOLDER = re.compile(r"Col(?:umn)?\s?[0-9]{1,2}|Unnamed:\s?[0-9]{1,2}(?:_level_[0-9])?")
"""Col5, Unnamed: 5: what converters write over a column whose head is merged with the one to its left."""


def _with_merged_heads(heads: Sequence[PrintedCell]) -> list[PrintedCell]:
    """|第７期|Col5|Col6|: one head over three columns."""
    merged: list[PrintedCell] = []
    for cell in heads:
        words = joined(
            [line for block in cell.blocks if isinstance(block, Prose) for line in block.lines]
        )
        if _PLACEHOLDER.fullmatch(words) is None:
            merged.append(cell)
        elif merged:
            merged[-1] = replace(merged[-1], column_span=merged[-1].column_span + 1)
        else:
            merged.append(replace(cell, blocks=()))
    return merged


def _with_heads_over_two_rows(rows: Sequence[Sequence[PrintedCell]]) -> list[list[PrintedCell]]:
    """|区分|第７期|Col3| over ||R7|R8|: what stands beside a merged head goes over both rows, where the lower one has
    words below merged heads alone."""
    heads, *below = (list(row) for row in rows)
    wide = [cell.column_span > 1 for cell in heads for _ in range(cell.column_span)]
    if not below or not any(wide) or len(below[0]) != len(wide):
        return [heads, *below]
    are_under = all(
        bool(cell.blocks) is is_wide for cell, is_wide in zip(below[0], wide, strict=True)
    )
    if not are_under:
        return [heads, *below]
    tall = [cell if cell.column_span > 1 else replace(cell, row_span=2) for cell in heads]
    return [tall, [cell for cell in below[0] if cell.blocks]]


def comma_blocks(source: str, lines: Sequence[Line]) -> list[Block]:
    """Comma-separated lines with optional quotes, as a spreadsheet saves a page: an empty row parts
    its tables, and a row of one cell before a table's heads is a title of its own."""
    blocks: list[Block] = []
    rows: list[list[PrintedCell]] = []
    for line in lines:
        cells = _cells(source, line, _comma_pieces(line.text))
        inked = [cell for cell in cells if cell.blocks]
        if len(inked) > 1 or (rows and inked):
            rows.append(cells)
            continue
        _end_comma_table(rows, blocks)
        rows = []
        blocks.extend(block for cell in inked for block in cell.blocks)
    _end_comma_table(rows, blocks)
    return blocks


def _end_comma_table(rows: list[list[PrintedCell]], blocks: list[Block]) -> None:
    if not rows:
        return
    span = Span(rows[0][0].span.char_start, rows[-1][-1].span.char_end)
    blocks.append(lay_out(_with_merged_sentences(_square(rows)), "comma", span))


def is_rule_line(text: str) -> bool:
    """The line under a markdown table's head: |---|:---:|."""
    return "-" in text and "|" in text and _RULE.fullmatch(text.strip()) is not None


_THOUSANDS = re.compile(r"(?<![0-9０-９,])[0-9０-９]{1,3}(?:,[0-9０-９]{3})+(?![0-9０-９,])")


def comma_count(text: str) -> int:
    """Delimiting commas of a CSV line (commas in quotes and inside numbers do not count)."""
    if "," not in _THOUSANDS.sub("", text):
        return 0
    return len(next(csv.reader([text]))) - 1


def _comma_pieces(text: str) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    position = 0
    while position <= len(text):
        match = _COMMA_FIELD.match(text, position)
        end = match.end() if match else position
        quoted = end - position >= 2 and text[position] == '"' == text[end - 1]
        pieces.append((position + quoted, end - quoted))
        following = text.find(",", end)
        if following < 0:
            break
        position = following + 1
    return pieces


def _split(text: str, mark: str) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    start = 0
    while True:
        end = text.find(mark, start)
        if end < 0:
            return [*pieces, (start, len(text))]
        pieces.append((start, end))
        start = end + 1


def _cells(source: str, line: Line, pieces: Sequence[tuple[int, int]]) -> list[PrintedCell]:
    offset = line.span.char_start or 0
    return [_cell(source, offset + a, offset + b) for a, b in pieces]


def _cell(source: str, start: int, end: int) -> PrintedCell:
    text = source[start:end]
    stripped = text.strip()
    if not stripped:
        return PrintedCell((), Span(start, end))
    if "<" in text and MARKUP.search(text):
        return PrintedCell(read_html(source, start, end), Span(start, end))
    lead = len(text) - len(text.lstrip())
    span_start = start + lead
    span = Span(span_start, span_start + len(stripped))
    lines = tuple(
        Line(match[0], Span(span_start + match.start(), span_start + match.end()))
        for match in _LINE_OF_CELL.finditer(stripped)
    )
    return PrintedCell((Prose(lines),), span)


def _square(rows: list[list[PrintedCell]]) -> list[list[PrintedCell]]:
    """Tools drop the empty cells at a row's end: rows are as wide as they are, none is filled up."""
    return [row for row in rows if row]


def _with_merged_sentences(rows: list[list[PrintedCell]]) -> list[list[PrintedCell]]:
    """課題 | 移行を希望する方は限られています。 and nothing behind it: the sentence stands in cells merged up to the
    table's end, which a spreadsheet saves as blank ones or leaves out."""
    width = max(map(len, rows), default=0)
    return [_with_merged_sentence(row, width) for row in rows]


def _with_merged_sentence(row: list[PrintedCell], width: int) -> list[PrintedCell]:
    inked = [number for number, cell in enumerate(row) if cell.blocks]
    if inked != [0, 1] or width <= 2 or not all(map(_is_words, row[:2])):
        return row
    name, sentence = row[:2]
    if _is_sentence(name) or not _is_sentence(sentence):
        return row
    return [name, replace(sentence, column_span=width - 1)]


def _is_words(cell: PrintedCell) -> bool:
    return all(isinstance(block, Prose) for block in cell.blocks)


def _is_sentence(cell: PrintedCell) -> bool:
    prose = [block for block in cell.blocks if isinstance(block, Prose)]
    return any("。" in line.text for block in prose for line in block.lines)


def _extent(lines: Sequence[Line]) -> Span:
    return Span(lines[0].span.char_start, lines[-1].span.char_end)


def _with_echoes(grid: Grid, echoes: Sequence[PrintedCell]) -> Grid:
    from keikaku.extractors.document import Cell

    cells = tuple(Cell(0, 0, 1, 1, echo.blocks, echo.span) for echo in echoes)
    return replace(grid, echoes=cells)
