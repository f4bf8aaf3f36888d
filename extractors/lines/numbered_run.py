"""Numbered names run into one another: ``1地域生活への移行者数57人2施設入所者の削減数49人``.

Text that lost its table prints items without anything between them: a number that counts on from 1, a
name, a figure with its unit or a word in its place (退院率集計中, の設置設置), the next number. The lines go on with the
count of the line above. A digit may be the next number or one of a name (入院後3か月時点の退院率68.9%), so a line is read only where
one way alone tells the most items apart; else the whole list is refused. What the figures are,
and of which year, the heading above says, as for any table. Source: 大阪府 全国目標.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex
from keikaku.extractors.document import Line, Notice
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, part_of, with_aside
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.words import is_unspecific
from keikaku.normalizers.cells import parse_cell
from keikaku.normalizers.errors import UnreadText

_NUMBER = regex.compile(
    r"(?<![0-9０-９.．,，])(?P<number>[0-9０-９]{1,2})[.．、]?(?=[^0-9０-９.．,，、。])"
)
_FIGURE_START = regex.compile(r"(?<![0-9０-９.．,，])(?:約?[0-9０-９]|[年月][0-9０-９])")
_NAME = regex.compile(r"[^\s　0-9０-９、。:：()（）][^。:：]{2,39}?")
_ENDS_IN_FIGURE = regex.compile(r"[0-9０-９][^0-9０-９]{0,4}\Z")
_RUN = regex.compile(r"[0-9０-９][^\s　0-9０-９]{1,4}[0-9０-９]{1,2}[^\s　0-9０-９]{4,}[0-9０-９]")
"""57人2施設入所者の削減数49: a figure and the next number, run into one another."""
_WORD = regex.compile(
    r".*(?<=[率数量額合等])(?P<word>\p{Han}{1,4}中|\p{Han}{1,4}済み?|未\p{Han}{1,3})"
)
_REPEATED = regex.compile(
    r".*[^\p{Han}](?P<named>\p{Han}{2,3})(?P<word>未?(?P=named)(?:済み?|中)?)"
)
_STATE = regex.compile(
    r".+(?P<word>(?:集計|調査|調整|検討|協議|確認|準備)中|未(?:設置|実施|整備|策定|確定|定)|(?:実績|該当)?(?:なし|無し))"
)
"""計画相談支援集計中, 児童発達支援センター未設置: no word of these ends a name."""
_ENDS_IN_WORD = regex.compile(r"[^0-9０-９]{4,}(?P<word>\p{Han}{2})")
_COUNTED = regex.compile(
    "[かカヶケヵ箇個]|年|月|日|時|割|歳|人|名|回|件|級|類|次|期|号|つ|以上|倍|[%％]"
)
_NOTE = regex.compile("[※＊*]|注")
_BEHIND = " \u3000、，,;；/／"
_FEWEST = 3
_LONGEST = 400

_Item = tuple[Line, Line | None]
"""A name and its figure; none where the word that ends it may be one of the name (支援体制整備)."""
_Items = tuple[_Item, ...]


def find_list(printed: Sequence[Printed], at: int) -> Found | None:
    """The lines from `at` on that count on from 1, each item a name and its figure."""
    if not _opens(printed[at].line, 1) or (at and _opens(printed[at - 1].line, 1)):
        return None
    items: list[_Item] = []
    end = at
    while end < len(printed) and _opens(printed[end].line, len(items) + 1):
        read = _read_line(printed[end].line, len(items) + 1)
        if read is None:
            break
        items += read
        end += 1
    if len(items) <= end - at:
        return None
    if len(items) < _FEWEST or _goes_on(printed, end):
        end = _end_of_group(printed, at)
        return Found(None, end, (_refusal(printed[at:end]),))
    rows = [FigureRow(value, name) for name, value in items if value is not None]
    unsure = tuple(_unsure(name) for name, value in items if value is None)
    if len(rows) < _FEWEST:
        return Found(None, end, (_refusal(printed[at:end]),))
    grid = with_aside(
        lay_figures(rows, (), printed[at:end]), [name for name, value in items if value is None]
    )
    return Found(grid, end, unsure)


LAYOUTS = (find_list,)


def _goes_on(printed: Sequence[Printed], at: int) -> bool:
    """Does a line follow that begins with a number of the list or the rest of an item, yet is not read?"""
    if at >= len(printed) or printed[at].group != printed[at - 1].group:
        return False
    if _NOTE.match(printed[at].line.text):
        return False
    return (
        _RUN.search(printed[at].line.text) is not None
        or _NUMBER.match(printed[at].line.text) is not None
    )


def _end_of_group(printed: Sequence[Printed], at: int) -> int:
    end = at + 1
    while end < len(printed) and printed[end].group == printed[at].group:
        end += 1
    return end


def _refusal(items: Sequence[Printed]) -> Notice:
    detail = f"the list 「{items[0].line.text[:60]}」 is not read: its items are not told apart"
    return Notice("uneven_cells", "warning", detail, cover([item.line.span for item in items]))


def _unsure(name: Line) -> Notice:
    detail = f"「{name.text[:60]}」 ends in a word that may be its state or its name: it is not published"
    return Notice("unsure_cell", "warning", detail, name.span)


def _opens(line: Line, number: int) -> bool:
    """Does the line begin with this number, a name right behind it?"""
    match = _NUMBER.match(line.text)
    return match is not None and int(match["number"]) == number and len(line.text) <= _LONGEST


def _read_line(line: Line, first: int) -> _Items | None:
    """The items of a line, where there is one way alone to tell the most of them apart: a name would
    hold a figure and the next number right behind it in any other."""
    ways = list(_ways(line, 0, first))
    most = max(map(len, ways), default=0)
    finest = [way for way in ways if len(way) == most]
    return finest[0] if len(finest) == 1 else None


def _ways(line: Line, start: int, number: int) -> Iterator[_Items]:
    """Every way to read the line from `start` on as items that count on from `number`."""
    mark = _NUMBER.match(line.text, start)
    if mark is None or int(mark["number"]) != number:
        return
    if (last := _item(line, mark.end(), len(line.text), number + 1)) is not None:
        yield (last,)
    for following in _NUMBER.finditer(line.text, mark.end() + 1):
        if int(following["number"]) != number + 1:
            continue
        item = _item(line, mark.end(), following.start(), number + 1)
        if item is not None:
            yield from ((item, *rest) for rest in _ways(line, following.start(), number + 1))


def _item(line: Line, start: int, end: int, following: int) -> _Item | None:
    """A name and the one figure that ends it, with a unit of its own, or the word that stands for one."""
    whole = part_of(line, start, end)
    whole = part_of(whole, 0, len(whole.text.rstrip(_BEHIND)))
    cuts = [
        m.start() for m in _FIGURE_START.finditer(whole.text) if _has_unit(whole.text[m.start() :])
    ]
    if not cuts:
        cuts = _starts_of_word(whole.text)
    if not cuts and _may_end_in_state(whole) and not _holds_next(whole.text, following):
        return whole, None
    if len(cuts) != 1:
        return None
    name = part_of(whole, 0, cuts[0])
    name = part_of(name, 0, len(name.text.rstrip(_BEHIND)))
    if _NAME.fullmatch(name.text) is None or is_unspecific(name.text):
        return None
    if _ENDS_IN_FIGURE.search(name.text) is not None or _holds_next(name.text, following):
        return None
    return name, part_of(whole, cuts[0], len(whole.text))


def _starts_of_word(text: str) -> list[int]:
    """Where the word that ends the text begins, if it stands for a figure: 退院率集計中, センターの設置設置."""
    match = _STATE.fullmatch(text) or _WORD.fullmatch(text) or _REPEATED.fullmatch(text)
    return [match.start("word")] if match is not None and is_known_value(match["word"]) else []


def _may_end_in_state(whole: Line) -> bool:
    """支援体制整備: a word that stands for a figure, or the end of the name."""
    match = _ENDS_IN_WORD.fullmatch(whole.text)
    named = _NAME.fullmatch(whole.text) is not None
    return match is not None and named and is_known_value(match["word"])


def _holds_next(name: str, following: int) -> bool:
    """…の設置設置15基幹相談支援センターの設置: the number of the next item in the middle of a name, and no count of its
    own (入院後3か月時点)."""
    numbers = [m for m in _NUMBER.finditer(name) if int(m["number"]) == following]
    return any(_COUNTED.match(name, match.end()) is None for match in numbers)


def _has_unit(text: str) -> bool:
    if not is_known_value(text):
        return False
    try:
        values = parse_cell(text)
    except UnreadText:
        return False
    return len(values) == 1 and values[0].unit is not None
