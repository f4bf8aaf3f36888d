"""What is counted of a service: 利用者数（人／月）, （実利用人数）＊１月当たり, 月間利用日数.

Such words stand behind the name of a service, in brackets or as the row's own label under the name.
They never name an indicator alone.

>>> bare_quantity("利用者数（人／月）"), says_quantity("（実利用人数）＊１月当たり")
('利用者数', True)
"""

from __future__ import annotations

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import split_unit
from keikaku.extractors.lines.printed import part_of
from keikaku.extractors.words import is_quantity, without_comment, without_measure
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.labels import clean_label
from keikaku.normalizers.units import find_unit


def bare_quantity(printed: str) -> str:
    """The words of a quantity without its unit, its brackets and the remark behind it."""
    label = clean_label(without_measure(without_comment(printed)))
    split = split_unit(label)
    return (split[0] if split is not None else label).strip("()")


def says_quantity(printed: str) -> bool:
    """Do the words only say what is counted?"""
    return is_quantity(bare_quantity(printed))


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
_TIME = frozenset(("時間", "日", "日分", "人日"))


def are_of_one_service(one: str, other: str) -> bool:
    """Do two units count one service in two ways: its users, their hours or days, its places?

    >>> are_of_one_service("人／月", "時間／月"), are_of_one_service("件/年", "人/年")
    (True, False)
    """
    kinds = [_kind(unit) for unit in (one, other)]
    return None not in kinds and (kinds[0] != kinds[1] or kinds[0] is _TIME) and one != other


def _kind(printed: str) -> frozenset[str] | None:
    base = (find_unit(printed) or "").partition("/")[0]
    return next((kind for kind in (_PERSONS, _PLACES, _TIME) if base in kind), None)
