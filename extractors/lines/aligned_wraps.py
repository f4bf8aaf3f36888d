"""Names that stand around their row of figures: one line above it and the rest below, in a cell set in the middle.

      成年後見制度法人後見支援
                                       実施            無      無      有
      事業

A line above a row without a name may as well be all of the name, and the line below head the rows
under it. Words tell (both lines together are a known name, or the one goes on as no name begins), or
the table does, where the words of another row tell; else the row keeps no name.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import regex
from keikaku.extractors.lines.aligned_labels import (
    all_go_on,
    bracketed_below,
    goes_on_below,
    heads_others,
    kind_of,
    name_a_service,
    name_another,
    name_more,
)
from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.extractors.lines.quantities import are_of_one_service, says_quantity
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.units import find_unit

_BRACKETED = regex.compile(r"[（(〔［\[][^（）()]+[)）〕］\]]")
_NO_NAME = 2
"""Letters that are too few for a name: 具, 事業."""
_LEAST = 2


def names_around(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows, one between or below the lines of its name with it as its first cell; and those of them whose
    name is not told."""
    kinds = [kind_of(row, _label_right(rows)) for row in rows]
    names, unsure = _names_around_figures(rows, kinds)
    for n in range(1, len(rows)):
        lines = [] if n in names else _lines_with(rows, kinds, n)
        if not _taken(names) & set(lines):
            names |= {n: lines} if lines else {}
    told = _taken(names) | names.keys()
    unsure |= {
        n
        for n in range(1, len(rows))
        if _is_of_above_or_below(rows, kinds, n)
        or _counts_for_either(rows, n)
        or (n not in told and _may_be_of_below(rows, kinds, n))
        or (not told & {n - 1, n} and _may_be_half(rows, kinds, n))
    }
    return _put_together(rows, names, unsure | _cut_apart(rows))


def _cut_apart(rows: Sequence[Row]) -> set[int]:
    """The two rows of ``自立訓練 人/月`` and ``（機能訓練） 人日/月`` with a number alone between them."""
    return {
        n
        for at in range(1, len(rows) - 1)
        if len(rows[at]) == 1 and is_value_like(rows[at][0].line.text)
        if len(rows[at - 1]) > 1 and len(rows[at + 1]) > 1
        if bracketed_below((rows[at - 1], rows[at + 1]))
        for n in (at - 1, at + 1)
    }


def _label_right(rows: Sequence[Row]) -> int:
    """Where the names of most rows end; where all rows begin with a unit, no place tells names."""
    named = [row for row in rows if len(row) > _LEAST and not _is_unit(row[0])]
    counts = Counter(len(row) for row in named)
    most = max(counts, key=lambda length: (counts[length], length), default=0)
    return max((row[0].right for row in named if len(row) == most), default=sys.maxsize)


def _is_unit(piece: Piece) -> bool:
    return find_unit(piece.line.text) is not None


def _put_together(
    rows: Sequence[Row], names: dict[int, list[int]], unsure: set[int]
) -> tuple[list[Row], list[Row]]:
    gone = {line for n, lines in names.items() for line in lines if line != n}
    told = {
        n: _with_name(rows, n, names[n]) if n in names else row
        for n, row in enumerate(rows)
        if n not in gone
    }
    return list(told.values()), [told[n] for n in sorted(unsure) if n in told]


def _with_name(rows: Sequence[Row], n: int, lines: Sequence[int]) -> Row:
    """The row with the words of its name's lines as one cell, its own first cell being one of them or not."""
    first, *others = (rows[line][0] for line in lines)
    pieces = (first, *others)
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    name = replace(first, left=left, right=right, more=tuple(piece.line for piece in others))
    return (name, *(rows[n][1:] if n in lines else rows[n]))


def _taken(names: dict[int, list[int]]) -> set[int]:
    return {line for lines in names.values() for line in lines}


# -- one line above, the rest below ------------------------------------------------------------


def _names_around_figures(
    rows: Sequence[Row], kinds: Sequence[str]
) -> tuple[dict[int, list[int]], set[int]]:
    """By row without a name the lines of its name, and the rows of which it is not told."""
    between = [n for n in range(1, len(rows) - 1) if _is_between(rows, kinds, n)]
    proven = {n for n in between if _is_one_name(rows[n - 1][0], rows[n + 1][0])}
    others = {n for n in between if n not in proven and not _heads(rows, kinds, n)}
    likely = {n for n in others if proven and not _is_known(rows[n + 1][0])}
    whole = {n for n in proven | likely if not _is_followed_by_another(rows, kinds, n)}
    unsure = (proven | others) - whole
    unsure |= {n + 2 for n in unsure if n + 2 < len(rows) and kinds[n + 2] == "nameless"}
    return {n: _lines_around(rows, kinds, n) for n in sorted(whole)}, unsure


def _is_between(rows: Sequence[Row], kinds: Sequence[str], n: int) -> bool:
    if (kinds[n - 1], kinds[n], kinds[n + 1]) != ("label", "nameless", "label"):
        return False
    above, first, below = (rows[m][0] for m in (n - 1, n, n + 1))
    stands_right = first.left >= max(above.right, below.right)
    return stands_right and not (above.is_alone or below.is_alone)


def _is_one_name(above: Piece, below: Piece) -> bool:
    """Do the words tell that the two lines are one name?"""
    if heads_others(below) or heads_others(above):
        return False
    one, other = above.line.text, below.line.text
    if all_go_on((above.line, below.line)) or name_a_service(above, below):
        return True
    if _BRACKETED.fullmatch(other) is not None:
        return _BRACKETED.search(one) is None
    closes = sum(map(other.count, "）)")) > sum(map(other.count, "（("))
    return closes or len(other) <= _NO_NAME


def _heads(rows: Sequence[Row], kinds: Sequence[str], n: int) -> bool:
    """Does the line below surely head the rows under it: further left, numbered, a class of services; or
    the name of the next row without one?"""
    above, below = rows[n - 1][0], rows[n + 1][0]
    if below.left < above.left or heads_others(below):
        return True
    following = kinds[n + 2] if n + 2 < len(rows) else None
    if following != "nameless":
        return False
    return _is_known(below) or not _of_one_service(rows[n], rows[n + 2])


def _is_followed_by_another(rows: Sequence[Row], kinds: Sequence[str], n: int) -> bool:
    """Does a second row without a name follow, that counts the same service in no other unit?"""
    if n + 2 >= len(rows) or kinds[n + 2] != "nameless":
        return False
    return not (
        _is_one_name(rows[n - 1][0], rows[n + 1][0]) and _of_one_service(rows[n], rows[n + 2])
    )


def _of_one_service(one: Row, other: Row) -> bool:
    return are_of_one_service(one[0].line.text, other[0].line.text)


def _lines_around(rows: Sequence[Row], kinds: Sequence[str], n: int) -> list[int]:
    """The numbers of the lines of the name, further ones where each goes on in the next."""
    first, last = n - 1, n + 1
    while first and kinds[first - 1] == "label" and _go_on(rows[first - 1], rows[first]):
        first -= 1
    while list(kinds[last + 1 : last + 2]) == ["label"] and _go_on(rows[last], rows[last + 1]):
        if list(kinds[last + 2 : last + 3]) == ["nameless"]:
            break  # that line is the name of the next row
        last += 1
    return [*range(first, n), *range(n + 1, last + 1)]


# -- above and beside the figures ---------------------------------------------------------------


def _lines_with(rows: Sequence[Row], kinds: Sequence[str], n: int) -> list[int]:
    """The numbers of the lines of a name that begins on the line above the row of figures (``精神障がい者の`` over
    ``地域移行支援 人/月 3``) and goes on beside it."""
    if (kinds[n - 1], kinds[n]) != ("label", "full") or heads_others(rows[n - 1][0]):
        return []
    above, beside = rows[n - 1][0], rows[n][0]
    is_one = all_go_on((above.line, beside.line)) or name_a_service(above, beside)
    is_one = (
        is_one
        or name_more(above, beside)
        or (_is_alone_under(kinds, n) and name_another(above, beside))
    )
    before = rows[n - 2] if n > 1 else ()
    if above.is_alone or not is_one or above.left > beside.left:
        return []
    if len(before) > 1 and goes_on_below(before[0], above, beside):
        return []
    below = rows[n + 1] if kinds[n + 1 : n + 2] == ["label"] else None
    following = rows[n + 2][0] if n + 2 < len(rows) else None
    goes_on = below is not None and goes_on_below(beside, below[0], following)
    first = n - 1
    while first and kinds[first - 1] == "label" and _go_on(rows[first - 1], rows[first]):
        first -= 1
    return [*range(first, n + 1), *([n + 1] if goes_on else [])]


def _is_alone_under(kinds: Sequence[str], n: int) -> bool:
    """One row between two lines of words alone."""
    return tuple(kinds[n - 1 : n + 2]) in (("label", "full", "label"), ("label", "full"))


def _stands_below_its_name(kinds: Sequence[str]) -> bool:
    """Is there a row without a name that can but be of the row above it?"""
    pairs = (kinds[n : n + 3] for n in range(len(kinds)))
    return any(
        list(three) in (["full", "nameless", "full"], ["full", "nameless"]) for three in pairs
    )


def _may_be_half(rows: Sequence[Row], kinds: Sequence[str], n: int) -> bool:
    """``医療的ケア児等`` over ``コーディネーターの配置 人 1`` alone, none of them known: one name, or a head over one
    row."""
    if not _is_alone_under(kinds, n):
        return False
    above, beside = rows[n - 1][0], rows[n][0]
    if above.is_alone or above.left != beside.left or heads_others(above) or heads_others(beside):
        return False
    before = rows[n - 2] if n > 1 else ()
    if len(before) > 1 and goes_on_below(before[0], above, beside):
        return False
    return not (_is_known(above) or _is_known(beside) or _goes_on_to_known(rows, kinds, n))


def _goes_on_to_known(rows: Sequence[Row], kinds: Sequence[str], n: int) -> bool:
    """Is the name of a row, with the line below it, one that is known?"""
    if list(kinds[n + 1 : n + 2]) != ["label"]:
        return False
    return bool(indicators_named(rows[n][0].line.text + rows[n + 1][0].line.text))


def _is_of_above_or_below(rows: Sequence[Row], kinds: Sequence[str], n: int) -> bool:
    """A row without a name between a whole row and a name half-way to another row without one: the other unit
    of either."""
    if tuple(kinds[n - 1 : n + 3]) != ("full", "nameless", "label", "nameless"):
        return False
    if kinds[0] == "nameless" or len(rows[n - 1]) < 2 or _stands_below_its_name(kinds):
        return False
    above, own, below = (
        row[at].line.text for row, at in ((rows[n - 1], 1), (rows[n], 0), (rows[n + 2], 0))
    )
    units = [find_unit(text) for text in (above, own, below)]
    return None not in units and units[0] != units[1] and units[1] != units[2]


def _counts_for_either(rows: Sequence[Row], n: int) -> bool:
    """利用人数 12 between a row that is whole and a name with another quantity (利用率 45%) below it: the name may stand in
    the middle of the two."""
    if n + 2 >= len(rows) or len(rows[n + 1]) > 1:
        return False
    above, own, below = (rows[m] for m in (n - 1, n, n + 2))
    words = [row[0].line.text for row in (above, own, below)]
    if min(map(len, (above, own, below))) < _LEAST or words[1] == words[2]:
        return False
    return [says_quantity(text) for text in words] == [False, True, True]


def _may_be_of_below(rows: Sequence[Row], kinds: Sequence[str], n: int) -> bool:
    """Figures alone between a whole row and a line of words: the first line of their name may be lost, be that line the
    rest of it."""
    if tuple(kinds[n - 1 : n + 2]) != ("full", "nameless", "label"):
        return False
    return is_value_like(rows[n][0].line.text) and not heads_others(rows[n + 1][0])


def _go_on(one: Row, other: Row) -> bool:
    return not other[0].is_alone and all_go_on((one[0].line, other[0].line))


def _is_known(piece: Piece) -> bool:
    return bool(indicators_named(piece.line.text))
