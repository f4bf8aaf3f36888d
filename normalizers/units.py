"""Units (単位): what a figure counts, in one canonical Japanese spelling.

か所 is printed ヶ所, ヵ所, カ所, ｹ所, 箇所, 個所 or 所; ％ full width; a rate with either stroke
(人／月, 人/1月). 割 is no unit of its own: it is tenths of %. 割合 (a share) is a word, か所目 an
ordinal: neither is a unit. What is not in ``vocabulary/units.toml`` is refused, never passed on.

>>> parse_unit("ヶ所"), parse_unit("（単位：人／月）"), parse_unit("人日分"), find_unit("割合")
('か所', '人/月', '人日/月', None)
"""

from __future__ import annotations

import re
from functools import lru_cache

from keikaku.normalizers.errors import Reason, UnknownUnit
from keikaku.normalizers.folding import fold
from keikaku.normalizers.lexicon import BrokenVocabulary, load_lexicon, load_words

_UNITS = load_lexicon("units.toml", "units", fold)
_PERIODS = load_lexicon("units.toml", "periods", fold)
_PHRASES = load_lexicon("units.toml", "phrases", fold)
_unit_of = _UNITS.reader()
period_of = _PERIODS.reader()
"""The period that a printed form names (1月 → 月), or None."""

_phrase_of = _PHRASES.reader()

PERIOD = _PERIODS.pattern()
"""Matches the printed period of a rate (年, か月) in folded text."""

RATED_UNIT = rf"(?:{_UNITS.pattern()})/(?:{PERIOD})"
UNIT = rf"(?:{_UNITS.pattern()})(?:/(?:{PERIOD}))?"
"""Matches a unit with its period in folded text; a spelling inside a longer one loses."""

_WHOLE = re.compile(rf"(?P<unit>{_UNITS.pattern()})(?:/(?P<period>{_PERIODS.pattern()}))?")
_WRAPPED = re.compile(
    r"[(\[〔【<]?(?:単位[:は]?)?[(\[]?(?P<unit>[^()\[\]〔〕【】<>:]+)[)\]]?[)\]〕】>]?"
)

_PER = re.compile(
    rf"(?P<period>{_PERIODS.pattern()})(?:当たり|あたり|当り)の?(?P<unit>{_UNITS.pattern()})"
)

COUNTED = frozenset(load_words("units.toml", "counted_units", fold))
TIMES = frozenset(load_words("units.toml", "time_units", fold))
CONTINUOUS = frozenset(load_words("units.toml", "continuous_units", fold))


def parse_unit(text: str) -> str:
    """The canonical unit that the whole of `text` names, or UnknownUnit."""
    unit = find_unit(text)
    if unit is None:
        raise UnknownUnit(text, 0, len(text), Reason.UNKNOWN_UNIT)
    return unit


def find_unit(text: str) -> str | None:
    """The canonical unit that the whole of `text` names, or None.

    A unit column's wrappings (``(人)``, ``単位：か所``) and phrases (月間利用者数) are understood.
    """
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _unwrapped(text)


_LONGEST_REMEMBERED = 40
"""Characters; longer texts are no units."""


_COUNTED_IN_NAME = re.compile(
    r"(?P<noun>回数|件数|[かカヶヵ箇]所数|(?<!業)(?<!提供)(?<!設置)(?<!運営)(?<!開設)(?<!受託)者数|(?<!法)人数)(?:[(〔\[](?:年間|累計|合計|延べ|再掲)[)〕\]])?"
)
_RELATIVE = re.compile("当たり|あたり|率|割合|比")
_NOUNS = {"回数": "回", "件数": "件", "者数": "人", "人数": "人"}


def unit_in_name(name: str) -> str | None:
    """The unit that a name ends in (協議の場の開催回数 counts 回), or None; a rate has none of it.

    >>> unit_in_name("地域生活移行者数"), unit_in_name("事業者数"), unit_in_name("利用者数の割合")
    ('人', None, None)
    """
    folded = fold(name)
    found = [match for match in _COUNTED_IN_NAME.finditer(folded) if match.end() == len(folded)]
    if not found or _RELATIVE.search(folded):
        return None
    return _NOUNS.get(found[0]["noun"], "か所")


@lru_cache(maxsize=4_096)
def _remembered(text: str) -> str | None:
    return _unwrapped(text)


def _unwrapped(text: str) -> str | None:
    wrapped = _WRAPPED.fullmatch(fold(text))
    if wrapped is None:
        return None
    folded = wrapped["unit"]
    return _phrase_of(folded) or canonical_unit(folded) or _per_period(folded)


def _per_period(folded: str) -> str | None:
    """1か月当たりの人, 1月あたり時間: the period in words before the unit."""
    match = _PER.fullmatch(folded)
    unit = canonical_unit(match["unit"]) if match is not None else None
    return rate(unit, match["period"]) if match is not None and unit is not None else None


@lru_cache(maxsize=4_000)
def canonical_unit(folded: str) -> str | None:
    """The canonical form of a folded unit or rate (人/月), or None."""
    match = _WHOLE.fullmatch(folded)
    if match is None:
        return None
    unit = _unit_of(match["unit"])
    if unit is None or match["period"] is None:
        return unit
    return _phrase_of(folded) or _unit_of(folded) or rate(unit, match["period"])


def rate(unit: str, printed_period: str) -> str:
    """`unit` per period: ("人", "月間") → 人/月."""
    period = period_of(printed_period)
    if period is None:
        raise BrokenVocabulary(f"{printed_period} is no period")
    return unit if unit.endswith(f"/{period}") else f"{unit}/{period}"
