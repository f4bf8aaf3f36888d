"""Which head stands over which column of an aligned table, told by the places across the page.

Heads that are as many as the columns stand over them in order; years over groups of columns share
them out evenly; other heads own the columns that they overlap. Where it is not told, None.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from keikaku.extractors.document import Line
from keikaku.extractors.grids import PrintedCell
from keikaku.extractors.heads import MEASURES, TEXTS, Role, may_head, read_head
from keikaku.extractors.lines.aligned_brackets import says_year_in_brackets
from keikaku.extractors.lines.aligned_pieces import Piece, Row, is_head_piece
from keikaku.extractors.lines.group_heads import (
    by_first_word,
    grouped,
    half_known,
    names_groups,
)
from keikaku.extractors.lines.printed import blank_cell, cell_of, part_of
from keikaku.extractors.lines.years_in_middle import by_middle, lacks_order

_COMPARED = frozenset((Role.GAP, Role.RATE))
_ALONE = _COMPARED | TEXTS | {Role.GRADE, Role.ASIDE}
Columns = Sequence[tuple[int, int]]
"""Left and right edge of each column, in display columns."""


def heads_joined(heads: Sequence[Row]) -> list[Row]:
    """The head lines, a head that goes on below it (前年度実績 over との差, 対計画比 over （令和５年度）) being one
    piece of its lowest line. A head over another head of its own (令和５年度 over 実績) stays apart."""
    lines = [list(line) for line in heads]
    for n in range(len(lines) - 1, 0, -1):
        if _repeat_years(lines[n], lines[:n]):
            continue
        each_alone = _stand_each_below_another(lines[n], lines[:n])
        for at, piece in enumerate(lines[n]):
            if says_year_in_brackets(piece) and not each_alone:
                continue
            if any(_over_each_other(piece, below) for line in lines[n + 1 :] for below in line):
                continue
            for upper in reversed(lines[:n]):
                over = _alone_over(piece, upper, lines[n])
                if over is None or not _goes_on(over, lines[n][at]):
                    break
                lines[n][at] = _tall(over, lines[n][at])
                upper.remove(over)
    return [tuple(line) for line in lines if line]


def _repeat_years(lower: Sequence[Piece], upper: Sequence[Sequence[Piece]]) -> bool:
    """計画値 実績値 達成率 over R3 R4 R5 R3 R4 R5 R3 R4 R5: each heads all years of its own, though it stands over
    one of them."""
    measures = [p for line in upper for p in line if read_head(p.words).role in MEASURES]
    heads = [read_head(piece.words) for piece in lower]
    years = [head.year for head in heads if head.year is not None and head.role is None]
    count = len(years) // len(measures) if measures else 0
    return count > 1 and len(measures) > 1 and years == years[:count] * len(measures)


def _stand_each_below_another(lower: Sequence[Piece], upper: Sequence[Sequence[Piece]]) -> bool:
    """Does each year in brackets stand below a head of its own? Those of one head over them all (実績 over （R3） （R4）
    （R5）) stay below it, though it stands over but one of them."""
    years = [piece for piece in lower if says_year_in_brackets(piece)]
    return all(any(_alone_over(piece, line, lower) for line in upper) for piece in years)


def with_remark(heads: Sequence[Row], line: Row) -> list[Row] | None:
    """The heads with ``（見込み）`` below one year, or a measure in brackets below each of them.

    Below one year it is a remark where the heads name the measures of all; else it stays a head that
    is not understood.
    """
    inner = [piece.line.text.strip("（）()") for piece in line]
    bracketed = all(piece.line.text[0] in "（(" and piece.line.text[-1] in "）)" for piece in line)
    if not bracketed or any(read_head(words).role not in MEASURES for words in inner):
        return None
    if len(line) > 1 or not any(read_head(p.line.text).role in MEASURES for h in heads for p in h):
        bare = tuple(
            replace(piece, line=part_of(piece.line, 1, len(piece.line.text) - 1)) for piece in line
        )
        years = [p for p in heads[-1] if read_head(p.line.text).year is not None]
        return [*heads, bare if len(line) == len(years) else line]
    over = [p for p in heads[-1] if p.left < line[0].right and line[0].left < p.right]
    if len(over) != 1 or read_head(over[0].line.text).year is None:
        return [*heads, line]
    last = tuple(replace(p, more=(*p.more, line[0].line)) if p is over[0] else p for p in heads[-1])
    return [*heads[:-1], last]


def with_units(heads: Row, units: Sequence[Line]) -> Row | None:
    """見込量 実績 進捗 with （時間） （時間） （％） below them; None where they are not as many."""
    of_figures = [p for p in heads if read_head(p.line.text).role not in (Role.LABEL, Role.TERM)]
    if len(of_figures) != len(units):
        return None
    below = dict(zip(map(id, of_figures), units, strict=True))
    return tuple(
        replace(piece, more=(*piece.more, below[id(piece)])) if id(piece) in below else piece
        for piece in heads
    )


def _over_each_other(one: Piece, other: Piece) -> bool:
    return one.left < other.right and other.left < one.right


def _alone_over(piece: Piece, upper: Sequence[Piece], lower: Sequence[Piece]) -> Piece | None:
    """The one piece above that stands over this one and over no other."""
    over = [p for p in upper if _over_each_other(p, piece)]
    if len(over) != 1:
        return None
    under = [q for q in lower if _over_each_other(over[0], q)]
    return over[0] if len(under) == 1 else None


def _goes_on(upper: Piece, lower: Piece) -> bool:
    """Do two lines read as one head of figures, of which neither is one whole? （５年度末） below 目標 says its year."""
    role = read_head(upper.words + lower.words).role
    if says_year_in_brackets(lower):
        head = read_head(upper.words)
        return head.role in MEASURES and head.year is None
    if role not in MEASURES or read_head(upper.words).year is not None:
        return False
    below = read_head(lower.words)
    return role in _COMPARED or not below.says_something or not may_head(upper.words)


def _tall(upper: Piece, lower: Piece) -> Piece:
    left, right = min(upper.left, lower.left), max(upper.right, lower.right)
    words = (*upper.more, lower.line, *lower.more)
    return Piece(upper.line, left, right, words, height=lower.height + 1)


def leaves_of(heads: Sequence[Row]) -> Row:
    """The lowest head over each place: サービス名 and 単位 may stand beside the years, over the line of
    the measures. The longest line counts where the lines stand askew."""
    leaves: list[Piece] = []
    for line in reversed(heads):
        lower = tuple(leaves)
        leaves += [p for p in line if not any(p.left < q.right and q.left < p.right for q in lower)]
    found = tuple(sorted(leaves, key=lambda piece: piece.left))
    longest = max(heads, key=len)
    is_firm = all(p.right <= q.left for p, q in itertools.pairwise(found))
    return found if is_firm and len(found) >= len(longest) else longest


def owners_of(heads: Sequence[Row], columns: Columns) -> list[list[Piece | None]] | None:
    """For each head line and column the piece over it; None where it is not told.

    Lines that share no column (``サービス名 単位`` half-way beside years and measures) are one.
    """
    if any(_is_open_remark(piece, heads) for piece in heads[-1]) or any(
        map(half_known, heads[:-1])
    ):
        return None
    leaves = _in_order(heads, columns) or _in_turn(heads, columns)
    leaves = leaves or _owners(heads[-1], columns, (), 1)
    if _leaves_out_a_figure(leaves, heads) or _stand_askew(leaves, heads):
        return None
    lines: list[list[Piece | None]] = []
    for height, line in zip(range(len(heads), 0, -1), heads, strict=True):
        owners = _over_leaves(line, heads[-1], leaves, columns, height) if height > 1 else leaves
        if owners is None or _mixes_years(owners, leaves):
            return None
        if not {id(p) for p in line if _is_of_figures(p)} <= {id(owner) for owner in owners}:
            return None  # a year that stands over nothing has lost its column to another
        if lines and all(a is None or b is None for a, b in zip(lines[-1], owners, strict=True)):
            lines[-1] = [a or b for a, b in zip(lines[-1], owners, strict=True)]
        else:
            lines.append(owners)
    return [_with_tall(line, lines[-1]) for line in lines]


def _over_leaves(
    line: Row, lowest: Row, leaves: Sequence[Piece | None], columns: Columns, height: int
) -> list[Piece | None] | None:
    """For each column the piece of a line above the lowest that stands over it; None where it is not told."""
    told = by_first_word(line, leaves, columns)
    if told is not None and not _is_elsewhere(told, line, leaves, columns):
        return told
    if names_groups(line, lowest):
        return grouped(line, leaves, columns)
    if lacks_order(line, leaves):
        return by_middle(line, leaves, columns)
    owners = _each_over_one(line, leaves) or _owners(line, columns, leaves, height)
    return None if _is_cut_off(owners, leaves) or _is_torn(owners, leaves) else owners


def _each_over_one(line: Row, leaves: Sequence[Piece | None]) -> list[Piece | None] | None:
    """For each column the year over its head, where each stands over one head, and each of them under one."""
    figures = [leaf for leaf in leaves if leaf is not None]
    over = [[p for p in line if _over_each_other(p, leaf)] for leaf in figures]
    if len(line) != len(figures) or [p for own in over for p in own] != list(line):
        return None
    own = dict(zip(map(id, figures), line, strict=True))
    return [own[id(leaf)] if leaf is not None else None for leaf in leaves]


def _mixes_years(owners: Sequence[Piece | None], leaves: Sequence[Piece | None]) -> bool:
    """Do the years under a measure not follow each other as those under the others do: Ｒ８ Ｒ６ Ｒ７ under 実績? The first
    is the measure's beside it. Nor does a year stand under a head of text."""
    directions = set()
    over: Piece | None = None
    last: int | None = None
    for owner, leaf in zip(owners, leaves, strict=True):
        head = read_head(leaf.words) if leaf is not None and leaf is not owner else None
        year = head.year.year if head is not None and head.year and head.role is None else None
        if owner is not None and owner is not over:
            over, last = owner, None
        if over is None or year is None:
            continue
        role = _role_of(over)
        if role in TEXTS and owner is over:
            return True
        if last is not None and role in MEASURES:
            directions.add(last < year)
        last = year
    return len(directions) > 1


def _is_torn(owners: Sequence[Piece | None], leaves: Sequence[Piece | None]) -> bool:
    """Does a head stand under none of two, and nearer to the second: 令和３年度 between 目標値 and 実績値? It would
    go to the first."""
    for n, (owner, leaf) in enumerate(zip(owners, leaves, strict=True)):
        left = next((p for p in reversed(owners[:n]) if p is not None), None)
        right = next((p for p in owners[n:] if p is not None), None)
        if owner is None and leaf is not None and left is not None and right is not None:
            is_head = leaf.height == 1 and _is_of_figures(left) and _is_of_figures(right)
            if is_head and right.left - leaf.right <= leaf.left - left.right:
                return True
    return False


def _is_elsewhere(
    told: Sequence[Piece | None], line: Row, leaves: Sequence[Piece | None], columns: Columns
) -> bool:
    """Are the years set in the middle of other groups than those that begin with the same word?"""
    if not lacks_order(line, leaves):
        return False
    middle = by_middle(line, leaves, columns)
    return middle is not None and list(told) != middle


def _with_tall(line: list[Piece | None], leaves: Sequence[Piece | None]) -> list[Piece | None]:
    """A line of heads with those that begin in it and end in the lowest line."""
    pairs = zip(line, leaves, strict=True)
    return [leaf if own is None and leaf and leaf.height > 1 else own for own, leaf in pairs]


def _in_order(heads: Sequence[Row], columns: Columns) -> list[Piece | None] | None:
    """A lowest line of measures or years, as many as the columns beside those that lines above it head as
    labels and units: they stand over them in order, however askew."""
    above = [piece for line in heads[:-1] for piece in line]
    roles = [read_head(piece.line.text).role for piece in above]
    named = sum(role in (Role.LABEL, Role.UNIT) for role in roles)
    figures = heads[-1]
    if not named or named + len(figures) != len(columns) or not all(map(_is_of_figures, figures)):
        return None
    return [*[None] * named, *figures]


def _in_turn(heads: Sequence[Row], columns: Columns) -> list[Piece | None] | None:
    """The lowest heads where all lines together have as many as there are columns, each over its own in turn, though a
    wide one reaches over the next as well: （令和８年度末） over a name that fills its column."""
    leaves = leaves_of(heads)
    if len(heads) == 1 or len(leaves) != len(columns):
        return None
    pairs = zip(leaves, columns, strict=True)
    if not all(leaf.left < right and left < leaf.right for leaf, (left, right) in pairs):
        return None
    return [leaf if leaf in heads[-1] else None for leaf in leaves]


def _leaves_out_a_figure(leaves: Sequence[Piece | None], heads: Sequence[Row]) -> bool:
    """A lowest line of years or measures one short, with no line above it: a head is lost, and those
    behind it may have moved."""
    behind = itertools.dropwhile(lambda leaf: leaf is None or not _is_of_figures(leaf), leaves)
    return len(heads) == 1 and None in list(behind)


def _stand_askew(leaves: Sequence[Piece | None], heads: Sequence[Row]) -> bool:
    """Are the lowest heads as many as the columns, and one of them over another column than its turn would have it? The
    rows stand askew under their heads."""
    in_turn = leaves_of(heads)
    if len(heads) == 1 or len(in_turn) != len(leaves):
        return False
    return any(
        leaf is not None and leaf is not own and leaf in in_turn
        for leaf, own in zip(leaves, in_turn, strict=True)
    )


def _is_cut_off(owners: Sequence[Piece | None], leaves: Sequence[Piece | None]) -> bool:
    """A head over columns with a lower head each and over one without: that one is lost."""
    for owner in {id(piece): piece for piece in owners if piece is not None}.values():
        below = [leaf for over, leaf in zip(owners, leaves, strict=True) if over is owner]
        if owner not in leaves and None in below and any(b and _is_of_figures(b) for b in below):
            return True
    return False


def _is_of_figures(piece: Piece) -> bool:
    head = read_head(piece.line.text)
    return head.year is not None or head.role in MEASURES


def _is_open_remark(piece: Piece, heads: Sequence[Row]) -> bool:
    """（…） below a head that is lost: words that head nothing, or a year beside measures without one."""
    if piece.line.text[0] not in "（(" or piece.height > 1:
        return False
    if not is_head_piece(piece):
        return True
    is_below = any(_over_each_other(over, piece) for line in heads[:-1] for over in line)
    measures = any(_role_of(other) in MEASURES for other in heads[-1])
    return measures and not is_below and _role_of(piece) is None


def head_rows(owners: Sequence[Sequence[Piece | None]], beside: Line) -> list[list[PrintedCell]]:
    """The head lines as rows of cells: each piece over the columns that it stands over, one that is
    tall down to the lowest line."""
    rows: list[list[PrintedCell]] = []
    for number, line in enumerate(owners):
        cells: list[PrintedCell] = []
        above = owners[number - 1] if number else [None] * len(line)
        for (piece, goes_on), group in itertools.groupby(
            zip(line, above, strict=True), key=lambda pair: (pair[0], pair[0] is pair[1])
        ):
            wide = len(list(group))
            if piece is None:
                cells.extend(blank_cell(beside) for _ in range(wide))
            elif not (goes_on and piece.height > 1):
                height = len(owners) - number if piece.height > 1 else 1
                cells.append(cell_of([piece.line, *piece.more], height, wide))
        rows.append(cells)
    return rows


def _label_count(leaves: Sequence[Piece | None]) -> int | None:
    """How many columns at the left the lowest heads name as those of labels and units; None where
    they do not tell."""
    named = itertools.takewhile(
        lambda leaf: leaf is not None and _role_of(leaf) in (Role.LABEL, Role.UNIT), leaves
    )
    return len(list(named)) or None


def _role_of(piece: Piece | None) -> Role | None:
    return read_head(piece.words).role if piece is not None else None


def _owners(
    line: Row, columns: Columns, leaves: Sequence[Piece | None], height: int
) -> list[Piece | None]:
    """For each column the piece over it; years over groups of columns share them out evenly."""
    if len(line) == len(columns):
        return list(line)
    shared = _shared_out(line, columns, leaves, height)
    if shared is not None:
        return shared
    owners: list[Piece | None] = [None] * len(columns)
    for piece in line:
        over = [
            n
            for n, (left, right) in enumerate(columns)
            if piece.left < right and left < piece.right
        ]
        for n in over or [_nearest(piece, columns)]:
            if owners[n] is None:
                owners[n] = piece
    return owners


def _nearest(piece: Piece, columns: Columns) -> int:
    middles = [(left + right) / 2 for left, right in columns]
    return min(range(len(columns)), key=lambda n: abs(middles[n] - piece.middle))


def _shared_out(
    line: Row, columns: Columns, leaves: Sequence[Piece | None], height: int
) -> list[Piece | None] | None:
    """A line of years only, `height` lines above the rows, each over as many columns as the others;
    what compares the years (増減) may stand behind them all, or beside them, as tall as they."""
    if any(read_head(piece.line.text).year is None for piece in line):
        return None
    count = _label_count(leaves)
    beside = {n for n, leaf in enumerate(leaves) if height > 1 and leaf and leaf.height >= height}
    for labels in range(1, 4) if count is None else (count,):
        under = [n for n in range(labels, len(columns)) if n not in beside]
        behind = len(list(itertools.takewhile(lambda n: _compares(leaves, n), reversed(under))))
        for end in range(len(under), len(under) - behind - 1, -1):
            each, rest = divmod(end, len(line))
            if rest or each < 1:
                continue
            groups = [under[n * each : (n + 1) * each] for n in range(len(line))]
            whole = end == len(under)
            if _are_alike(groups, leaves, whole) and _fit(line, groups, columns):
                return _given(line, groups, len(columns))
    return None


def _compares(leaves: Sequence[Piece | None], n: int) -> bool:
    """A head of one column that need not be of one year: 増減, 備考."""
    return bool(leaves) and _role_of(leaves[n]) in _ALONE


def _are_alike(
    groups: Sequence[Sequence[int]], leaves: Sequence[Piece | None], whole: bool
) -> bool:
    """Do the same heads stand under every year, or at least none twice under one? 計画 実績 計画 under the
    first year is the second one's 計画 too much."""
    if not leaves or len(groups[0]) == 1:
        return True
    under = [[_role_of(leaves[n]) or _words_of(leaves[n]) for n in group] for group in groups]
    if all(heads == under[0] for heads in under):
        return True
    return whole and all(len(set(heads)) == len(heads) for heads in under)


def _words_of(leaf: Piece | None) -> str:
    return leaf.words if leaf is not None else ""


def _fit(line: Row, groups: Sequence[Sequence[int]], columns: Columns) -> bool:
    """Does every year stand over its columns, and nearer to them than the others?"""
    middles = [(left + right) / 2 for left, right in columns]
    for piece, group in zip(line, groups, strict=True):
        middle = sum(middles[n] for n in group) / len(group)
        if not columns[group[0]][0] - 4 <= piece.middle <= columns[group[-1]][1] + 4:
            return False
        if min(line, key=lambda p: abs(p.middle - middle)) is not piece:
            return False
    return True


def _given(line: Row, groups: Sequence[Sequence[int]], count: int) -> list[Piece | None]:
    owners: list[Piece | None] = [None] * count
    for piece, group in zip(line, groups, strict=True):
        for n in group:
            owners[n] = piece
    return owners
