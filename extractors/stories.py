"""Two figures over each other in one place of a table: 「上段：計画　下段：実績」.

The legend says what the upper and the lower figure are. They are printed in one cell of two lines, or in
two rows of which only the upper one bears the name and the unit. Only figures that nothing else gives a
measure are read by it, and only where they come in pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex
from keikaku.extractors.document import Block, Grid, Line, Span
from keikaku.extractors.entries import Entry, Evidence
from keikaku.extractors.heads import MEASURES, Role, find_role
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.fiscal_years import find_fiscal_year

_LEGEND = regex.compile(
    r"上段(?:が|は|[：:・／/=＝]|[(（])?[\s　「]*(?P<upper>[^\s　、。，「」：:）)下]{2,8}?)(?:の?(?:数値|値))?[」)）]?"
    r"[\s　、。，・／/]*下段(?:が|は|[：:・／/=＝]|[(（])?[\s　「]*(?P<lower>[^\s　、。，「」：:）)]{2,8}?)"
    r"(?:の?(?:数値|値))?[」)）]?(?:です|である|を示す|を表す|。|、|[\s　]|$)"
)


_ONE_ONLY = regex.compile(
    r"(?P<year>(?:令和|平成|[RHＲＨ])[\s　]*(?:[0-9０-９]{1,2}|元)年度|20[0-9]{2}年度)(?:の欄|分)?は、?"
    r"(?P<measure>[^\s　、。はの]{2,8})(?:のみ|だけ)"
)
"""令和2年度は実績値のみです: a column of one figure beside those of two."""


@dataclass(frozen=True, slots=True)
class StoryLegend:
    """What the upper and the lower of two figures are, and where that is said."""

    upper: Role
    lower: Role
    quote: str
    span: Span
    only: tuple[tuple[int, Role], ...] = ()
    """Years of which one of the two alone is printed, and which."""


def says_stories(text: str) -> bool:
    """Does a line say what upper and lower figures are?"""
    return _LEGEND.search(text) is not None


def find_story_legend(blocks: Sequence[Block]) -> StoryLegend | None:
    """The one legend of the document on upper and lower figures; two that differ are none."""
    found = {(legend.upper, legend.lower): legend for legend in _legends(blocks)}
    if len(found) != 1:
        return None
    return replace(next(iter(found.values())), only=tuple(_ones_only(blocks)))


def _ones_only(blocks: Sequence[Block]) -> Iterator[tuple[int, Role]]:
    for line in _lines(blocks):
        for match in _ONE_ONLY.finditer(line.text):
            year, role = find_fiscal_year(match["year"]), find_role(match["measure"])
            if year is not None and role in MEASURES:
                yield year.year, role


def _legends(blocks: Sequence[Block]) -> Iterator[StoryLegend]:
    for line in _lines(blocks):
        match = _LEGEND.search(line.text) if "上段" in line.text else None
        if match is None:
            continue
        upper, lower = find_role(match["upper"]), find_role(match["lower"])
        if upper is None or lower is None or not {upper, lower} <= MEASURES or upper is lower:
            continue
        yield StoryLegend(upper, lower, match[0], line.span)


def _lines(blocks: Sequence[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Grid):
            yield from (line for cell in block.cells for line in cell.lines)
        else:
            yield from block.lines


def with_stories(entries: Sequence[Entry], legend: StoryLegend | None) -> tuple[Entry, ...]:
    """The entries, those that come in pairs knowing which is the upper and which the lower one."""
    if legend is None:
        return tuple(entries)
    parted = [part for entry in entries for part in _lines_apart(entry, legend)]
    pairs: dict[tuple[object, ...], list[int]] = {}
    for number, entry in enumerate(parted):
        if entry.measure is None and entry.labels and entry.year is not None:
            pairs.setdefault(_place(entry), []).append(number)
    for numbers in pairs.values():
        if len(numbers) == 2:
            for number, measure in zip(numbers, (legend.upper, legend.lower), strict=True):
                parted[number] = _told(parted[number], measure, legend)
        elif len(numbers) == 1:
            parted[numbers[0]] = _alone(parted[numbers[0]], legend)
    return tuple(parted)


def _alone(entry: Entry, legend: StoryLegend) -> Entry:
    """A figure of a year of which the legend says that one measure alone is printed."""
    assert entry.year is not None
    told = {role for year, role in legend.only if year == entry.year.year}
    return _told(entry, told.pop(), legend) if len(told) == 1 else entry


def _place(entry: Entry) -> tuple[object, ...]:
    assert entry.year is not None
    labels = tuple(label.span for label in entry.labels)
    return (labels, entry.series, entry.units, entry.year.year, entry.year.last)


def _lines_apart(entry: Entry, legend: StoryLegend) -> Iterator[Entry]:
    """A cell of two lines, a figure on each, as two entries."""
    lines = entry.text.split("\n")
    if entry.measure is not None or len(lines) != 2 or not all(map(is_value_like, lines)):
        yield entry
        return
    for text, measure in zip(lines, (legend.upper, legend.lower), strict=True):
        yield _told(replace(entry, text=text), measure, legend)


def _told(entry: Entry, measure: Role, legend: StoryLegend) -> Entry:
    evidence = Evidence("measure", "legend", legend.quote, legend.span)
    return replace(entry, measure=measure, evidence=(*entry.evidence, evidence))
