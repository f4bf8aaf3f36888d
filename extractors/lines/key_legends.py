"""Keys that a paper explains before its blocks: 計画目標　計画期間の最終年度（令和８年度）の目標です。

Sheets of keys and values may say once, in their front matter, of which year a key is (シートの見方). The year is taken only where the
sentence says nothing but of which year and what the key is: a year within other words (令和６年度の国の指針により定めた目標です) is none of
the figures'. A key explained by two years has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, read_head
from keikaku.extractors.lines.printed import Printed, part_of
from keikaku.normalizers.folding import fold

_YEAR = r"(?:令和|平成|[RHＲＨ])[\s　]?(?:元|[0-9０-９]{1,2})年度"
_EXPLAINED = regex.compile(
    r"[・○●■◆※]?[\s　]*(?P<key>[^\s　:：、。()（）]{2,12})(?:[\s　]*[:：][\s　]*|[\s　]+|は、?)"
    rf"(?:(?:この)?計画(?:期間)?の?(?:最終|目標|終了|初)年度(?:である|[(（]))?(?P<year>{_YEAR})[)）]?末?(?:時点|現在)?の"
    r"(?:数値|値|目標値?|計画値?|見込量?|実績値?|状況)(?:です|である|を示します|を示す|となります)?。?"
)


@lru_cache(maxsize=16)
def _explained(printed: Sequence[Printed]) -> Mapping[str, tuple[Line, int]]:
    """The year of each key that one line explains, and the number of the line."""
    found: dict[str, list[tuple[Line, int]]] = {}
    for at, item in enumerate(printed):
        match = _EXPLAINED.fullmatch(item.line.text)
        head = read_head(match["key"]) if match is not None else None
        if match is None or head is None or head.role not in MEASURES or head.year is not None:
            continue
        year = part_of(item.line, *match.span("year"))
        found.setdefault(fold(match["key"]), []).append((year, at))
    return {key: years[0] for key, years in found.items() if len(years) == 1}


def year_of_key(printed: Sequence[Printed], at: int, key: str) -> Line | None:
    """The year that a line above the block at `at` gives the key; None where none does."""
    year, line = _explained(printed).get(fold(key), (None, at))
    return year if line < at else None
