"""Tables that a PDF-to-text tool printed as bare lines: no rule, no tab, often a cell per line.

A line of head words (``区分 単位`` / ``R3年度 R4年度 R5年度`` / ``見込 実績 …``) opens such a table. Its
rows follow as words and figures in reading order: a label, perhaps a unit, then as many cells as
there are columns, each alone on a line or several on one. A figure in brackets belongs to the figure
before it. Where a text column closes the table (目標値 | 目標値設定の考え方) the longest run of
lines that reads as a value is the value, and the sentences after it are the text.
A row whose cells cannot be told apart for certain ends the table: its lines stay as prose lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Line, Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import (
    MEASURES,
    REVIEWS,
    TEXTS,
    Head,
    Role,
    find_box,
    find_caption,
    find_role,
    read_head,
)
from keikaku.extractors.lines.printed import Found, Printed, cell_of, merge_pieces, tokens_of
from keikaku.extractors.words import is_legend, joined
from keikaku.normalizers.cells import is_value_like, parse_cell
from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.units import find_unit

_BRACKETED = regex.compile(r"[\[［〔(（][^\[\]［］〔〕()（）]*[\]］〕)）]")
_WIDE_GAP = regex.compile(r"\S[ \u3000]{2,}\S")
"""Cells set apart by blanks: another layout's business."""
_MOST_LABEL_LINES = 6
_LONGEST_LABEL = 70


@dataclass(frozen=True, slots=True)
class _HeadRow:
    """One line of heads: each with the piece of the line that prints it."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]


# -- heads -------------------------------------------------------------------------------------


def _may_be_head(text: str) -> bool:
    return len(text) <= 160 and "。" not in text


def _head_row(line: Line) -> _HeadRow | None:
    """The line as a row of heads, every word of it understood; else None."""
    tokens = tokens_of(line)
    pieces = _most_heads(tokens, line)
    if not pieces:
        return None
    return _HeadRow(tuple(head for head, _ in pieces), tuple(piece for _, piece in pieces))


def _most_heads(tokens: Sequence[Line], line: Line) -> list[tuple[Head, Line]] | None:
    """The line cut into as many heads as it holds (区分 | R3年度 | R4年度), or None."""
    best: list[list[tuple[Head, Line]] | None] = [None] * (len(tokens) + 1)
    best[0] = []
    for end in range(1, len(tokens) + 1):
        for start in range(max(0, end - 6), end):
            before = best[start]
            if before is None or (best[end] is not None and len(best[end] or []) > len(before)):
                continue
            piece = merge_pieces(tokens[start:end], line)
            head = read_head(piece.text)
            if head.says_something and not is_value_like(piece.text):
                best[end] = [*before, (head, piece)]
    return best[-1]


def head_pieces(line: Line) -> tuple[tuple[Head, Line], ...]:
    """The heads of a line made of nothing else, each with the words that print it; else none."""
    row = _head_row(line) if _may_be_head(line.text) else None
    return tuple(zip(row.heads, row.lines, strict=True)) if row is not None else ()


def read_head_line(line: Line) -> tuple[Head, ...]:
    """The heads of a line made of nothing else, else none."""
    row = _head_row(line) if _may_be_head(line.text) else None
    return row.heads if row is not None else ()


def _head_rows(printed: Sequence[Printed], at: int) -> tuple[list[_HeadRow], int]:
    """The rows of heads from `at` on, and where they end."""
    rows: list[_HeadRow] = []
    while at < len(printed) and len(rows) < 4 and _may_be_head(printed[at].line.text):
        row = _head_row(printed[at].line)
        if row is None or (rows and not _continues(rows, row)):
            break
        rows.append(row)
        at += 1
    return rows, at


def _continues(rows: Sequence[_HeadRow], row: _HeadRow) -> bool:
    """A further head line holds years or measures, as many as the years over it or a multiple."""
    if any(head.role in TEXTS | {Role.LABEL, Role.UNIT} for head in row.heads):
        return len(row.heads) > 1 and not any(h.year for r in rows for h in r.heads)
    years = [head for r in rows for head in r.heads if head.year is not None]
    if any(head.year is not None for head in row.heads):
        return not years and len(row.heads) >= 2
    return bool(years) and len(row.heads) >= 2 and len(row.heads) % len(years) == 0


def _is_table_head(rows: Sequence[_HeadRow]) -> bool:
    heads = [head for row in rows for head in row.heads]
    roles = {head.role for head in heads}
    if roles & (REVIEWS | {Role.GOAL, Role.PLAN_DO}):
        return False
    named = sum(1 for h in heads if h.year is not None or h.role in MEASURES | TEXTS | {Role.GRADE})
    if Role.LABEL in roles or Role.UNIT in roles or Role.TERM in roles:
        return named >= 1
    return named >= 2 and len(rows[0].heads) >= 2 and bool(roles & (MEASURES | TEXTS))


@dataclass(frozen=True, slots=True)
class _Shape:
    """Leaf columns left to right and how the head rows lie over them."""

    labels: int
    has_unit: bool
    values: int
    has_text: bool
    head_cells: tuple[tuple[PrintedCell, ...], ...]


def _shape(rows: Sequence[_HeadRow]) -> _Shape | None:
    """Lay the head rows over each other: the last row's heads are the leaves under the years."""
    first = rows[0]
    roles = [head.role for head in first.heads]
    if len(rows) == 1:
        leaves = list(zip(first.heads, first.lines, strict=True))
        cells = (tuple(cell_of([line]) for _, line in leaves),)
        return _count([head for head, _ in leaves], cells)
    if any(head.year is not None for head in first.heads):
        return _grouped(rows, [], first)
    if all(role in (Role.LABEL, Role.UNIT) for role in roles):
        return _grouped(rows[1:], list(zip(first.heads, first.lines, strict=True)), rows[1])
    return _shape_around_term(rows)


def _grouped(
    rows: Sequence[_HeadRow], sides: list[tuple[Head, Line]], years: _HeadRow
) -> _Shape | None:
    """Labels at the left, years beside them, measures under the years."""
    leading = list(zip(years.heads, years.lines, strict=True))
    while leading and leading[0][0].year is None:
        sides.append(leading.pop(0))
    if not leading:
        return None
    below = rows[1] if len(rows) > 1 else None
    if below is None:
        heads = [head for head, _ in (*sides, *leading)]
        cells = (tuple(cell_of([line]) for _, line in (*sides, *leading)),)
        return _count(heads, cells)
    each, rest = divmod(len(below.heads), len(leading))
    if rest or len(rows) > 2:
        return None
    top = (
        *(cell_of([line], 2, 1) for _, line in sides),
        *(cell_of([line], 1, each) for _, line in leading),
    )
    under = tuple(cell_of([line]) for line in below.lines)
    return _count([*(h for h, _ in sides), *below.heads], (top, under), years_over=len(leading))


def _shape_around_term(rows: Sequence[_HeadRow]) -> _Shape | None:
    """項目 基準値 区分 第6期 比較 over R3 R4 R5: the term's place takes the years."""
    first, below = rows[0], rows[1]
    terms = [n for n, head in enumerate(first.heads) if head.role is Role.TERM]
    if len(terms) != 1 or len(rows) > 2 or any(head.year is None for head in below.heads):
        return None
    at = terms[0]
    top = tuple(
        cell_of([line], 1, len(below.heads)) if n == at else cell_of([line], 2, 1)
        for n, line in enumerate(first.lines)
    )
    heads = [*first.heads[:at], *below.heads, *first.heads[at + 1 :]]
    return _count(heads, (top, tuple(cell_of([line]) for line in below.lines)))


def _count(
    heads: Sequence[Head], cells: tuple[tuple[PrintedCell, ...], ...], years_over: int = 0
) -> _Shape | None:
    kinds = [_leaf_kind(head) for head in heads]
    labels = kinds.count("label")
    values, texts = kinds.count("value"), kinds.count("text")
    if labels > 2 or texts > 1 or (texts and kinds[-1] != "text") or not (values or texts):
        return None
    if kinds != sorted(kinds, key=["label", "unit", "value", "text"].index):
        return None
    if years_over and values % years_over:
        return None
    return _Shape(labels, "unit" in kinds, values, bool(texts), cells)


def _leaf_kind(head: Head) -> str:
    if head.role is Role.UNIT:
        return "unit"
    if head.role in TEXTS:
        return "text"
    if head.year is not None or head.role in MEASURES or head.role is Role.GRADE:
        return "value"
    return "label"


# -- tables ------------------------------------------------------------------------------------


def find_table(printed: Sequence[Printed], at: int) -> Found | None:
    """A table that opens with a line of heads at `at`."""
    if not _may_be_head(printed[at].line.text) or _WIDE_GAP.search(printed[at].line.text):
        return None
    rows, body = _head_rows(printed, at)
    if not rows or not _is_table_head(rows):
        return None
    shape = _shape(rows)
    if shape is None:
        return None
    if shape.has_text:
        cells, end = _text_rows(printed, body, shape)
    else:
        cells, end = _figure_rows(printed, body, shape)
    if not cells:
        return None
    all_rows = [list(row) for row in (*shape.head_cells, *cells)]
    extent = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    return Found(lay_out(all_rows, "lines", extent), end)


def _ends_table(item: Printed) -> bool:
    """Does this line certainly not belong to a row of a table?"""
    text = item.line.text
    if text.startswith(("【", "〔", "《", "<", "＜", "■", "●", "◆", "○", "・", "〇", "#")):
        return find_caption(text) != "subset"
    if is_legend(text) or "。" in text or len(text) > 160:
        return True
    if find_box(text) is not None and find_role(text) is None:
        return True
    head = _head_row(item.line)
    return head is not None and len(head.heads) > 1 and _is_table_head([head])


def _figure_rows(
    printed: Sequence[Printed], at: int, shape: _Shape
) -> tuple[list[list[PrintedCell]], int]:
    rows: list[list[PrintedCell]] = []
    end = at
    while end < len(printed):
        if find_caption(printed[end].line.text) == "subset" and len(printed[end].line.text) < 12:
            rows.append(
                [cell_of([printed[end].line], 1, shape.labels + shape.has_unit + shape.values)]
            )
            end += 1
            continue
        found = _figure_row(printed, end, shape, bool(rows))
        if found is None:
            break
        new_rows, end = found
        rows.extend(new_rows)
    while rows and len(rows[-1]) == 1:
        rows.pop()
        end -= 1
    return rows, end


@dataclass(slots=True)
class _RowParts:
    labels: list[Line]
    closed: list[bool]
    units: list[Line]
    values: list[list[Line]]
    groups: list[int]


def _figure_row(
    printed: Sequence[Printed], at: int, shape: _Shape, goes_on: bool
) -> tuple[list[list[PrintedCell]], int] | None:
    """One row of the table: label lines, units, then as many cells as there are value columns."""
    parts = _RowParts([], [], [], [], [])
    end = at
    while end < len(printed):
        item = printed[end]
        if _ends_table(item) or len(parts.labels) > _MOST_LABEL_LINES:
            break
        words, units, values = _split_line(item.line, shape)
        if parts.values and (words or units):
            break
        if words is not None:
            parts.labels.append(words)
            parts.closed.append(item.ends_paragraph)
        parts.units.extend(units)
        for value in values:
            if _BRACKETED.fullmatch(value.text) and parts.values:
                parts.values[-1].append(value)
            else:
                parts.values.append([value])
                parts.groups.append(item.group)
        end += 1
        if values and len(parts.values) >= shape.values and _is_complete(printed, end, shape):
            break
    return _finish_row(parts, shape, end, goes_on)


def _is_complete(printed: Sequence[Printed], end: int, shape: _Shape) -> bool:
    """Enough cells are read, and what follows is no further figure of the same row."""
    if end >= len(printed):
        return True
    item = printed[end]
    if _ends_table(item):
        return True
    words, units, values = _split_line(item.line, shape)
    return words is not None or bool(units) or not values


def _split_line(line: Line, shape: _Shape) -> tuple[Line | None, list[Line], list[Line]]:
    """A printed line as label words, units, figures: the figures are the run at its end."""
    tokens = _attach_brackets(tokens_of(line), line)
    cut = len(tokens)
    while cut > 0 and _is_figure(tokens[cut - 1]):
        cut -= 1
    values = tokens[cut:]
    if len(values) > shape.values:
        extra = len(values) - shape.values
        cut, values = cut + extra, values[extra:]
    units: list[Line] = []
    if shape.has_unit:
        while cut > 0 and find_unit(tokens[cut - 1].text) is not None:
            cut -= 1
            units.insert(0, tokens[cut])
    words = merge_pieces(tokens[:cut], line) if cut else None
    return words, units, values


def _attach_brackets(tokens: list[Line], line: Line) -> list[Line]:
    """`[ 0 ]` printed with blanks is one token again."""
    result: list[Line] = []
    at = 0
    while at < len(tokens):
        end = at + 1
        if tokens[at].text[0] in "[［〔(（" and tokens[at].text[-1] not in "]］〕)）":
            while end < len(tokens) and tokens[end - 1].text[-1] not in "]］〕)）" and end - at < 4:
                end += 1
        result.append(merge_pieces(tokens[at:end], line))
        at = end
    return result


def _is_figure(token: Line) -> bool:
    return is_value_like(token.text) or _is_status(token.text)


def _is_status(text: str) -> bool:
    """A known status word (設置, 検討), not any word."""
    try:
        values = parse_cell(text)
    except UnreadText:
        return False
    return all("free_words" not in value.flags for value in values)


def _finish_row(
    parts: _RowParts, shape: _Shape, end: int, goes_on: bool
) -> tuple[list[list[PrintedCell]], int] | None:
    """The row's cells. A row with a unit but no label goes on with the label of the row above; a
    numbered line that ends before the label proper is a row of its own that heads what follows."""
    if not parts.values or (shape.labels and not parts.labels and not (goes_on and parts.units)):
        return None
    width = shape.labels + shape.has_unit + shape.values
    heads: list[list[PrintedCell]] = []
    while len(parts.labels) > 1 and parts.closed[0] and split_marks(parts.labels[0].text).number:
        heads.append([cell_of([parts.labels.pop(0)], 1, width)])
        parts.closed.pop(0)
    if sum(len(line.text) for line in parts.labels) > _LONGEST_LABEL:
        return None
    cells = _cells_of(parts, shape)
    if cells is None:
        return None
    leading: list[PrintedCell] = []
    if shape.labels and parts.labels:
        leading.append(cell_of(parts.labels, 1, shape.labels))
    elif shape.labels:
        leading.append(PrintedCell((), parts.units[0].span, 1, shape.labels))
    if shape.has_unit:
        leading.append(cell_of(parts.units) if parts.units else PrintedCell((), cells[0].span))
    return [*heads, [*leading, *cells]], end


def _cells_of(parts: _RowParts, shape: _Shape) -> list[PrintedCell] | None:
    """The figures as cells; when each column holds several, which belong together must be sure."""
    figures = parts.values
    if len(figures) == shape.values:
        return [cell_of(lines) for lines in figures]
    depth, rest = divmod(len(figures), shape.values)
    if rest or depth < 2 or depth not in (len(parts.units), len(parts.labels)):
        return None
    by_column = [figures[n * depth : (n + 1) * depth] for n in range(shape.values)]
    groups = [parts.groups[n * depth : (n + 1) * depth] for n in range(shape.values)]
    grouped = all(len(set(group)) == 1 for group in groups)
    by_row = [
        [figures[line * shape.values + n] for line in range(depth)] for n in range(shape.values)
    ]
    same = [[_words(f) for f in cell] for cell in by_column] == [
        [_words(f) for f in cell] for cell in by_row
    ]
    if not grouped and not same:
        return None
    return [cell_of([line for figure in cell for line in figure]) for cell in by_column]


def _words(lines: Sequence[Line]) -> str:
    return joined(lines)


# -- tables that end with a column of sentences --------------------------------------------------


def _text_rows(
    printed: Sequence[Printed], at: int, shape: _Shape
) -> tuple[list[list[PrintedCell]], int]:
    end = _end_of_text_table(printed, at)
    body = printed[at:end]
    if shape.values > 1 or not body:
        return [], at
    if shape.values == 0:
        return _labelled_texts(body, shape), end
    return _valued_texts(body, shape), end


def _end_of_text_table(printed: Sequence[Printed], at: int) -> int:
    """A table of sentences ends at a caption, a numbered heading over a table, a legend or a head."""
    end = at
    while end < len(printed):
        text = printed[end].line.text
        if find_caption(text) != "subset" and (
            text.startswith(("【", "《", "■", "◆")) or is_legend(text) or find_box(text) is not None
        ):
            break
        if end > at and _is_heading_over_table(printed, end):
            break
        head = _head_row(printed[end].line)
        if head is not None and (len(head.heads) > 1 or head.heads[0].role is Role.GOAL):
            break
        end += 1
    return end


def _is_heading_over_table(printed: Sequence[Printed], at: int) -> bool:
    """A numbered line (①…) right before a line of table heads."""
    if split_marks(printed[at].line.text).number is None:
        return False
    for item in printed[at + 1 : at + 4]:
        row = _head_row(item.line)
        if row is not None and len(row.heads) > 1:
            return True
    return False


def _labelled_texts(body: Sequence[Printed], shape: _Shape) -> list[list[PrintedCell]]:
    """区分 | 内容: each numbered line is a label, what follows it is its text."""
    starts = [n for n, item in enumerate(body) if split_marks(item.line.text).number is not None]
    if not starts or starts[0] != 0 or shape.labels != 1:
        return []
    rows = []
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        text = [item.line for item in body[start + 1 : end]]
        if not text:
            return []
        rows.append([cell_of([body[start].line]), cell_of(text)])
    return rows


def _valued_texts(body: Sequence[Printed], shape: _Shape) -> list[list[PrintedCell]]:
    """(区分 |) 目標値 | 考え方: find each value; the words before it are its label."""
    if not shape.labels:
        split = _value_and_text(body)
        return [split] if split else []
    values = _find_values(body)
    if not values or values[0][0] == 0:
        return []
    rows: list[list[PrintedCell]] = []
    label_start = 0
    for number, (start, end) in enumerate(values):
        following = values[number + 1][0] if number + 1 < len(values) else len(body)
        cut = len(body) if number + 1 == len(values) else _text_end(body, end, following)
        labels = body[label_start:start]
        group = [item for item in labels if find_caption(item.line.text) == "subset"]
        rows += [[cell_of([item.line], 1, shape.labels + 2)] for item in group]
        own = [item.line for item in labels if item not in group]
        text = [item.line for item in body[end:cut]]
        if not own or not text:
            return []
        rows.append(
            [
                cell_of(own, 1, shape.labels),
                cell_of([item.line for item in body[start:end]]),
                cell_of(text),
            ]
        )
        label_start = cut
    return rows


def _find_values(body: Sequence[Printed]) -> list[tuple[int, int]]:
    """Runs of lines that together read as one figure cell, longest first at each place."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(body):
        end = _value_end(body, at)
        if end is None or at == 0:
            at += 1
            continue
        found.append((at, end))
        at = end
    return found


def _value_end(body: Sequence[Printed], at: int) -> int | None:
    for end in range(min(at + 4, len(body)), at, -1):
        if _reads_as_value([item.line for item in body[at:end]]):
            return end
    return None


def _reads_as_value(lines: Sequence[Line]) -> bool:
    text = "\n".join(line.text for line in lines)
    if "。" in text or sum(len(line.text) for line in lines) > 40:
        return False
    return _is_status(text)


def _text_end(body: Sequence[Printed], start: int, following: int) -> int:
    """Where the sentences of a row end and the label of the next row begins: the first paragraph
    that ends; a 【内訳】 between them decides too."""
    for at in range(start, following):
        if find_caption(body[at].line.text) == "subset":
            return at
    for at in range(start, following - 1):
        if body[at].line.text.endswith("。") or body[at].ends_paragraph:
            return at + 1
    return following - 1


def _value_and_text(body: Sequence[Printed]) -> list[PrintedCell] | None:
    """目標値 | 考え方: whole lines that read as a value, or the first word of the first line."""
    end = _value_end(body, 0)
    if end is not None and end < len(body):
        return [
            cell_of([item.line for item in body[:end]]),
            cell_of([item.line for item in body[end:]]),
        ]
    tokens = tokens_of(body[0].line)
    for count in range(len(tokens) - 1, 0, -1):
        value = merge_pieces(tokens[:count], body[0].line)
        if _reads_as_value([value]):
            rest = merge_pieces(tokens[count:], body[0].line)
            text = [rest, *(item.line for item in body[1:])]
            return [cell_of([value]), cell_of(text)]
    return None


LAYOUTS = (find_table,)
