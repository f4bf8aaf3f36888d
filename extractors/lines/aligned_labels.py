"""Labels of aligned rows that take several lines, or stand between the rows that they name.

A service with two units prints its name once: beside the first row, or half-way between its two rows.
A long name goes on in the next line, which may hold figures of its own (``自立訓練 人/月 …`` over
``（機能訓練） 人日/月 …``). Rows and label lines are put together only where it is told which belong
together; a table that begins with a row without a name is read as one of names half-way, or not.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import read_head, split_unit
from keikaku.extractors.lines.aligned_pieces import Piece, Row
from keikaku.extractors.words import is_caption, is_category, is_legend, is_part
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.labels import split_marks
from keikaku.normalizers.units import find_unit

_GOES_ON = regex.compile(
    r".*(?:[のをやとへ・、，（(]|から|及び|又は|または|および|に|における|に関する|による|に対する|に係る|に基づく)"
)
_GOES_ON_FROM = regex.compile(
    r"[をのにへとや）)・、].*|及び.*|又は.*|(?:から|まで|での)(?!だ).*|(?:は|が|で)[^\p{Hiragana}].*"
)
_REST = regex.compile(
    r"(?:率|者?数|者|等|所|具)(?:[のがをはに（(].*)?|(?![国都道府県市区町村者児人])\p{Han}(?:へ|を|が).*"
)
"""What can but be the rest of a word: 率が５割以上の事業所の割合, 者数（延べ）, 労への移行者数."""
_BRACKETED = regex.compile(r"[（(〔［\[][^（）()]+[）)〕］\]]")
_CHAPTER = regex.compile("第[0-9０-９一二三四五六七八九十]{1,2}[章部編節][\\s　]")
"""The running head of a page, among the rows that go on over it."""
_LONGEST = 24
_MOST_PIECES = 4
_LONGEST_PIECE = 4
"""Pieces of the name of a class set down the side, and letters of each."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of figures under one label; `label` is empty where the rows keep their own words."""

    rows: tuple[Row, ...]
    label: tuple[Line, ...] = ()


def blocks_of(rows: Sequence[Row], label_right: int) -> list[Block] | None:
    """The rows with their labels; None where rows without a name cannot be given one for sure."""
    kinds = [kind_of(row, label_right) for row in rows]
    named = next((kind for kind in kinds if kind != "full"), None)
    if (kinds and kinds[0] == "nameless") or (named == "nameless" and "label" in kinds):
        blocks = _half_way(rows, kinds)
        if blocks is not None or kinds[0] == "nameless":
            return blocks
    return _in_turn(rows, kinds)


def kind_of(row: Row, label_right: int) -> str:
    """``label``: a line of words alone; ``nameless``: a row from its unit on; ``full``: a name and more."""
    first = row[0]
    if len(row) == 1 and not is_value_like(first.line.text):
        return "label"
    nameless = first.left >= label_right or bool(find_unit(first.line.text))
    return "nameless" if nameless or is_value_like(first.line.text) else "full"


def _half_way(rows: Sequence[Row], kinds: Sequence[str]) -> list[Block] | None:
    """Names half-way between their two rows; full rows and names over a row may stand among them."""
    blocks: list[Block] = []
    at = 0
    while at < len(rows):
        if kinds[at] == "full":
            blocks.append(Block((rows[at],)))
            at += 1
            continue
        start = at + (kinds[at] == "nameless")
        end = start
        while end < len(rows) and kinds[end] == "label" and end - start < 3:
            end += 1
        if end == start or end == len(rows) or kinds[end] != "nameless":
            return None
        if any(row[0].is_alone for row in rows[start:end]):
            return None
        label = tuple(row[0].line for row in rows[start:end])
        under = (*rows[at:start], rows[end])
        if start > at and not _of_two_units(rows[at], rows[end]):
            return None
        if start == at and len(label) > 1 and not all_go_on(label):
            return None
        blocks.append(Block(under, label))
        at = end + 1
    return blocks


def _of_two_units(first: Row, second: Row) -> bool:
    units = [find_unit(row[0].line.text) for row in (first, second)]
    return None not in units and units[0] != units[1]


def _in_turn(rows: Sequence[Row], kinds: Sequence[str]) -> list[Block]:
    blocks: list[Block] = []
    at = 0
    while at < len(rows):
        count, label = _of_several_lines(rows, kinds, at)
        under = [n for n in range(at, at + count) if kinds[n] != "label"]
        blocks.append(Block(tuple(rows[n] for n in under) if label else (rows[at],), label))
        at += count
    return blocks


def _of_several_lines(
    rows: Sequence[Row], kinds: Sequence[str], at: int
) -> tuple[int, tuple[Line, ...]]:
    """How many lines from `at` on are one label's, and its lines; (1, ()) for a row as it is."""
    if count := _lines_of_class(rows, kinds, at):
        return count, tuple(row[0].line for row in rows[at : at + count])
    following = list(kinds[at + 1 : at + 3])
    if kinds[at] == "full" and following[:1] == ["full"] and bracketed_below(rows[at : at + 2]):
        return 2, (rows[at][0].line, rows[at + 1][0].line)
    if kinds[at] == "full" and following[:1] == ["label"] and "nameless" not in following:
        below = rows[at + 2][0] if len(following) > 1 else None
        if goes_on_below(rows[at][0], rows[at + 1][0], below):
            return 2, (rows[at][0].line, rows[at + 1][0].line)
    if kinds[at] == "label" and following == ["label", "nameless"]:
        label = (rows[at][0].line, rows[at + 1][0].line)
        if all_go_on(label):
            return 3, label
    return 1, ()


def _lines_of_class(rows: Sequence[Row], kinds: Sequence[str], at: int) -> int:
    """How many rows begin with a piece of one class of services (``日中`` over ``活動系``), left of their own
    names; 0 for none."""
    words = ""
    for count, (row, kind) in enumerate(zip(rows[at:], kinds[at:], strict=True), start=1):
        text = row[0].line.text
        if kind != "full" or count > _MOST_PIECES or len(text) > _LONGEST_PIECE:
            return 0
        if len(row) < 3 or is_value_like(row[1].line.text) or find_unit(row[1].line.text):
            return 0
        words += text
        if is_category(words):
            return count if count > 1 else 0
    return 0


def bracketed_below(rows: Sequence[Row]) -> bool:
    """Is the second of two rows the rest of the first: ``自立訓練 人/月`` over ``（機能訓練） 人日/月``, one name of two units?"""
    first, second = (row[0].line.text for row in rows)
    if not _BRACKETED.fullmatch(second) or _BRACKETED.search(first):
        return False
    units = [find_unit(row[1].line.text) if len(row) > 1 else None for row in rows]
    return None not in units and units[0] != units[1]


def goes_on_below(label: Piece, line: Piece, below: Piece | None) -> bool:
    """Does the label beside a row go on in the line below it?"""
    text = line.line.text
    if line.is_alone or label.more:
        return False
    if len(text) > _LONGEST or is_caption(text) or is_legend(text) or text[0] in "※*＊注・○●◎":
        return False
    if split_marks(text).number is not None or line.left < label.left - 1:
        return False
    if _CHAPTER.match(text):
        return False
    if _GOES_ON.fullmatch(label.line.text) or _is_among_numbered(label, below):
        return True
    if name_a_service(label, line) or all_go_on((label.line, line.line)):
        return True
    if name_more(label, line):
        return True
    return line.left > label.left and (below is None or below.left < line.left)


def _is_among_numbered(label: Piece, below: Piece | None) -> bool:
    """Between ② and ③, or below the last of them, a line without a number is the rest of the name."""
    if split_marks(label.line.text).number is None:
        return False
    return below is None or split_marks(below.line.text).number is not None


def name_a_service(label: Piece, line: Piece) -> bool:
    """Do only both together name what is known? ``居宅訪問型児童発達`` over ``支援``."""
    if any(map(_is_known, (label, line))):
        return False
    return bool(names_indicators(label.line.text + line.line.text))


def name_more(label: Piece, line: Piece) -> bool:
    """Do both together name more than the first line, and nothing the second: ``就労定着支援`` over ``事業の利用者数``?"""
    both = names_indicators(label.line.text + line.line.text)
    return bool(both) and both != names_indicators(label.line.text) and not _is_known(line)


def name_another(above: Piece, beside: Piece) -> bool:
    """Do both lines together name one of several, or another, than the second line: ``医療的ケア児等`` over
    ``コーディネーターの配置``?"""
    both = indicators_named(above.line.text + beside.line.text)
    return bool(both) and both != indicators_named(beside.line.text) and not _is_known(above)


def broken_names(rows: Sequence[Row]) -> set[int]:
    """The rows whose name may go on in the line below, which may as well head the rows under it: the name
    fills its column, and neither of the two is known."""
    full = [row for row in rows if len(row) > 1 and not is_value_like(row[0].line.text)]
    widest = max((row[0].right for row in full), default=0)
    found = set()
    for n, (row, below) in enumerate(itertools.pairwise(rows)):
        following = rows[n + 2][0] if n + 2 < len(rows) else None
        if (
            len(row) < 2
            or row[0].more
            or len(below) != 1
            or goes_on_below(row[0], below[0], following)
        ):
            continue
        fills = row[0].right >= widest and below[0].left >= row[0].left
        may_be_both = fills and not any(_is_known(piece) for piece in (row[0], below[0]))
        is_rest = _may_be_rest(row[0], below[0])
        if is_rest and (may_be_both or _counts_on(row[0], following)):
            found.add(n)
    return found


def _counts_on(label: Piece, following: Piece | None) -> bool:
    """② and, below the line in question, ③."""
    one = split_marks(label.line.text).number
    other = split_marks(following.line.text).number if following is not None else None
    return one is not None and other == one + 1


def _may_be_rest(label: Piece, line: Piece) -> bool:
    text = line.line.text
    if line.is_alone or line.right > label.right:
        return False
    if heads_others(line):
        return False
    return find_unit(text) is None and not read_head(text).says_something and not is_part(text)


def heads_others(line: Piece) -> bool:
    """Is a line of words surely no part of a name: a class of services, a caption, a number before it?"""
    text = line.line.text
    if is_category(text) or is_caption(text) or is_legend(text):
        return True
    return split_marks(text).number is not None


def _is_known(piece: Piece) -> bool:
    return bool(names_indicators(piece.line.text))


def names_indicators(text: str) -> tuple[str, ...]:
    """What the words name, a unit in brackets behind them left out: 一般就労への移行者数（人）."""
    told = split_unit(text)
    return indicators_named(told[0] if told is not None else text)


def all_go_on(label: Sequence[Line]) -> bool:
    """Does each line of a label end, or the next one begin, as words do in the middle of a phrase?"""
    return all(
        _GOES_ON.fullmatch(a.text) is not None
        or _GOES_ON_FROM.fullmatch(b.text) is not None
        or _REST.fullmatch(b.text) is not None
        for a, b in itertools.pairwise(label)
    )


def is_rest(text: str) -> bool:
    """Can the words but be the rest of a name: 者数（延べ）?"""
    return _REST.fullmatch(text) is not None
