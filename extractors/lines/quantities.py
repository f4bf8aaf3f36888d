"""What is counted of a service: 利用者数（人／月）, （実利用人数）＊１月当たり, 月間利用日数.

Such words stand behind the name of a service, in brackets or as the row's own label under the name.
They never name an indicator alone.

>>> bare_quantity("利用者数（人／月）"), says_quantity("（実利用人数）＊１月当たり")
('利用者数', True)
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import split_unit
from keikaku.extractors.lines.printed import part_of
from keikaku.extractors.words import is_quantity, without_comment, without_measure
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.folding import fold
from keikaku.normalizers.labels import clean_label
from keikaku.normalizers.units import find_unit


def bare_quantity(printed: str) -> str:
    """The words of a quantity without its unit, its brackets and the remark behind it."""
    label = clean_label(without_measure(without_comment(printed)))
    split = split_unit(label)
    return (split[0] if split is not None else label).strip("()")


_WRAPPED = regex.compile(
    r"(?:【(?P<words>[^【】]+)】|＜(?P<words>[^＜＞]+)＞|<(?P<words>[^<>]+)>|《(?P<words>[^《》]+)》|〈(?P<words>[^〈〉]+)〉"
    r"|[(（](?P<words>[^()（）]+(?:[(（][^()（）]+[)）])?)[)）]|[〔［\[](?P<words>[^〔〕［］\[\]]+)[〕］\]])"
)
_PER_MONTH = regex.compile(
    r"[\s　]*[(（]?(?:各月|月間|月平均|[1１一](?:か|ヶ|カ|ヵ|ケ)?月(?:当たり|あたり|平均)?)[)）]?\Z"
)


def says_quantity(printed: str) -> bool:
    """Do the words only say what is counted?"""
    return is_quantity(bare_quantity(printed))


def says_monthly_quantity(printed: str) -> bool:
    """A quantity, perhaps with how it is averaged behind it: 利用者数（月平均）."""
    return says_quantity(printed) or says_quantity(_PER_MONTH.sub("", printed))


def quantity_in_brackets(line: Line) -> Line | None:
    """【利用時間（1か月当たり）】, ＜利用者数＞ alone on a line: what is counted of the service named above."""
    match = _WRAPPED.fullmatch(line.text)
    if match is None:
        return None
    words = part_of(line, *match.span("words"))
    bare = part_of(words, 0, len(_PER_MONTH.sub("", words.text)))
    return next((piece for piece in (words, bare) if says_quantity(piece.text)), None)


_COUNTED = regex.compile(
    r"(?:[数率量額]|割合|回数|人数|件数|日数|時間|設置|整備|配置|確保|実施|開催)(?:[(（][^()（）]*[)）])?\Z"
)


def may_name_figures(name: str) -> bool:
    """May words without a mark be the name of figures: known, or ending in what is counted?"""
    return _COUNTED.search(name) is not None or bool(indicators_named(name))


_UNIT_BEHIND = regex.compile(
    r"[\s　、，]*[(（]?単位[\s　]*[はが:：、]*[\s　]*(?P<unit>[^\s　、。:：()（）]{1,14})[)）]?\Z"
)


def name_and_unit(line: Line) -> tuple[Line, Line | None] | None:
    """居宅介護　単位は、時間: the name, and the unit behind it; None where the unit is not known."""
    match = _UNIT_BEHIND.search(line.text)
    if match is None or match.start() == 0:
        return line, None
    if find_unit(match["unit"]) is None:
        return None
    return part_of(line, 0, match.start()), part_of(line, *match.span("unit"))


_PERSONS, _PLACES = frozenset(("人", "人分")), frozenset(("か所", "事業所", "施設"))
_ALIKE, _UNLIKE = 2, 5
"""Times that the figures of one service differ between the years at most, and those of two counts of it at least."""
_DASH = regex.compile(r"[―－—–‐\-ー]")
_NUMBER = regex.compile(r"[0-9][0-9,.]*")
_WORDS = "in words"
_TIME = frozenset(("時間", "日", "日分", "人日"))


def are_of_one_service(one: str, other: str) -> bool:
    """Do two units count one service in two ways: its users, their hours or days, its places?

    >>> are_of_one_service("人／月", "時間／月"), are_of_one_service("件/年", "人/年")
    (True, False)
    """
    kinds = [_kind(unit) for unit in (one, other)]
    return None not in kinds and (kinds[0] != kinds[1] or kinds[0] is _TIME) and one != other


def figures_of_units(
    units: Sequence[Line],
    figures: Sequence[Sequence[Line]],
    count: int,
    *,
    is_by_cell: bool = False,
) -> list[list[Line]] | None:
    """The figures of `count` places, one for each unit (or name) over the other, where the text surely prints them
    cell by cell and not unit by unit; else None. A dash at the end may stand for all units of its place.
    `is_by_cell`: the text prints other cells of two lines so."""
    depth = len(units)
    lone, left = divmod(depth * count - len(figures), depth - 1)
    if (
        left
        or not 0 <= lone < count
        or not all(_is_dash(f) for f in figures[len(figures) - lone :])
    ):
        return None
    whole, dashes = figures[: len(figures) - lone], figures[len(figures) - lone :]
    by_cell = [whole[n : n + depth] for n in range(0, len(whole), depth)]
    by_unit = [whole[n :: count - lone] for n in range(count - lone)]
    if not _is_sure([unit.text for unit in units], by_cell, by_unit, is_by_cell=is_by_cell):
        return None
    return [
        [line for figure in place for line in figure]
        for place in [*by_cell, *([d] for d in dashes)]
    ]


def _is_sure(
    units: Sequence[str],
    by_cell: Sequence[Sequence[Sequence[Line]]],
    by_unit: Sequence[Sequence[Sequence[Line]]],
    *,
    is_by_cell: bool,
) -> bool:
    """Are the figures those of the places cell by cell, and of no other?"""
    if not may_be_of_units(units, _words(by_cell)):
        return False
    if _words(by_cell) == _words(by_unit) or not may_be_of_units(units, _words(by_unit)):
        return True
    if _are_of_one_kind(by_cell) != _are_of_one_kind(by_unit):
        return _are_of_one_kind(by_cell)
    if _are_alike(by_cell) and _are_unlike(by_unit):
        return True
    return is_by_cell and not (_are_alike(by_unit) and _are_unlike(by_cell))


def _are_of_one_kind(places: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """設置 over 1回, 設置 over 2回: is each row told in one unit, or in words, be it not told at all?"""
    rows = zip(*_words(places), strict=True)
    return all(
        len({_unit_of(word) for word in row if not _DASH.fullmatch(word)}) < 2 for row in rows
    )


def _unit_of(printed: str) -> str:
    """回 of 0回, "" of 640, the words of 設置."""
    return _NUMBER.sub("", fold(printed)) if _NUMBER.match(fold(printed)) else _WORDS


def _is_dash(figure: Sequence[Line]) -> bool:
    return len(figure) == 1 and _DASH.fullmatch(figure[0].text) is not None


def _are_alike(places: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """Are the figures of each unit of one size, as those of a service are from year to year?"""
    return all(spread <= _ALIKE for spread in _spreads(places))


def _are_unlike(places: Sequence[Sequence[Sequence[Line]]]) -> bool:
    """98, 1,862, 94, 1,771 in the one unit, and as wild in the other."""
    return all(spread >= _UNLIKE for spread in _spreads(places))


def _spreads(places: Sequence[Sequence[Sequence[Line]]]) -> list[float]:
    """Of each unit, how many times the least figure the greatest is."""
    counts = [list(filter(None, map(_number, row))) for row in zip(*_words(places), strict=True)]
    return [max(count) / min(count) if count else math.inf for count in counts]


def _words(places: Sequence[Sequence[Sequence[Line]]]) -> list[list[str]]:
    """The figures of each place as strings."""
    return [["".join(line.text for line in figure) for figure in place] for place in places]


def may_be_of_units(units: Sequence[str], places: Sequence[Sequence[str]]) -> bool:
    """Figures over each other in each place, 人/月 over 日/月: the days, or hours, of a service's users are never
    fewer than the users.

    >>> may_be_of_units(("人/月", "日/月"), (("98", "1,862"), ("94", "－")))
    True
    >>> may_be_of_units(("人/月", "日/月"), (("98", "99"), ("1,862", "1,850")))
    False
    """
    kinds = [_kind(unit) for unit in units]
    if sorted(kind is _TIME for kind in kinds) != [False, True] or _PERSONS not in kinds:
        return True
    users, times = kinds.index(_PERSONS), kinds.index(_TIME)
    pairs = ((_number(place[users]), _number(place[times])) for place in places)
    return all(count is None or time is None or time >= count for count, time in pairs)


_OF_USERS = regex.compile(r".*(?:者|人|児|児童|人員)数?")
_OF_TIME = regex.compile(r".*(?:時間|日)数?")


def counts_users(quantity: str) -> bool:
    """Does a quantity, or a unit, count persons?

    >>> counts_users("利用者数"), counts_users("人日/月"), counts_users("延べ人数")
    (True, False, True)
    """
    return _kind(quantity) is _PERSONS or _OF_USERS.fullmatch(quantity) is not None


def counts_time(quantity: str) -> bool:
    """Does a quantity, or a unit, count hours or days?

    >>> counts_time("利用時間"), counts_time("人日/月"), counts_time("利用者数")
    (True, True, False)
    """
    return _kind(quantity) is _TIME or _OF_TIME.fullmatch(quantity) is not None


def _number(printed: str) -> int | None:
    digits = fold(printed).replace(",", "")
    return int(digits) if digits.isdecimal() else None


def _kind(printed: str) -> frozenset[str] | None:
    base = (find_unit(printed) or "").partition("/")[0]
    return next((kind for kind in (_PERSONS, _PLACES, _TIME) if base in kind), None)
