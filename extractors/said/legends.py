"""Words of which a sentence above says the year: 「現状」は令和4年度、「中間」は令和8年度、「最終」は令和11年度の目標です。

A list of figures may call its years by words (現状 118人　中間 190人　最終 250人) that only its legend explains. Below it such a word says
year and measure of the figure behind it; a year in brackets behind the word (現状〔令和3年度〕) stands in the place of the legend's. A word
explained twice, or a sentence not understood whole, explains nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, find_role, read_head
from keikaku.extractors.lines.printed import Printed, part_of
from keikaku.extractors.said.facts import Said, facts_of, facts_of_pieces, kind_of
from keikaku.extractors.said.pieces import Piece, pieces_of

_YEAR = r"(?:令和|平成|[RHＲＨ])[\s　]?(?:元|[0-9０-９]{1,2})年度末?|20[0-9]{2}年度末?"
_CLAUSE = regex.compile(
    r"[「『“](?P<word>[^「」『』“”]{1,8})[」』”](?:とは|は|[:：＝=（(]|…+)、?"
    rf"[^「」『』“”。0-9０-９]{{0,16}}?(?P<year>{_YEAR})(?P<rest>[^「」『』“”。]*)"
)
_MEASURE = regex.compile(r"目標値?|実績値?|見込量?|計画値?|現状値?|現況値?|基準値?")
_SAYS_NO_MORE = regex.compile(
    r"(?:末|時点)?(?:の(?:数値?|値))?[)）]?(?:を?(?:示し|表し|指し)(?:ます|ています)|です|とし(?:ます|ています)|である)?[、,・；;]?"
)
_OPENING = regex.compile("[「『“]")
_SENTENCE = regex.compile("[^。]+")
_WITH_YEAR = regex.compile(
    r"(?P<word>[^(（〔\[［【]+)[(（〔\[［【](?P<year>[^)）〕\]］】]+)[)）〕\]］】]"
)
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Explained:
    """A word, its year, and its measure where it is none itself."""

    word: str
    year: Line
    measure: Line | None


@lru_cache(maxsize=16)
def _legend_of(printed: Sequence[Printed]) -> tuple[tuple[_Explained, ...], frozenset[int]]:
    """The words explained in a run, and the lines that do so."""
    explained: list[_Explained] = []
    lines: set[int] = set()
    for at, item in enumerate(printed):
        found = list(_explained_in(item.line)) if _OPENING.search(item.line.text) else []
        explained += found
        lines |= {at} if found else set()
    words = [each.word for each in explained]
    if len(set(words)) < len(words) or len(words) < _FEWEST:
        return (), frozenset()
    return tuple(explained), frozenset(lines)


def explains_words(printed: Sequence[Printed], at: int) -> bool:
    """Does the line say of which year words are?"""
    return at in _legend_of(printed)[1]


def facts_in(printed: Sequence[Printed], at: int) -> tuple[Said, ...]:
    """The figures of a line with what it says of them, its words as the lines above explain them."""
    line = printed[at].line
    legend, lines = _legend_of(printed)
    if not legend or at < max(lines):
        return facts_of(line)
    words = {each.word: each for each in legend}
    pieces = [part for piece in pieces_of(line) for part in _parted(piece)]
    if not any(piece.line.text in words for piece in pieces):
        return facts_of(line)
    return facts_of_pieces(tuple(_with_legend(pieces, words)))


def _explained_in(line: Line) -> Iterator[_Explained]:
    for sentence in _SENTENCE.finditer(line.text):
        clauses = list(_CLAUSE.finditer(line.text, *sentence.span()))
        if not clauses or len(clauses) != len(_OPENING.findall(sentence[0])):
            continue
        if any(_is_unclear(clause["rest"]) for clause in clauses[:-1]):
            continue
        if any(read_head(clause["word"]).year is not None for clause in clauses):
            continue  # 「R5」は令和５年度末の目標: a year, which says itself of when it is
        told = _MEASURE.search(line.text, clauses[-1].start("rest"), clauses[-1].end("rest"))
        shared = part_of(line, *told.span()) if told is not None else None
        for clause in clauses:
            own = _MEASURE.search(line.text, clause.start("rest"), clause.end("rest"))
            measure = part_of(line, *own.span()) if own is not None else shared
            is_measure = find_role(clause["word"]) in MEASURES
            if is_measure or measure is not None:
                year = part_of(line, *clause.span("year"))
                yield _Explained(clause["word"], year, None if is_measure else measure)


def _is_unclear(rest: str) -> bool:
    """Does a clause say more of its word than the year, and no measure that is known?"""
    return _MEASURE.search(rest) is None and _SAYS_NO_MORE.fullmatch(rest) is None


def _parted(piece: Piece) -> tuple[Piece, ...]:
    """現状〔令和3年度〕 as its word and its year."""
    match = _WITH_YEAR.fullmatch(piece.line.text) if kind_of(piece) == "both" else None
    if match is None:
        return (piece,)
    lines = (part_of(piece.line, *match.span(name)) for name in ("word", "year"))
    return tuple(replace(piece, line=line, head=read_head(line.text)) for line in lines)


def _with_legend(pieces: Sequence[Piece], words: dict[str, _Explained]) -> Iterator[Piece]:
    for at, piece in enumerate(pieces):
        explained = words.get(piece.line.text)
        if explained is None:
            yield piece
            continue
        if explained.measure is not None:
            measure = explained.measure
            yield replace(piece, kind="head", line=measure, head=read_head(measure.text))
        else:
            yield piece
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        if following is None or kind_of(following) != "year":
            yield Piece("head", explained.year, read_head(explained.year.text))
