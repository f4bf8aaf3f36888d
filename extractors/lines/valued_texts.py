"""Rows of a label, several figures and a text, cells run into lines: 項目 基準値 目標値 目標値設定の考え方.

``②就労移行支援事業所からの`` / ``移行者数 18人 24人`` / ``（1.33倍）`` / ``令和３年度実績の1.31倍以上とします。``: raw text of PDF prints such
a table in reading order. A row begins with its number, or behind a blank line where none has one. It must
have one line with as many figures as there are columns for them; a bracket below it goes with the last figure
where that is a target and the bracket gives it in another unit; the text ends with a full stop.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.document import Line, Prose
from keikaku.extractors.grids import PrintedCell
from keikaku.extractors.heads import Role, read_head
from keikaku.extractors.lines.head_lines import Shape
from keikaku.extractors.lines.known_values import reads_without_free_words
from keikaku.extractors.lines.printed import Printed, cell_of, merge_pieces, tokens_of
from keikaku.normalizers.cells import is_value_like, parse_cell
from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.labels import split_marks

_BRACKETED = regex.compile(r"[（(〔［\[][^（）()\[\]]+[)）〕］\]]")
_LONGEST_LABEL = 60
_LONGEST_VALUE = 20


def read_valued_rows(body: Sequence[Printed], shape: Shape) -> tuple[list[list[PrintedCell]], int]:
    """The rows at the beginning of the lines, and how many lines they take; none where one is unsure."""
    if shape.labels == 0 or shape.has_unit:
        return [], 0
    rows: list[list[PrintedCell]] = []
    end = 0
    for start, stop in _extents(body):
        found = _row(body[start:stop], shape)
        if found is None:
            break
        row, count = found
        rows.append(row)
        end = start + count
        if start + count < stop:
            break
    return rows, end


def _extents(body: Sequence[Printed]) -> list[tuple[int, int]]:
    """From where to where each row may go."""
    starts = [n for n, item in enumerate(body) if split_marks(item.line.text).number is not None]
    if not starts:
        starts = [n for n, item in enumerate(body) if not n or item.group != body[n - 1].group]
    return list(zip(starts, [*starts[1:], len(body)], strict=True)) if starts[0] == 0 else []


def _row(lines: Sequence[Printed], shape: Shape) -> tuple[list[PrintedCell], int] | None:
    """The cells of a row and how many lines it takes."""
    parts = [_parts(item.line, shape.values) for item in lines]
    figured = [n for n, (_, values, _) in enumerate(parts) if values]
    labels = [words for words, _, _ in parts[: figured[0] + 1] if words] if figured else []
    if len(figured) != 1 or not labels or not _name_a_row(labels):
        return None
    at = figured[0] + 1
    cells = [[value] for value in parts[figured[0]][1]]
    rest = parts[figured[0]][2]
    if rest is None and at < len(lines) and _BRACKETED.fullmatch(lines[at].line.text):
        if not _aims(shape) or not is_in_other_unit(cells[-1][0], lines[at].line):
            return None
        cells[-1].append(lines[at].line)
        at += 1
    text = [rest] if rest is not None else []
    while at < len(lines) and not (text and _is_whole(text[-1], lines, at)):
        text.append(lines[at].line)
        at += 1
    if not text or not text[-1].text.endswith(("。", "。）", "。)")):
        return None
    if _BRACKETED.match(text[0].text) or _is_value(text[0]):
        return None
    return [cell_of(labels, 1, shape.labels), *map(cell_of, cells), cell_of(text)], at


def _name_a_row(labels: Sequence[Line]) -> bool:
    words = "".join(label.text for label in labels)
    return "。" not in words and len(words) <= _LONGEST_LABEL


def _aims(shape: Shape) -> bool:
    """Is the last column of figures one of targets?"""
    cells = shape.head_cells[-1]
    words = [
        line.text for block in cells[-2].blocks if isinstance(block, Prose) for line in block.lines
    ]
    return read_head("".join(words)).role is Role.TARGET


def _is_whole(last: Line, lines: Sequence[Printed], at: int) -> bool:
    """Does the text end here: a full stop, and a blank line behind it?"""
    return last.text.endswith("。") and lines[at].group != lines[at - 1].group


def _parts(line: Line, count: int) -> tuple[Line | None, list[Line], Line | None]:
    """移行者数 18人 24人 令和３年度実績の…: the words, exactly as many figures as columns, and the text."""
    tokens = tokens_of(line)
    named = (line.span.char_start or 0) + split_marks(line.text).body_start
    are_values = [(t.span.char_start or 0) >= named and _is_value(t) for t in tokens]
    start = next((n for n, is_value in enumerate(are_values) if is_value), len(tokens))
    end = start
    while end < len(tokens) and are_values[end]:
        end += 1
    if end - start != count or any(are_values[end:]):
        return merge_pieces(tokens, line), [], None
    words = merge_pieces(tokens[:start], line) if start else None
    rest = merge_pieces(tokens[end:], line) if end < len(tokens) else None
    return words, tokens[start:end], rest


def _is_value(token: Line) -> bool:
    if len(token.text) > _LONGEST_VALUE or token.text[0] in "（(":
        return False
    return is_value_like(token.text) or reads_without_free_words(token.text)


def is_in_other_unit(value: Line, below: Line) -> bool:
    """（1.33倍） below 24人: the same figure, counted otherwise."""
    one, other = _units(value.text), _units(below.text)
    return bool(other) and not one & other


def is_bracketed(text: str) -> bool:
    """（1.33倍）: words in brackets and nothing else."""
    return _BRACKETED.fullmatch(text) is not None


def _units(text: str) -> set[str]:
    try:
        return {value.unit for value in parse_cell(text.strip("（）()")) if value.unit is not None}
    except UnreadText:
        return set()
