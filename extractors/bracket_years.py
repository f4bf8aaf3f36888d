"""Brackets that hold another year's figure: 「実績欄の（　）内は令和３年度の実績です」.

Said once in a sentence before everything, it governs every cell with such a bracket in the document:
``97人（48人）`` is 97 of the year over the column and 48 of the year before. The sentence names the year or
says 前年度. Source: 神奈川県 R4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex
from keikaku.extractors.document import Block, Grid, Span
from keikaku.extractors.entries import Entry, Evidence
from keikaku.extractors.heads import Role, find_role
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.words import joined
from keikaku.normalizers.fiscal_years import find_fiscal_year

_LEGEND = regex.compile(
    r"(?:(?P<subject>実績値?|目標値?|見込み?量?|計画値?)(?:欄|の欄|の数値)?の)?"
    r"[（(][\s　]*[)）][\s　]*(?:内|書き?)?(?:の数値|の数字|の値)?は、?"
    r"(?P<year>前年度|(?:令和|平成|[RHＲＨ])[\s　]*(?:[0-9０-９]{1,2}|元)年度末?|20[0-9]{2}年度末?)"
    r"(?:末?の(?:実績|数値|値|実績値|目標値?))?(?:です|である|を示す|。|、|$)"
)
_BRACKET = regex.compile(r"[（(][^（）()]*[0-9０-９][^（）()]*[)）]")


@dataclass(frozen=True, slots=True)
class BracketYear:
    """What a legend says of brackets: the year, None for the year before; for which measure."""

    subject: Role | None
    year: int | None
    quote: str
    span: Span

    def of(self, entry: Entry) -> int | None:
        """The year of the bracketed figure in an entry, None where the legend does not reach it."""
        if self.subject is not None and entry.measure is not self.subject:
            return None
        if _BRACKET.search(entry.text) is None:
            return None
        if self.year is not None:
            return self.year
        return entry.year.year - 1 if entry.year is not None else None


def find_bracket_year(blocks: Sequence[Block]) -> BracketYear | None:
    """The one legend of the document on years in brackets; two that differ are none."""
    found = {(legend.subject, legend.year): legend for legend in _legends(blocks)}
    return next(iter(found.values())) if len(found) == 1 else None


def _legends(blocks: Sequence[Block]) -> Iterator[BracketYear]:
    for block in blocks:
        if isinstance(block, Grid):
            continue
        for match in _LEGEND.finditer(joined(block.lines)):
            year = find_fiscal_year(match["year"])
            if year is None and match["year"] != "前年度":
                continue
            subject = find_role(match["subject"]) if match["subject"] else None
            span = cover([line.span for line in block.lines])
            yield BracketYear(subject, year.year if year else None, match[0], span)


def with_bracket_years(entries: Sequence[Entry], legend: BracketYear | None) -> tuple[Entry, ...]:
    """The entries, those with a bracket knowing the year that the legend gives it."""
    if legend is None:
        return tuple(entries)
    return tuple(_with_year(entry, legend) for entry in entries)


def _with_year(entry: Entry, legend: BracketYear) -> Entry:
    year = legend.of(entry)
    if year is None:
        return entry
    evidence = Evidence("bracket", "legend", legend.quote, legend.span)
    return replace(entry, bracket_year=year, evidence=(*entry.evidence, evidence))
