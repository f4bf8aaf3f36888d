"""The rows of a read-aloud table as far as they are gathered, and what makes a row sure.

A row is sure when its name, year and measure are: each beside the figure, or in a head over the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex
from keikaku.extractors.document import Line, Notice, Span
from keikaku.extractors.heads import MEASURES, Role, find_role, read_head
from keikaku.extractors.lines.figure_rows import FigureRow, path_of
from keikaku.extractors.lines.orders import Order
from keikaku.extractors.lines.printed import Found, Printed
from keikaku.extractors.lines.quantities import bare_quantity
from keikaku.extractors.lines.statements import Statement
from keikaku.extractors.paragraphs import cover
from keikaku.extractors.words import is_unspecific
from keikaku.normalizers.labels import clean_label, split_marks


@dataclass(slots=True)
class RowBlock:
    """The rows gathered so far and what stands over the next one."""

    printed: Sequence[Printed]
    rows: list[FigureRow] = field(default_factory=list)
    titles: list[Line] = field(default_factory=list)
    order: Order | None = None
    year: Line | None = None
    led_group: int | None = None
    """The group of lines whose first one opens with the year: 令和3年度 共同生活援助:… over 地域移行支援:…."""
    head: tuple[Line, ...] = ()
    measure: Line | None = None
    """目標値, 実績 alone on a line over rows of one figure each."""
    label: Line | None = None
    item: Printed | None = None
    """A service alone on its line, the rows below it saying only what is counted (利用者数)."""
    unit: Line | None = None
    """居宅介護　単位は、時間 over rows of figures: their unit."""
    last: tuple[Line | None, ...] = ()
    part_of: Line | None = None
    """The measure word of the figure whose parts (【内訳】) the rows now list."""
    end: int = 0

    def take_year(self, statement: Statement, at: int) -> None:
        """A year that opens a line holds for the lines right below it; a blank line ends it."""
        group = self.printed[at].group
        if statement.year is not None and statement.measures:
            self.year, self.led_group = statement.year, group
        elif self.led_group not in (None, group):
            self.year = self.led_group = None


_LABEL = 4
"""Where the label stands among the words that name a figure."""
_DIGITS = regex.compile(r"[0-9０-９,，.．\s　]+")


def refuses_twice(block: RowBlock, at: int) -> Found | None:
    """Two figures of one name, year, measure and unit (居宅介護 4,210人, 居宅介護 4,288人 below 令和6年度　計画): a line between
    them was lost, and neither is read."""
    said = [
        (*_words_of(row), _DIGITS.sub("", row.value.text))
        for row in block.rows
        if not row.is_group and row.label is not None
    ]
    twice = next((key for key in said if said.count(key) > 1), None)
    if twice is None:
        return None
    printed = block.printed[at : block.end]
    name = twice[_LABEL]
    detail = f"「{name}」 has two figures of one year and measure: a line between them may be lost"
    span = cover([item.line.span for item in printed])
    return Found(None, block.end, (Notice("unread_figures", "warning", detail, span),))


def _words_of(row: FigureRow) -> list[str | None]:
    """What names a figure, as words."""
    return [line and clean_label(line.text) for line in path_of(row)]


def holds_every_line(block: RowBlock, at: int) -> bool:
    """Is a piece of each line that would be taken in the table? Nothing may be lost."""
    words = [*block.titles, *(line for row in block.rows for line in row.lines)]
    places = {line.span.char_start or 0 for line in words}
    return all(
        any((item.line.span.char_start or 0) <= n < (item.line.span.char_end or 0) for n in places)
        for item in block.printed[at : block.end]
    )


def is_of_nothing(block: RowBlock, statement: Statement) -> bool:
    """Rows that only say what is counted (利用者数), under no name at all."""
    label = statement.label or block.label
    return label is not None and is_unspecific(bare_quantity(label.text))


def is_given(block: RowBlock, at: int, label: Line) -> bool:
    """Below a blank line, does a row count again what the item above already counts? Then the name
    of another item was lost."""
    if block.item is None or block.printed[at].group == block.printed[at - 1].group:
        return False
    item = block.item.line
    given = [row.label.text for row in block.rows if row.item is item and row.label is not None]
    return label.text in given


def fits(block: RowBlock, statement: Statement, *, named: bool = False) -> bool:
    """Is it sure which name, year and measure each figure of the line is of?"""
    named = named or statement.label is not None or block.label is not None
    if not named or _is_half_measured(statement):
        return False
    if statement.has_years:
        told = ascends(statement) or _is_one_of(block, statement) or _is_of_one_year(statement)
        return statement.is_paired and told
    if statement.others and not all(fits(block, other) for other in statement.others):
        return False
    groups = [statement.of(measure) for measure in statement.measures] or [statement.figures]
    if _lacks_its_measure(block, statement):
        return False
    if block.order is not None and statement.year is None and block.order.measure_fits(statement):
        count = len(block.order.years)
        if all(len(group) == count for group in groups):
            return True
    return all(len(group) == 1 for group in groups) and _is_single(block, statement, named=named)


def _is_half_measured(statement: Statement) -> bool:
    """計画 令和６年度12 … 実績 令和６年度10 where the first word was no measure: figures of none beside others."""
    return bool(statement.measures) and any(f.measure is None for f in statement.figures)


def _lacks_its_measure(block: RowBlock, statement: Statement) -> bool:
    """A row that names no measure below rows that do, under the order of them all: nobody knows."""
    if block.order is None or statement.measures or statement.has_years:
        return False
    own = [row.measure for row in block.rows if row.measure is not None]
    told = [m for m in own if m is not block.order.measure and find_role(m.text) in MEASURES]
    return bool(told)


def _is_one_of(block: RowBlock, statement: Statement) -> bool:
    """A name, and one figure a measure: 現状（令和４年度末） 148人 目標（令和８年度末） 140人; or one year and its
    figure, below the measure that stands alone over rows of them."""
    if statement.label is None or statement.quantity is not None:
        return False
    if statement.measures:
        roles = [(find_role(f.measure.text), f.year) for f in statement.figures if f.measure]
        told = {(role, year.text) for role, year in roles if year is not None}
        return len(told) == len(statement.measures) == len(statement.figures)
    return len(statement.figures) == 1 and block.measure is not None


def _has_rows(block: RowBlock, statement: Statement) -> bool:
    """達成率、98.6パーセント below the target and the results of the same name."""
    own = [row for row in block.rows if block.label is not None and row.label is block.label]
    given = {find_role(row.measure.text) for row in own if row.measure is not None}
    return statement.label is None and bool(own) and Role.RATE not in given


def _is_of_one_year(statement: Statement) -> bool:
    """実績：利用者数、令和６年度 118 below a name: a line of one figure that says all the rest."""
    says_all = statement.quantity is not None and len(statement.measures) == 1
    return says_all and statement.label is None and len(statement.figures) == 1


def _is_single(block: RowBlock, statement: Statement, *, named: bool) -> bool:
    """One figure a measure: a target, or measures under a year of their own."""
    if statement.year is not None:
        actual = block.measure is not None and find_role(block.measure.text) is Role.ACTUAL
        return bool(statement.measures) or actual
    if statement.measures:
        roles = {find_role(measure.text) for measure in statement.measures}
        if roles <= {Role.TARGET} or (roles <= {Role.RATE} and _has_rows(block, statement)):
            return named and len(statement.figures) == 1
        return block.year is not None and statement.label is not None
    marked = split_marks(statement.label.text).mark is not None if statement.label else False
    lettered = statement.label is not None and bool(block.head)
    if block.measure is not None and find_role(block.measure.text) is Role.TARGET:
        return statement.label is not None
    return bool(block.head) and (marked or lettered)


def ascends(statement: Statement) -> bool:
    """Two or more years, none of them twice, behind each measure."""
    groups = [statement.of(measure) for measure in statement.measures] or [statement.figures]
    for group in groups:
        years = [figure.year.text for figure in group if figure.year is not None]
        if len(years) < 2 or len(set(years)) < len(years):
            return False
    return True


def is_row(statement: Statement | None) -> bool:
    """Does a line say the measure or the year of its figures?"""
    return statement is not None and bool(statement.measures or statement.has_years)


def is_plain_row(statement: Statement | None) -> bool:
    """One figure or two, or each behind its year, and no measure of its own."""
    if statement is None or statement.measures:
        return False
    return len(statement.figures) <= 2 or statement.is_paired


def is_next_measure(block: RowBlock, statement: Statement, at: int) -> bool:
    """実績 令和6年度 … right below the row of the same name that gives its 見込量."""
    if statement.label is not None or not block.last or len(statement.measures) != 1:
        return False
    if block.label is not None or block.printed[at].group != block.printed[at - 1].group:
        return False
    given = {
        find_role(row.measure.text)
        for row in block.rows
        if row.measure is not None and row.label is block.last[0]
    }
    new = find_role(statement.measures[0].text)
    return bool(given) and new not in given and fits(block, statement, named=True)


def goes_on(block: RowBlock, statement: Statement) -> bool:
    """Does this line continue the years of the row above it?"""
    return bool(block.last) and statement.is_paired and bool(block.rows)


def rows_of(
    block: RowBlock, statement: Statement, continued: tuple[Line | None, ...]
) -> Iterator[FigureRow]:
    label = statement.label or block.label
    quantity = statement.quantity or (block.unit if statement.label is None else None)
    if statement.label is not None:
        block.label = block.unit = None
    above = _measure_over(block, statement)
    for measure in statement.measures or (above,):
        figures = statement.of(measure if measure is not above else None)
        if continued:
            label, quantity, measure = continued
        block.last = (label, quantity, measure)
        own_years = statement.has_years
        ordered = block.order if not own_years and len(figures) > 1 else None
        for number, figure in enumerate(figures):
            year = ordered.years[number] if ordered is not None else figure.year
            yield FigureRow(
                heads=_heads_over(block, statement),
                block_year=(statement.year or block.year) if year is None else None,
                item=block.item.line if block.item is not None else None,
                label=label,
                quantity=quantity,
                measure=measure or (ordered.measure if ordered is not None else None),
                year=year,
                value=figure.value,
            )
    for other in statement.others:
        yield from rows_of(block, other, ())


def _measure_over(block: RowBlock, statement: Statement) -> Line | None:
    """The measure that stands alone above, for a row of one figure that names none itself."""
    if statement.measures or block.order is not None or block.head:
        return None
    return block.measure if len(statement.figures) == 1 and not statement.has_years else None


def _heads_over(block: RowBlock, statement: Statement) -> tuple[Line, ...]:
    """The head over the rows; of one that names the same measure as the row, the rest."""
    if not statement.measures:
        return block.head
    own = {find_role(measure.text) for measure in statement.measures}
    heads = [(piece, read_head(piece.text)) for piece in block.head]
    if not {head.role for _, head in heads if head.role} <= own or statement.has_years:
        return ()
    return tuple(piece for piece, head in heads if head.year is not None)


def whole_line(block: RowBlock, at: int) -> tuple[Line, int]:
    """A line that breaks off at a 、 goes on in the next one."""
    this = block.printed[at]
    following = block.printed[at + 1 : at + 2]
    if not following or not this.line.text.endswith(("、", "，")):
        return this.line, 1
    below = following[0]
    start, end = this.line.span.char_end, below.line.span.char_start
    if start is None or end is None or below.group != this.group or not 0 < end - start < 8:
        return this.line, 1
    text = this.line.text + " " * (end - start) + below.line.text
    return Line(text, Span(this.line.span.char_start, below.line.span.char_end)), 2
