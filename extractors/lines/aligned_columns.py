"""Tables that a PDF-to-text tool kept in shape: cells aligned by blanks, a row a line.

Two or more blanks (or a full-width one between figures) part the cells of a line. The heads stand
in one to four lines over the rows; a head over several columns stands in the middle of them. Which
column a cell belongs to is told by its place across the page, counted in display columns (a
full-width character takes two): by order where a row is complete, by overlap where it is not.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from keikaku.extractors.document import Span
from keikaku.extractors.grids import PrintedCell, lay_out
from keikaku.extractors.heads import Role, read_head
from keikaku.extractors.lines.aligned_blanks import with_blank_columns
from keikaku.extractors.lines.aligned_bounds import (
    are_heads,
    are_heads_anew,
    ends_table,
    heads_section_left,
    is_title,
    names_figures,
    stands_below_more_heads,
)
from keikaku.extractors.lines.aligned_brackets import brackets_apart, closed_below, parted_under
from keikaku.extractors.lines.aligned_centred import centred_table
from keikaku.extractors.lines.aligned_classes import with_class_column
from keikaku.extractors.lines.aligned_counts import (
    Counted,
    are_crowded,
    owners_in_place,
    set_by_count,
)
from keikaku.extractors.lines.aligned_cycles import with_head_over_turns
from keikaku.extractors.lines.aligned_displaced import (
    displaced_apart,
    displaced_notices,
    lacks_a_value,
)
from keikaku.extractors.lines.aligned_heads import (
    head_rows,
    heads_joined,
    leaves_of,
    owners_of,
    with_remark,
    with_units,
)
from keikaku.extractors.lines.aligned_labels import (
    Block,
    broken_names,
    goes_on_below,
)
from keikaku.extractors.lines.aligned_labels import blocks_of as _blocks_of
from keikaku.extractors.lines.aligned_numbers import numbers_apart
from keikaku.extractors.lines.aligned_pieces import (
    Piece,
    Row,
    Split,
    are_figures,
    are_set_by_letter,
    are_years_below,
    cells_apart,
    is_unit_beside,
    letters_joined,
    measure_joined,
    narrow_pieces,
    pieces,
    pieces_by_letter,
    unsure_notices,
    with_brackets_below,
)
from keikaku.extractors.lines.aligned_places import set_under
from keikaku.extractors.lines.aligned_quantities import with_names_told
from keikaku.extractors.lines.aligned_reasons import find_reasoned, find_unnamed
from keikaku.extractors.lines.aligned_text import (
    TextColumn,
    before_text,
    goes_on_in_text,
    text_column,
    with_text_below,
)
from keikaku.extractors.lines.aligned_wraps import names_around
from keikaku.extractors.lines.aligned_years import names_columns
from keikaku.extractors.lines.column_orders import order_in_sentence
from keikaku.extractors.lines.corner_words import corner_apart, corner_line
from keikaku.extractors.lines.key_value_blocks import LAYOUTS as KEY_VALUE_BLOCKS
from keikaku.extractors.lines.printed import (
    Found,
    Printed,
    blank_cell,
    cell_of,
    with_aside,
    words_aside,
)
from keikaku.extractors.lines.quantities import says_quantity
from keikaku.extractors.lines.units_below import units_of_line
from keikaku.extractors.stories import says_stories
from keikaku.extractors.words import is_legend, is_page_mark, is_running_head
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.units import find_unit

_MOST_HEAD_LINES = 4
_INDENT = 4  # display columns by which a name may stand in; a name so placed may reach over the next column
_FARTHEST = 40
"""Lines above a table in which a legend of it is looked for."""


def find_table(printed: Sequence[Printed], at: int) -> Found | None:
    """A table whose head lines begin at `at`; a block of keys and values, or years down the side, is none."""
    if any(layout(printed, at) for layout in KEY_VALUE_BLOCKS):
        return None
    if names_columns(letters_joined(pieces(printed[at]), printed[at].line)):
        return None
    unnamed = find_unnamed(printed, at)
    found = unnamed or _table(printed, at, pieces)
    if found is None or _asks_for_heads(found) or (not unnamed and are_crowded(printed, at)):
        found = _table_by_count(printed, at) or _refused_where_crowded(printed, at, found)
    below = printed[at + 1 : at + 2]
    goes_on = bool(below) and below[0].group == printed[at].group
    is_unsure = found is None or found.grid is None
    if is_unsure and goes_on and "\u3000" in printed[at].line.text:
        narrow = _table(printed, at, narrow_pieces)
        # names with a blank in them would be parted: only rows that are whole are sure
        if narrow is not None and narrow.grid is not None and (found is None or not narrow.notices):
            return narrow
    return (_by_letter(printed, at) or find_reasoned(printed, at) or found) if is_unsure else found


def _by_letter(printed: Sequence[Printed], at: int) -> Found | None:
    """The table whose places are told where a full-width character takes no more than another."""
    found = _table(printed, at, pieces_by_letter)
    if found is None or found.grid is None or found.notices:
        return None
    return found if are_set_by_letter(printed[at : found.end]) else None


def _refused_where_crowded(
    printed: Sequence[Printed], at: int, found: Found | None
) -> Found | None:
    """No table where heads stand too close for their places to tell them apart, and their number does not either."""
    if found is None or not are_crowded(printed, at):
        return found
    rows = [letters_joined(pieces(item), item.line) for item in printed[at : found.end]]
    return Found(None, found.end, unsure_notices("heads_not_understood", rows))


def _table(printed: Sequence[Printed], at: int, split: Split) -> Found | None:
    heads, body_start = _head_lines(printed, at, split)
    if not heads or any(order_in_sentence(p.line) for p in printed[at:body_start]):
        return None
    lines, end = _body_lines(printed, body_start, split, text_column(heads))
    heads, lines, numbers = numbers_apart(heads, lines)
    centred = _centred(printed, at, heads, lines, end, split)
    if centred is not None:
        return centred
    found = _read(printed, at, heads, _body_rows(lines, heads), end, split)
    if found is None or found.grid is None:
        return found
    return replace(found, grid=with_aside(found.grid, [piece.line for piece in numbers]))


def _centred(
    printed: Sequence[Printed], at: int, heads: list[Row], rows: list[Row], end: int, split: Split
) -> Found | None:
    """The table whose names stand in the middle of their rows, where that is told in one way."""
    span = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    is_cut = stands_below_more_heads(printed, at, split)
    grid = None if is_cut else centred_table(heads, _body_rows(rows, heads), span)
    return Found(with_aside(grid, words_aside(printed[at:end])), end) if grid is not None else None


def _table_by_count(printed: Sequence[Printed], at: int) -> Found | None:
    """The table whose figures are too close for their places to tell their heads, where their number does."""
    told = set_by_count(printed, at)
    if told is None:
        return None
    found = _read(printed, at, list(told.heads), list(told.rows), told.end, pieces, told)
    if found is None or found.grid is None or found.notices:
        return None
    return replace(found, grid=with_aside(found.grid, told.aside))


def _asks_for_heads(found: Found) -> bool:
    """Were the heads, and not a row, not understood?"""
    return found.grid is None and {n.rule for n in found.notices} == {"heads_not_understood"}


def _read(
    printed: Sequence[Printed],
    at: int,
    heads: list[Row],
    rows: list[Row],
    end: int,
    split: Split,
    counted: Counted | None = None,
) -> Found | None:
    """The table of these heads and rows, told by their places. `counted`: each head was set over its columns."""
    rows, unnamed = with_names_told(rows, printed[at:end])
    rows, unsure = names_around(rows)
    unsure += unnamed
    corner, heads = corner_apart(heads, rows)
    leaves = _leaves(heads, rows)
    if len(leaves) > max((len(row) for row in rows), default=0):
        under = set_under(rows, leaves)
        if under is None:
            return None
        rows = under
    complete = [row for row in rows if len(row) > 1]
    if not complete:
        return None
    columns = _columns(complete, leaves)
    if lacks_a_value(leaves, complete, len(columns)):
        return Found(None, end, displaced_notices(complete))
    in_stories = any(says_stories(item.line.text) for item in printed[max(0, at - _FARTHEST) : at])
    sure, displaced = (
        (rows, [])
        if in_stories
        else displaced_apart(rows, [_places(row, columns) for row in rows], len(columns))
    )
    broken = broken_names(sure) if len(columns) > 2 else set()
    broken |= {n for n, row in enumerate(sure) if row in unsure}
    displaced += [sure[n] for n in sorted(broken)]
    sure = [row for n, row in enumerate(sure) if n not in broken]
    cells = _body_cells(sure, columns)
    if cells is None and _begins_nameless(sure, columns):
        return Found(None, end, unsure_notices("heads_not_understood", complete))
    if cells is None or not any(len(row) > 1 for row in sure):
        return None
    heads = with_head_over_turns(heads, columns, [row for row in sure if len(row) > 1])
    owners = (owners_in_place if counted else owners_of)(heads, columns)
    if owners is None or stands_below_more_heads(printed, at, split):
        return Found(None, end, unsure_notices("heads_not_understood", complete))
    top = [*corner_line(corner, owners[0]), *head_rows(owners, heads[0][0].line)]
    span = Span(printed[at].line.span.char_start, printed[end - 1].line.span.char_end)
    laid = [*top, *cells]
    if counted is not None and counted.class_head is not None:
        laid = with_class_column(top, cells, counted.class_head, counted.classes)
    grid = lay_out(laid, "aligned", span)
    aside = (
        *(piece.line for row in displaced for piece in row),
        *words_aside(printed[at:end]),
    )
    return Found(with_aside(grid, aside), end, displaced_notices(displaced))


LAYOUTS = (find_table,)


def _leaves(heads: Sequence[Row], rows: Sequence[Row]) -> Row:
    """The longest line of heads; with the heads that stand beside it where else a row that is as long
    would lack a figure."""
    longest = max(heads, key=len)
    lacking = lacks_a_value(longest, rows, max((len(row) for row in rows), default=0))
    return leaves_of(heads) if lacking else longest


# -- lines -------------------------------------------------------------------------------------


def _head_lines(printed: Sequence[Printed], at: int, split: Split) -> tuple[list[Row], int]:
    """Lines of heads from `at` on: the first holds two or more heads, of years or measures."""
    rows: list[Row] = []
    end = at
    if is_title(printed[at], split(printed[at])):
        return [], at
    while end < len(printed) and len(rows) < _MOST_HEAD_LINES:
        row = letters_joined(split(printed[end]), printed[end].line)
        row = brackets_apart(parted_under(row, rows[-1]), rows[-1]) if rows else row
        if rows and not row:
            end += 1
            continue
        if rows and (remarked := with_remark(rows, row)) is not None:
            rows = remarked
            end += 1
            continue
        if rows and (whole := closed_below(row, printed[end + 1 : end + 2], split)) is not None:
            rows.append(whole)
            end += 2
            continue
        if rows and (units := units_of_line(printed[end].line)):
            united = with_units(rows[-1], units)
            if united is None:
                return [], at
            rows = [*rows[:-1], united]
            end += 1
            continue
        if "。" in printed[end].line.text or not are_heads(row, is_first=not rows):
            break
        rows.append(row)
        end += 1
    rows = heads_joined(rows)
    return (rows, end) if names_figures(rows) else ([], at)


def _begins_nameless(rows: Sequence[Row], columns: Sequence[tuple[int, int]]) -> bool:
    return bool(rows) and len(rows[0]) > 1 and 0 not in (_places(rows[0], columns) or [0])


def _body_rows(lines: Sequence[Row], heads: Sequence[Row]) -> list[Row]:
    """The rows below the heads, each cell a piece of its own."""
    text = text_column(heads)
    rows = with_text_below(lines, text) if text is not None else lines
    rows = with_brackets_below([cells_apart(row, are_figures) for row in rows])
    if any(read_head(piece.line.text).role is Role.UNIT for row in heads for piece in row):
        rows = [cells_apart(row, is_unit_beside) for row in rows]
    return with_blank_columns(rows, heads)


def _body_lines(
    printed: Sequence[Printed], start: int, split: Split, text: TextColumn | None
) -> tuple[list[Row], int]:
    """Rows below the heads; a line of one cell belongs when a row of several follows it."""
    rows: list[Row] = []
    end = at = start
    while at < len(printed):
        row = letters_joined(split(printed[at]), printed[at].line)
        if ends_table(printed[at], before_text(row, text)) or heads_section_left(row, rows):
            break
        if text is not None and are_heads_anew(row):
            break
        if row and printed[at].line.text == printed[start - 1].line.text:
            break
        if len(row) > 1:
            if not (rows and goes_on_in_text(row, text)) and not any(map(_is_cell_value, row)):
                break
            rows.extend(filter(None, (_line_between(printed, n, split) for n in range(end, at))))
            rows.append(measure_joined(row, printed[at].line))
            end = at + 1
        elif row and at - end >= 2:
            break
        at += 1
    while rows and end < len(printed) and _is_text_of(printed, end, text, split):
        rows.append(split(printed[end]))
        end += 1
    name = rows[-2][0] if len(rows) > 1 and len(rows[-2]) == 1 else None
    if end < len(printed) and rows and _ends_label(printed, end, rows[-1], split, name):
        return [*rows, split(printed[end])], end + 1
    return rows, end


def _is_text_of(printed: Sequence[Printed], at: int, text: TextColumn | None, split: Split) -> bool:
    """Does the text of the last row go on in a line of its own, with no blank line before it? （令和８年度末） alone is of a
    figure of it."""
    row = split(printed[at])
    if printed[at].group != printed[at - 1].group or len(row) != 1:
        return False
    return are_years_below(row) or (
        not before_text(row, text) and not is_legend(printed[at].line.text)
    )


def _line_between(printed: Sequence[Printed], at: int, split: Split) -> Row:
    """A line of one cell between two rows, told whether blank lines part it from both, or it heads a page
    (第５章　…)."""
    row = () if is_page_mark(printed[at].line.text) else split(printed[at])
    beside = {printed[n].group for n in (at - 1, at + 1)}
    is_alone = printed[at].group not in beside or is_running_head(printed[at].line.text)
    return tuple(replace(piece, is_alone=True) for piece in row) if is_alone else row


def _ends_label(
    printed: Sequence[Printed], at: int, row: Row, split: Split, name: Piece | None
) -> bool:
    """The last row's label goes on in a line of its own, and what follows it in its group stands left of
    it; or it may be the rest of the `name` on the line above a row without one. Words that begin right of the
    row's second cell go on in another column."""
    line = split(printed[at])
    same_group = printed[at].group == printed[at - 1].group
    if len(line) != 1 or not same_group or len(row) < 2 or line[0].left >= row[1].left:
        return False
    below = printed[at + 1 : at + 2]
    following = split(below[0]) if below and below[0].group == printed[at].group else ()
    if ends_table(printed[at], line):
        return False
    if name is not None and name.left <= line[0].left < row[0].left:
        return True
    return goes_on_below(row[0], line[0], following[0] if following else None)


def _is_cell_value(piece: Piece) -> bool:
    text = piece.line.text
    return is_value_like(text) or (len(text) <= 12 and "、" not in text)


# -- columns -----------------------------------------------------------------------------------


def _columns(rows: Sequence[Row], heads: Row) -> list[tuple[int, int]]:
    """Left and right edge of each column, from the rows with the most cells; where no row fills all
    columns, from the heads."""
    most = max(len(row) for row in rows)
    if most < len(heads):
        return [(head.left, head.right) for head in heads]
    template = [row for row in rows if len(row) == most]
    columns = [
        (min(row[n].left for row in template), max(row[n].right for row in template))
        for n in range(most)
    ]
    if any(a[1] > b[0] for a, b in itertools.pairwise(columns)):
        columns = _untangled(template, most)
    return columns


def _untangled(template: Sequence[Row], most: int) -> list[tuple[int, int]]:
    """Columns whose widest cells overlap across rows: cut half-way between their middles."""
    middles = [sum(row[n].middle for row in template) / len(template) for n in range(most)]
    cuts = [(a + b) / 2 for a, b in itertools.pairwise(middles)]
    edges = [0.0, *cuts, max(row[-1].right for row in template) + 1.0]
    return [(int(edges[n]), int(edges[n + 1])) for n in range(most)]


def _place(piece: Piece, columns: Sequence[tuple[int, int]]) -> int | None:
    """The one column that a cell overlaps, or whose edges it comes nearest to."""
    overlaps = [
        n for n, (left, right) in enumerate(columns) if piece.left < right and left < piece.right
    ]
    if len(overlaps) == 1:
        return overlaps[0]
    if overlaps:
        return None
    distances = sorted(
        (min(abs(piece.left - right), abs(left - piece.right)), n)
        for n, (left, right) in enumerate(columns)
    )
    if len(distances) > 1 and distances[1][0] - distances[0][0] < 2:
        return None
    return distances[0][1]


def _body_cells(
    rows: Sequence[Row], columns: Sequence[tuple[int, int]]
) -> list[list[PrintedCell]] | None:
    blocks = _blocks_of(rows, columns[0][1]) if len(columns) > 2 else [Block((r,)) for r in rows]
    if blocks is None:
        return None
    result = []
    for block in blocks:
        for n, row in enumerate(block.rows):
            cells = _row_cells(row, columns)
            if cells is None:
                return None
            if block.label:
                label = [cell_of(block.label, len(block.rows), 1)] if n == 0 else []
                cells = [*label, *cells[1:]]
            result.append(cells)
    return result


def _row_cells(row: Row, columns: Sequence[tuple[int, int]]) -> list[PrintedCell] | None:
    places = _places(row, columns)
    if places is None:
        return None
    by_place = dict(zip(places, row, strict=True))
    cells: list[PrintedCell] = []
    last = row[0].line
    for n in range(len(columns)):
        if n in by_place:
            last = by_place[n].line
            cells.append(cell_of([last, *by_place[n].more]))
        else:
            cells.append(blank_cell(last))
    return cells


def _places(row: Row, columns: Sequence[tuple[int, int]]) -> list[int] | None:
    if len(row) == len(columns):
        return list(range(len(columns)))
    if len(row) == 1:
        return [0]
    if _lacks_only_its_name(row, columns):
        return list(range(1, len(columns)))
    found = [_place(piece, columns) for piece in row]
    if found[0] is None and _is_long_name(row, columns):
        found[0] = 0
    places = [place for place in found if place is not None]
    if len(places) != len(row) or sorted(set(places)) != places:
        return None
    return places


def _is_long_name(row: Row, columns: Sequence[tuple[int, int]]) -> bool:
    """A name that reaches over the next column, in a row that lacks one cell at most."""
    name = row[0]
    whole = len(row) >= len(columns) - 1 and len(name.line.text.split()) == 1
    return whole and name.left - columns[0][0] <= _INDENT and name.right <= row[1].left


def _lacks_only_its_name(row: Row, columns: Sequence[tuple[int, int]]) -> bool:
    """``時間 3,675 3,514``: a whole row from its unit on."""
    unit, *figures = (piece.line.text for piece in row)
    whole = len(row) == len(columns) - 1 and all(is_value_like(text) for text in figures)
    inset = row[0].left > sum(columns[0]) / 2
    return whole and inset and (find_unit(unit) is not None or says_quantity(unit))
