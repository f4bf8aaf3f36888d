"""Bulleted names run into one another, each with its figures glued to it.

``・居宅介護22人251時間・同行援護3人28時間・生活介護43人`` under ``平成30年度`` under ``サービス利用の実績``: the bullet parts the
items, and an item is a name, then an amount or several, each in a unit of its own (persons and their
hours). What the figures are, and of which year, the lines above say. An item without an amount may be
half of a name or have lost its figure: the whole list is refused. A list may be broken over lines.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.document import Line, Notice
from keikaku.extractors.heads import read_head
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed
from keikaku.extractors.lines.read_on import ReadOn, heading_over, read_on
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.words import is_caption, is_legend, is_unspecific
from keikaku.normalizers.cells import parse_cell
from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.labels import split_marks

_BULLET = regex.compile(r"[・･○◯●◎◆◇■□▪•▶‣]")
_AMOUNT = regex.compile(
    r"(?:約|[年月](?=[0-9０-９]+回))?[0-9０-９][0-9０-９,，.．]*[^\s　0-9０-９,，.．、。:：()（）]{1,6}?"
    r"(?:[(（][^()（）]{1,12}[)）])?(?=\Z|(?:約|[年月])?[0-9０-９])"
)
_NAME = regex.compile(
    r"[^\s　0-9０-９、。:：][^0-9０-９、。:：]{1,39}?(?<![0-9０-９約計延各全第年月])"
)
_BETWEEN = " \u3000、，,"
_FEWEST = 3

_Item = tuple[Line, tuple[Line, ...]]


def find_list(printed: Sequence[Printed], at: int) -> Found | None:
    """A list whose first bullet opens the line at `at`; one item a line is another layout's."""
    bullet = _BULLET.match(printed[at].line.text)
    if bullet is None or printed[at].line.text.count(bullet[0]) < 2:
        return None
    if at and _goes_on_from(printed, at):
        return None
    end = _end_of_list(printed, at, bullet[0])
    text = read_on(printed[at:end])
    parts = _parts(text, bullet[0])
    items = [item for part in parts if (item := _item(text, *part)) is not None]
    if len(parts) < _FEWEST or len(items) < 2 or len(items) * 2 < len(parts):
        return None
    if len(items) < len(parts) or _comes_twice(items):
        return Found(None, end, (_refusal(printed[at:end], "its items are not told apart"),))
    if heading_over(printed, at, _is_list) is None:
        return Found(None, end, (_refusal(printed[at:end], "nothing says what its figures are"),))
    rows = [FigureRow(value, name) for name, values in items for value in values]
    return Found(lay_figures(rows, (), printed[at:end]), end)


LAYOUTS = (find_list,)


def _refusal(items: Sequence[Printed], why: str) -> Notice:
    detail = f"the list 「{items[0].line.text[:60]}」 is not read: {why}"
    return Notice("uneven_cells", "warning", detail, cover([item.line.span for item in items]))


def _is_list(text: str) -> bool:
    bullet = _BULLET.match(text)
    return bullet is not None and text.count(bullet[0]) >= _FEWEST


def _goes_on_from(printed: Sequence[Printed], at: int) -> bool:
    """Does the line belong to the list that the line above began?"""
    above = printed[at - 1]
    return above.group == printed[at].group and _is_list(above.line.text)


def _end_of_list(printed: Sequence[Printed], at: int, bullet: str) -> int:
    """The lines of the group that hold more of the list: its bullets, or the rest of an item."""
    end = at + 1
    while end < len(printed) and printed[end].group == printed[at].group:
        text = printed[end].line.text
        if read_head(text).says_something or is_caption(text) or is_legend(text):
            break
        if bullet not in text and not regex.search("[0-9０-９]", text):
            break
        if split_marks(text).number is not None and not text.startswith(bullet):
            break
        end += 1
    return end


def _parts(text: ReadOn, bullet: str) -> list[tuple[int, int]]:
    """The extents between the bullets."""
    starts = [n + 1 for n, character in enumerate(text.text) if character == bullet]
    return list(zip(starts, [*(start - 1 for start in starts[1:]), len(text.text)], strict=True))


def _item(text: ReadOn, start: int, end: int) -> _Item | None:
    """The name and its amounts, each with a unit that no other of them has."""
    while end > start and text.text[end - 1] in _BETWEEN:
        end -= 1
    while start < end and text.text[start] in _BETWEEN:
        start += 1
    amounts = _amounts(text, start, end)
    if not amounts:
        return None
    stop = amounts[0][0]
    while stop > start and text.text[stop - 1] in _BETWEEN:
        stop -= 1
    name = text.text[start:stop]
    if _NAME.fullmatch(name) is None or is_unspecific(name) or read_head(name).says_something:
        return None
    values = [text.piece(*amount) for amount in amounts]
    units = [_unit_of(value.text) for value in values if value is not None]
    if len(units) < len(values) or None in units or len(set(units)) < len(units):
        return None
    return text.words(start, stop), tuple(value for value in values if value is not None)


def _amounts(text: ReadOn, start: int, end: int) -> list[tuple[int, int]]:
    """The amounts that the words end in, one right behind the other."""
    found: list[tuple[int, int]] = []
    for match in _AMOUNT.finditer(text.text, start, end):
        if found and found[-1][1] != match.start():
            return []
        found.append(match.span())
    return found if found and found[-1][1] == end else []


def _unit_of(text: str) -> str | None:
    """The unit of an amount; None where it is no amount in one unit."""
    if not is_known_value(text):
        return None
    try:
        units = {value.unit for value in parse_cell(text)}
    except UnreadText:
        return None
    return units.pop() if len(units) == 1 else None


def _comes_twice(items: Sequence[_Item]) -> bool:
    """Is one thing counted twice in one unit? Then a name was lost between its figures."""
    counted = [(name.text, _unit_of(value.text)) for name, values in items for value in values]
    return len(set(counted)) < len(counted)
