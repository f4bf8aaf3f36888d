"""Eras (元号): 令和, 平成, 昭和 and the western year of each of their years.

令和元年 is 2019, 平成31年 as well (until 30 April). Printed with kanji, a letter (R3, Ｈ30) or one kanji
(令3); 元, 1 and 一 are the same year. Plans written before May 2019 go on counting 平成: 平成35年度 is
2023, a year that era never had.

>>> western_year("令和", 3), western_year("平成", 35), era_year(date(2019, 4, 30)), era_year(date(2019, 5, 1))
(2021, 2023, ('平成', 31), ('令和', 1))
"""

from __future__ import annotations

import tomllib
from datetime import date

from keikaku.normalizers.lexicon import BrokenVocabulary, load_lexicon, read_vocabulary

_ERAS = load_lexicon("eras.toml", "eras", str)
_TABLES = tomllib.loads(read_vocabulary("eras.toml"))
_YEAR_BEFORE_FIRST: dict[str, int] = _TABLES["year_before_first"]
_LONGEST: dict[str, int] = _TABLES["longest"]
_FIRST_DAYS: dict[str, date] = _TABLES["first_days"]

if (
    not {spelling.meaning for spelling in _ERAS}
    == set(_YEAR_BEFORE_FIRST)
    == set(_LONGEST)
    == set(_FIRST_DAYS)
):
    raise BrokenVocabulary("eras.toml: the sections name different eras")

ERA = _ERAS.pattern()
"""A regular expression of every printed era."""

find_era = _ERAS.reader()
"""The era that a printed form names (R → 令和), or None."""


def western_year(era: str, number: int) -> int | None:
    """The western year in which year `number` of `era` begins, None where nobody prints it."""
    if not 1 <= number <= _LONGEST[era]:
        return None
    return _YEAR_BEFORE_FIRST[era] + number


def era_year(day: date) -> tuple[str, int] | None:
    """The era and its year on `day`; None before 大正."""
    for era, first in _FIRST_DAYS.items():
        if day >= first:
            return era, day.year - _YEAR_BEFORE_FIRST[era]
    return None
