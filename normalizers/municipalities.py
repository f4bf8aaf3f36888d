"""Municipalities (市区町村): every prefecture, municipality and ward with its official code.

全国地方公共団体コード (Ministry of Internal Affairs) is five digits and a check digit: two of the
prefecture, three of the municipality, then 11 − (Σ digit × weight 6…2 mod 11), last digit only.

A name is no key: 府中市 lies in Tokyo and in Hiroshima, 南部町 in three prefectures, 中央区 in ten
cities. A shared name is never resolved without its prefecture; every search gives all candidates.

>>> by_code("132071").name, by_code("13207").prefecture
('昭島市', '東京都')
>>> [m.prefecture for m in find_by_name("府中市")]
['東京都', '広島県']
>>> [m.code for m in find_by_name("広島県府中市")]
['342084']
>>> [(m.municipality.name, m.count) for m in search_names("昭島市は東京都昭島市である。")]
[('昭島市', 2)]
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING

from keikaku.normalizers.folding import repair_radicals
from keikaku.normalizers.registry import read_registry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WEIGHTS = (6, 5, 4, 3, 2)
SPELLING_VARIANTS = tuple(
    zip("ヶヵカ檮惠竜邊邉澤濱﨑塚槇斎齋", "ケケケ梼恵龍辺辺沢浜崎塚槙斉斉", strict=True)
)
"""One spelling of letters that names are printed with in two ways (龍ケ崎市, 竜ヶ崎市)."""
WORD_BEFORE = frozenset("期版度年月日号回次旧元各全本前内第者等・又及")
"""Chinese characters that end a word before a name (第6期品川区…) rather than begin a longer one."""
PERIOD_BEFORE = frozenset("期版度年")
"""What may stand directly before a name of one character (第6期津市…)."""
SUFFIX = re.compile("[市区町村都道府県]")
NOT_A_NAME_AFTER = re.compile(
    "[0-9０-９一二三四五六七八九十]+(?:丁目|番)|丁目|場(?!合|所|面)|街道|道府県|町村"
)


class UnknownMunicipality(ValueError):
    """A code that is not in the table, or whose check digit is wrong."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """One row of the code table. `kind` is prefecture, designated_city, city, special_ward, ward,
    town or village; `county` is the 郡 of a town or village, else empty. A ward of a designated
    city bears its city's name (札幌市中央区)."""

    code: str
    name: str
    prefecture: str
    kind: str
    county: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A name printed in a text: where first, and how often. An ambiguous name gives one mention
    for each candidate, with the same place."""

    municipality: Municipality
    start: int
    end: int
    count: int


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    code5: str
    kind: str
    prefecture: str
    county: str
    name: str
    name_kana: str
    parent_code: str
    name_variant: str


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    candidates: tuple[Municipality, ...]


def check_digit(code5: str) -> str:
    """The sixth character of a local government code."""
    total = sum(int(digit) * weight for digit, weight in zip(code5, WEIGHTS, strict=True))
    return str((11 - total % 11) % 10)


def by_code(code: str) -> Municipality:
    """The municipality of a six-character code, or of one without its check digit."""
    plain = unicodedata.normalize("NFKC", code).strip()
    if not re.fullmatch(r"[0-9]{5,6}", plain):
        raise UnknownMunicipality(f"{code!r} is no local government code: five or six digits")
    if len(plain) == 6 and check_digit(plain[:5]) != plain[5]:
        expected = plain[:5] + check_digit(plain[:5])
        raise UnknownMunicipality(f"{code!r} has a wrong check digit: {expected} would be right")
    found = _by_code5().get(plain[:5])
    if found is None:
        raise UnknownMunicipality(f"{code!r} is the code of no municipality in the table")
    return found


def find_by_name(name: str, prefecture: str | None = None) -> tuple[Municipality, ...]:
    """All municipalities of that name, in code order; the caller may take it when it is one.

    The name may begin with its prefecture and county. A ward may be named without its city.
    """
    key = _spelling("".join(name.split()))
    within = _spelling("".join(prefecture.split())) if prefecture else None
    found = _names().get(key) or _qualified_names().get(key, ())
    return tuple(m for m in found if within is None or _spelling(m.prefecture) == within)


def search_names(text: str) -> tuple[Mention, ...]:
    """Municipalities, wards and prefectures named in a long text, in order of first mention.

    White space inside a name is passed over (品 川 区). A prefecture or county printed just before
    settles a shared name. A name inside a longer word (東品川区民集会所) or an address
    (大神町4丁目) is no mention.
    """
    compact = "".join(text.split())
    places = _Places(text)
    counts: dict[Municipality, Mention] = {}
    for hit in _hits(_spelling(compact)):
        start, end = places.of(hit.start), places.of(hit.end - 1) + 1
        for candidate in hit.candidates:
            seen = counts.get(candidate, Mention(candidate, start, end, 0))
            counts[candidate] = replace(seen, count=seen.count + 1)
    return tuple(sorted(counts.values(), key=lambda m: (m.start, m.municipality.code)))


@cache
def all_municipalities() -> tuple[Municipality, ...]:
    """The whole table, in code order."""
    return tuple(
        Municipality(row.code, row.name, row.prefecture, row.kind, row.county) for row in _rows()
    )


@cache
def _rows() -> tuple[_Row, ...]:
    rows = read_registry("municipality_codes", _Row)
    for row in rows:
        if row.code != row.code5 + check_digit(row.code5):
            raise ValueError(f"municipality_codes.csv: check digit of {row.code} {row.name}")
    return rows


@cache
def _by_code5() -> Mapping[str, Municipality]:
    return MappingProxyType({m.code[:5]: m for m in all_municipalities()})


@cache
def _names() -> Mapping[str, tuple[Municipality, ...]]:
    """Spelling to municipalities, wards also by their own name."""
    found: defaultdict[str, list[Municipality]] = defaultdict(list)
    for row, municipality in zip(_rows(), all_municipalities(), strict=True):
        for name in {_spelling(name) for name in _spellings(row)}:
            found[name].append(municipality)
    return MappingProxyType({name: tuple(places) for name, places in found.items()})


def _spellings(row: _Row) -> Iterator[str]:
    yield row.name
    if row.name_variant:
        yield row.name_variant
    if row.kind == "ward":
        yield row.name.rpartition("市")[2]


@cache
def _qualified_names() -> Mapping[str, tuple[Municipality, ...]]:
    """東京都昭島市, 北海道虻田郡ニセコ町, 虻田郡ニセコ町."""
    found: defaultdict[str, list[Municipality]] = defaultdict(list)
    for municipality in all_municipalities():
        name, county = municipality.name, municipality.county
        for qualified in {
            municipality.prefecture + name,
            county + name,
            municipality.prefecture + county + name,
        } - {name}:
            found[_spelling(qualified)].append(municipality)
    return MappingProxyType({name: tuple(places) for name, places in found.items()})


@cache
def _lengths() -> tuple[int, ...]:
    return tuple(sorted({len(name) for name in _names()}, reverse=True))


def _spelling(text: str) -> str:
    """One-to-one in length: offsets stay."""
    text = repair_radicals(text)
    for variant, usual in SPELLING_VARIANTS:
        text = text.replace(variant, usual)
    return text


_WORD = re.compile(r"\S+")


class _Places:
    """Where the characters of a text without its white space are printed."""

    def __init__(self, text: str) -> None:
        spans = [match.span() for match in _WORD.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.counted = list(accumulate([end - start for start, end in spans], initial=0))

    def of(self, number: int) -> int:
        """The offset in the text of the character of that number."""
        run = bisect_right(self.counted, number) - 1
        return self.starts[run] + number - self.counted[run]


def _hits(text: str) -> Iterator[_Hit]:
    """Mentions left to right, none inside another; of two that start together the longer."""
    found = (hit for suffix in SUFFIX.finditer(text) for hit in _ending_at(text, suffix.end()))
    last = 0
    for hit in sorted(found, key=lambda h: (h.start, -h.end)):
        if hit.start >= last:
            last = hit.end
            if not _is_qualifier(text, hit):
                yield hit


def _ending_at(text: str, end: int) -> Iterator[_Hit]:
    names = _names()
    for length in _lengths():
        start = end - length
        candidates = names.get(text[start:end]) if start >= 0 else None
        if candidates and (hit := _read_hit(text, start, end, candidates)):
            yield hit


def _read_hit(text: str, start: int, end: int, candidates: tuple[Municipality, ...]) -> _Hit | None:
    if NOT_A_NAME_AFTER.match(text, end):
        return None
    before = text[max(0, start - 12) : start]
    settled = tuple(m for m in candidates if _is_settled_by(before, m))
    if settled:
        return _Hit(start, end, settled)
    if not _stands_alone(before, text[start:end]):
        return None
    bare = tuple(m for m in candidates if not _needs_its_city(m, candidates, text[start:end]))
    return _Hit(start, end, bare) if bare else None


def _is_settled_by(before: str, municipality: Municipality) -> bool:
    """Is the prefecture or the county printed just before the name?"""
    if municipality.kind == "prefecture":
        return False
    area = _spelling(municipality.prefecture)
    county = _spelling(municipality.county)
    return before.endswith(area) or bool(county and before.endswith(county))


def _needs_its_city(
    municipality: Municipality, candidates: tuple[Municipality, ...], printed: str
) -> bool:
    """A bare 西区 names no place; a bare 中央区 may be the special ward, or any of ten wards."""
    if municipality.kind != "ward" or _spelling(municipality.name) == printed:
        return False
    return not any(m.kind == "special_ward" for m in candidates)


def _stands_alone(before: str, name: str) -> bool:
    """Does a word end before the name? 期品川区 yes, 東品川区 no, ふれあいの町 no."""
    last = before[-1:]
    if not last:
        return True
    stem = name[:-1]
    if _is_han(stem[0]):
        if not _is_han(last):
            return True
        return last in (WORD_BEFORE if len(stem) > 1 else PERIOD_BEFORE)
    if "ぁ" <= stem[0] <= "ん":
        return len(stem) > 2 or not "ぁ" <= last <= "ん"
    return not _is_han(last) or len(stem) > 2


def _is_han(letter: str) -> bool:
    return "一" <= letter <= "鿿" or letter in "々〆"


def _is_qualifier(text: str, hit: _Hit) -> bool:
    """A prefecture printed just before a municipality of its own (東京都昭島市) is no mention."""
    if hit.candidates[0].kind != "prefecture":
        return False
    following = text[hit.end : hit.end + 12]
    return any(
        place.prefecture == hit.candidates[0].prefecture
        for length in range(len(following), 1, -1)
        for names in (_names(), _qualified_names())
        for place in names.get(following[:length], ())
    )
