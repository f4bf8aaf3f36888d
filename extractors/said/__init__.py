"""Figures said one by one: each with its name, year and measure in its own line, or in the lines above it.

Read-aloud texts, narrative reports, lists of indicators and descriptions of charts say what a table would print:
``令和6年度、見込量:331人、実績:338人。`` below ``共同生活援助:月間利用者数。``, ``- 計画 3年度 4,300、4年度 4,420`` below ``(1) 居宅介護``. The
layouts of `lines` know some of them by their looks; here a line is read where all its words are understood (`pieces`), where
each of its figures says the same things in the same order (`facts`), and where what it leaves out stands above it
(`context`). A figure said twice of the same name, year and measure shows that a line above was lost: neither is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

import regex
from keikaku.extractors.document import Line, Span
from keikaku.extractors.heads import MEASURES, Role, find_role, read_head
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.key_legends import year_of_key
from keikaku.extractors.lines.printed import Found, Printed, Run, part_of, tokens_of
from keikaku.extractors.lines.quantities import (
    bare_quantity,
    may_name_figures,
    says_quantity,
)
from keikaku.extractors.said.context import Context, context_of, words_of, words_over
from keikaku.extractors.said.facts import Said, facts_of, unit_of
from keikaku.extractors.said.in_order import bear_out, facts_in_order, order_of
from keikaku.extractors.said.legends import explains_words, facts_in
from keikaku.extractors.said.rate_legends import year_of_result
from keikaku.extractors.said.until_years import target_of_years
from keikaku.extractors.words import is_place, is_unspecific
from keikaku.normalizers.labels import clean_label
from keikaku.normalizers.units import find_unit

_OF_RATES = (None, "%", "倍", "割")
_WITHOUT_YEAR = frozenset((Role.TARGET, Role.RATE, Role.GAP, Role.GRADE, Role.EVALUATION))
"""What may be said of no year of its own: a target is that of the plan."""


@dataclass(frozen=True, slots=True)
class _SaidLine:
    """A line of figures as rows, and what tells them from all others."""

    rows: tuple[FigureRow, ...]
    keys: tuple[tuple[str | None, ...], ...]


def find_said(printed: Sequence[Printed], at: int) -> Found | None:
    """The lines of figures from the line at `at` on, as far as they follow each other."""
    lines = _said_lines(printed)
    end = at
    while end < len(printed) and lines[end] is not None:
        end += 1
    if end == at:
        return None
    rows = [row for said in lines[at:end] if said is not None for row in said.rows]
    return Found(lay_figures(rows, (), printed[at:end]), end)


def reads_all(printed: Sequence[Printed], at: int, end: int) -> bool:
    """Is every line from `at` to `end` either read or understood as words over what is read?"""
    lines = _said_lines(printed)
    are_known = (
        lines[n] is not None or (not facts_in(printed, n) and words_of(printed[n].line) is not None)
        for n in range(at, end)
    )
    measured = all(row.measure is not None for n in range(at, end) for row in _rows(lines[n]))
    return measured and any(lines[n] is not None for n in range(at, end)) and all(are_known)


def says_all(printed: Sequence[Printed], at: int, end: int) -> bool:
    """Does every line from `at` to `end` say the measure and the year of each of its figures, itself or by the lines above?"""
    lines = _said_lines(printed)[at:end]
    rows = [row for line in lines for row in _rows(line)]
    return all(line is not None for line in lines) and all(
        row.measure is not None and (row.year is not None or row.block_year is not None)
        for row in rows
    )


def _rows(line: _SaidLine | None) -> tuple[FigureRow, ...]:
    return line.rows if line is not None else ()


@dataclass(slots=True)
class _Open:
    """What only all lines of a run together decide: lines whose measure nothing says yet, and lines of which heads say it
    by their order."""

    undecided: list[tuple[int, tuple[Said, ...], Context]] = field(default_factory=list)
    ordered: dict[Span, dict[int, tuple[Said, ...]]] = field(default_factory=dict)

    def facts(self, printed: Sequence[Printed], at: int, context: Context) -> tuple[Said, ...]:
        """The figures of a line, their measures by the order of the heads above where they have none."""
        if order_of(printed[at].line):
            return ()
        order = context.last("order")
        told = facts_in_order(printed[at].line, order_of(order)) if order is not None else ()
        if order is None or not told:
            return facts_in(printed, at)
        self.ordered.setdefault(order.span, {})[at] = told
        return told

    def settle(self, found: list[_SaidLine | None]) -> None:
        """Lines whose years speak against the heads are not read; figures up to the year of all targets are some."""
        for lines in self.ordered.values():
            if not bear_out(list(lines.values())):
                for at in lines:
                    found[at] = None
        aimed = target_of_years([row for line in found for row in _rows(line)])
        for at, facts, context in self.undecided:
            if aimed is not None and context.measure is None:
                told = aimed.told(facts, context.last("year"))
                found[at] = _said_line(told, context) if told else None


@lru_cache(maxsize=16)
def _said_lines(printed: Sequence[Printed]) -> list[_SaidLine | None]:
    """Each line of a run: the rows that it says, where nothing about them is open."""
    found: list[_SaidLine | None] = []
    above = printed.heads if isinstance(printed, Run) else ()
    context = context_of(above)
    still = _Open()
    for at, item in enumerate(printed):
        if explains_words(printed, at):
            found.append(None)
            continue
        facts = still.facts(printed, at, context)
        if facts:
            facts = _with_year_told(facts, context, printed, at)
            is_text = context.is_text(item.line)
            found.append(_said_line(facts, context) if not is_text else None)
            if found[-1] is None and not is_text:
                still.undecided.append((at, facts, context))
            continue
        found.append(None)
        if _stands_among_rows(printed, at):
            continue
        words = words_over(printed, at)
        context = context_of(above) if words is None else context.with_words(words)
    still.settle(found)
    said = [key for line in found if line is not None for key in line.keys]
    twice = {key for key in said if said.count(key) > 1} if len(set(said)) < len(said) else set()
    return [None if line is None or twice & set(line.keys) else line for line in found]


def _with_year_told(
    facts: tuple[Said, ...], context: Context, printed: Sequence[Printed], at: int
) -> tuple[Said, ...]:
    """実績　5人 between 目標　4人 and 達成率　125.0％, of the year that a sentence says the rates compare; 計画目標　3人, of the year that
    a line before all blocks gives the word."""
    if len(facts) > 1 or facts[0].year is not None or context.last("year") is not None:
        return facts
    measure = facts[0].measure
    explained = year_of_key(printed, at, measure.text) if measure is not None else None
    year = explained or year_of_result(printed, at)
    return (replace(facts[0], year=year),) if year is not None else facts


def _is_series(facts: Sequence[Said], rows: Sequence[FigureRow]) -> bool:
    """Figures of no measure are a series where they go on over years; one alone may be anything, and an arrow may
    lead from what is to what is aimed at."""
    if all(row.measure is not None for row in rows):
        return True
    if not any(row.year is not None and read_head(row.year.text).year for row in rows):
        return False  # 3年度: nothing says of which era
    return (
        len(rows) > 1
        and (len(rows) > _FROM_AND_TO or not _leaps(rows))
        and (len(rows) > _FROM_AND_TO or not any(said.is_led_to for said in facts))
        and not any(said.is_led_to and not said.is_year_behind for said in facts)
    )


_FROM_AND_TO = 2


def _leaps(rows: Sequence[FigureRow]) -> bool:
    """８人（令和４年度末）　33人（令和８年度末）: two figures of years far apart may be what is and what is aimed at."""
    years = [year.year for row in rows if row.year and (year := read_head(row.year.text).year)]
    return any(b - a > 1 for a, b in pairwise(years))


def _stands_among_rows(printed: Sequence[Printed], at: int) -> bool:
    """就労選択支援 （実施前） between 生活介護 81,600 and 就労継続支援Ｂ型 118,300: a row without a figure, over nothing;
    令和元年度　実績 there names no row, but those below it."""
    if len(tokens_of(printed[at].line)) < _CELLS:
        return False
    if {word.kind for word in words_of(printed[at].line) or ()} & _OF_ROWS_BELOW:
        return False
    beside = [facts_of(item.line) for item in printed[max(0, at - 1) : at + 2]]
    if len(beside) < len(("above", "this", "below")):
        return False
    names = [facts[0].name if facts else None for facts in (beside[0], beside[2])]
    return all(name is not None and not _is_counted(name) for name in names)


_CELLS = 2
_OF_ROWS_BELOW = frozenset(("year", "measure", "both"))


def _is_counted(name: Line) -> bool:
    """利用者数 says what is counted, not of what."""
    return is_unspecific(bare_quantity(name.text)) or says_quantity(name.text)


def _said_line(facts: Sequence[Said], context: Context) -> _SaidLine | None:
    rows = [_row(said, context) for said in facts]
    told = tuple(row for row in rows if row is not None)
    if len(told) < len(rows) or not _is_series(facts, told):
        return None
    return _SaidLine(told, tuple(_key(row, context) for row in told))


def _row(said: Said, context: Context) -> FigureRow | None:
    """The figure with all that names it; None where a part of that is open."""
    named = _named(said, context)
    if named is None:
        return None
    label, item, quantity = named
    if said.unit is not None:
        if quantity is not None:
            return None
        quantity = said.unit
    measure = said.both or said.measure or context.measure
    if said.apart_from is not None and _is_same(said.apart_from, measure):
        return None
    year, block_year = said.year, None
    if year is None and not said.is_in_order and not _is_dated(said, measure):
        block_year = context.last("year")
    bare = not (said.year or said.measure or said.both or said.unit)
    if not _is_sure(said, measure, year or block_year) or (
        bare and not may_name_figures(label.text)
    ):
        return None
    return FigureRow(said.value, label, quantity, measure, year, block_year, item=item)


def _is_same(told: Line, measure: Line | None) -> bool:
    """May the figures behind an arrow be of the measure before it: is no other one said?"""
    other = find_role(measure.text) if measure is not None else None
    return other not in MEASURES or other is find_role(told.text)


def _is_dated(said: Said, measure: Line | None) -> bool:
    """A measure that says its year needs none from above; a target takes no year that stands over it by chance."""
    if measure is None:
        return False
    head = read_head(measure.text)
    is_target = (find_role(measure.text) or head.role) is Role.TARGET
    return head.year is not None or (is_target and (said.measure or said.both) is not None)


def _named(said: Said, context: Context) -> tuple[Line, Line | None, Line | None] | None:
    """Name, the name over it and what is counted: the line's own, or those above it."""
    label, item, quantity = said.name, None, said.quantity
    above = context.name
    if label is not None and is_place(label.text):
        if above is None or quantity is not None or not may_name_figures(above.line.text):
            return None
        return above.line, None, label
    if label is None and above is not None:
        label, quantity = above.line, context.last("quantity")
    if label is None or not _is_counted(label):
        return (label, None, quantity) if label is not None else None
    over = context.outer_name if said.name is None else above
    if over is None or _COUNTS_TWO.search(over.line.text):
        return None
    item = over.line
    label, unit = _unit_apart(label)
    return label, item, quantity or unit


_COUNTS_TWO = regex.compile("(?:[数量率額]|日数|時間)(?:と|及び|並びに|・|、)")
"""放課後等デイサービスの利用児童数と事業所数: what is counted below it is no further quantity of the whole."""
_UNIT_BEHIND = regex.compile(r"(?P<name>.+?)[\s　]*[(（](?P<unit>[^()（）]+)[)）]")


def _unit_apart(label: Line) -> tuple[Line, Line | None]:
    """利用者数（人／月）: what is counted, and its unit."""
    match = _UNIT_BEHIND.fullmatch(label.text)
    if match is None or find_unit(match["unit"]) is None:
        return label, None
    return part_of(label, *match.span("name")), part_of(label, *match.span("unit"))


def _is_sure(said: Said, measure: Line | None, year: Line | None) -> bool:
    """Is it known of which year the figure is, and that it is one at all?"""
    own = said.year or said.measure or said.both
    if said.is_in_order:
        return True
    unit = unit_of(said.value.text)
    role = find_role(measure.text) or read_head(measure.text).role if measure is not None else None
    if role is Role.RATE and unit not in _OF_RATES:
        return False
    if measure is None:
        return own is not None and year is not None
    head = read_head(measure.text)
    has_year = year is not None or head.year is not None
    if own is None:
        return has_year
    return has_year or role in _WITHOUT_YEAR


def _key(row: FigureRow, context: Context) -> tuple[str | None, ...]:
    lines = (row.label, row.item, row.quantity, row.measure, row.year, row.block_year)
    outer = tuple(line for line in context.names if line is not row.label)
    words = tuple(clean_label(line.text) if line is not None else None for line in (*lines, *outer))
    return (unit_of(row.value.text), *words)
