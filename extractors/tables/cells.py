"""One cell below the heads: a figure or status, a box of prose, a place that lost its figure.

A year may be printed with the figure (``301人〔令和4年度〕``), and a unit before it (``時間/月 2,150``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex
from keikaku.extractors.dated_values import DatedFigure, dated_figures
from keikaku.extractors.document import Block, Cell, Grid, Notice, Span
from keikaku.extractors.entries import Entry, Evidence, TextBox
from keikaku.extractors.heads import REVIEWS, TEXTS, Role, is_of_this_year
from keikaku.extractors.ledger import Fate, Ledger
from keikaku.extractors.tables.column_years import value_and_year, year_of_mark
from keikaku.extractors.tables.columns import Column
from keikaku.extractors.tables.context import HeadedTable
from keikaku.extractors.tables.labels import RowLabels, has_lost_its_name
from keikaku.extractors.tables.meaning import entry_of, place_of
from keikaku.extractors.words import is_caption, is_sentence, joined
from keikaku.normalizers.fiscal_years import FiscalYear
from keikaku.normalizers.units import find_unit

LABEL_LOST = "label_lost"
"""Flag of a figure whose row has a place for its label and nothing in it."""
_DIGITS = regex.compile(r"[0-9０-９]")
_UNIT_FIRST = regex.compile(
    r"(?P<unit>[^\s0-9０-９]{1,8})[\s　]+(?P<rest>[0-9０-９][0-9０-９,，.．]*|[―－—–‐-]+)"
)
"""時間/月 2,150: the unit before the number, or before the dash for none."""


def read_cell(
    table: HeadedTable, told: RowLabels, column: Column, cell: Cell | None
) -> Iterator[Entry | TextBox | Notice]:
    """What the cell under a column gives; None is a place that has no cell."""
    if cell is None:
        if column.kind == "value" and column.heads and (told.repaired or told.labels):
            yield _missing_entry(table, told, column)
    elif column.kind == "unknown" and not _says_own_year(table, column, cell):
        yield from _refuse(table, cell)
    elif _is_merged_blank(table, told, column, cell):
        table.ledger.claim([cell], Fate.IGNORED, "merged with the cell above")
    elif column.kind == "text" or told.text_role in TEXTS or _is_prose(cell):
        yield _read_text(table, told, column, cell)
    elif _is_of_several_years(table, cell):
        table.ledger.claim([cell], Fate.FINDING, "unknown_year")
        detail = (
            f"「{cell.text[:60]}」 stands under several years, and may be of each or of all of them"
        )
        yield Notice("unknown_year", "warning", detail, cell.span)
    elif column.year is None and (series := dated_figures(cell.lines, table.context.years)):
        yield from _read_series(table, told, column, cell, series)
    else:
        yield from _read_figure(table, told, column, cell)


def _says_own_year(table: HeadedTable, column: Column, cell: Cell) -> bool:
    """184人（令和８年度） under 長期的目標値, beside 今年度目標値（令和６年度）."""
    return column.is_rival and value_and_year(cell, table.context.years)[1] is not None


def _is_of_several_years(table: HeadedTable, cell: Cell) -> bool:
    """１か所 across 令和６年度, 令和７年度 and 令和８年度."""
    if cell.column_span == 1:
        return False
    columns = table.columns[cell.column : cell.column + cell.column_span]
    years = {column.year.year for column in columns if column.year is not None}
    return len(years) > 1 and _DIGITS.search(cell.text) is not None


def _refuse(table: HeadedTable, cell: Cell) -> Iterator[Notice]:
    """A cell under no head that is understood."""
    if not cell.lines:
        table.ledger.claim([cell], Fate.IGNORED, "blank")
        return
    table.ledger.claim([cell], Fate.FINDING, "unknown_column")
    detail = f"no head says what 「{cell.text[:60]}」 is"
    yield Notice("unknown_column", "warning", detail, cell.span)


def _is_merged_blank(table: HeadedTable, told: RowLabels, column: Column, cell: Cell) -> bool:
    """In tables without spans a merged cell leaves blanks under it: 基準値 beside two rows."""
    if cell.lines or cell.struck or table.grid.origin in ("html", "ruled"):
        return False
    return told.inherited and column.year is None


# -- prose -------------------------------------------------------------------------------------


def _is_prose(cell: Cell) -> bool:
    """Long sentences under a year are prose; one short sentence in a target box is a status."""
    return is_sentence(cell.text) and len(cell.text) > 40


def _read_text(table: HeadedTable, told: RowLabels, column: Column, cell: Cell) -> TextBox:
    blocks = _without_captions(cell, table.ledger)
    table.ledger.claim([cell], Fate.PROSE, "prose")
    role = column.role if column.role in TEXTS else told.text_role
    return TextBox(
        place=place_of(table, told),
        section=_section_of(role),
        blocks=blocks,
        span=cell.span,
        year=_year_of_text(told, column),
        item=told.labels[-1].text if told.labels and role is not Role.RATIONALE else None,
        struck=cell.struck,
    )


def _without_captions(cell: Cell, ledger: Ledger) -> tuple[Block, ...]:
    blocks = cell.blocks
    while blocks and not isinstance(blocks[0], Grid) and is_caption(joined(blocks[0].lines)):
        ledger.claim(blocks[0].lines, Fate.LABEL, "caption")
        blocks = blocks[1:]
    return blocks


def _section_of(role: Role | None) -> str:
    if role is not None and role in REVIEWS:
        return str(role)
    return "rationale" if role is Role.RATIONALE else "activity"


def _year_of_text(told: RowLabels, column: Column) -> FiscalYear | None:
    if told.year is not None and told.year.year is not None:
        return told.year.year
    if column.year is not None:
        return column.year
    return told.block.year.year if told.block.year is not None else None


# -- figures -----------------------------------------------------------------------------------


def _missing_entry(table: HeadedTable, told: RowLabels, column: Column) -> Entry:
    """The entry of a place whose figure the table lost."""
    span = told.labels[-1].span if told.labels else table.grid.span
    entry = entry_of(table, told, column, "", span)
    flags = (*told.flags, "short_row")
    return replace(entry, missing=True, certainty="repaired", flags=flags)


def _read_figure(
    table: HeadedTable, told: RowLabels, column: Column, cell: Cell
) -> Iterator[Entry | Notice]:
    if told.stacked is not None and len(cell.lines) != told.stacked.size:
        if _DIGITS.search(cell.text):
            yield _undecided(table, cell)
            return
        told = _without_stacked(told)
    table.ledger.claim([cell], Fate.ENTRY, "figure or status")
    text, year = value_and_year(cell, table.context.years)
    entry = _with_unit_before(entry_of(table, told, column, text, _extent(cell), cell))
    is_nameless = not entry.labels and _should_have_label(table, told)
    if is_nameless or has_lost_its_name(told):
        entry = replace(entry, flags=(*entry.flags, LABEL_LOST))
    if year is not None:
        yield from _conflict(entry, year, column)
        evidence = Evidence("year", "the cell itself", year.printed, entry.span)
        entry = replace(entry, year=year, evidence=(*entry.evidence, evidence))
    elif entry.year is None and (year := year_of_mark(table, cell)) is not None:
        evidence = Evidence("year", "the other cells of the column", year.printed, entry.span)
        entry = replace(entry, year=year, evidence=(*entry.evidence, evidence))
    if entry.year is None and any(is_of_this_year(head) for head in column.heads):
        entry = replace(entry, measure=None)
    if told.repaired:
        flags = told.flags or ("label_overflow",)
        entry = replace(entry, certainty="repaired", flags=flags)
    yield entry


def _read_series(
    table: HeadedTable, told: RowLabels, column: Column, cell: Cell, series: Sequence[DatedFigure]
) -> Iterator[Entry | Notice]:
    """令和6年度：3人 over 令和7年度：5人: an entry for each."""
    table.ledger.claim([cell], Fate.ENTRY, "figure or status")
    for figure in series:
        entry = _with_unit_before(entry_of(table, told, column, figure.text, figure.span, cell))
        evidence = Evidence("year", "the cell itself", figure.year.printed, figure.span)
        is_lost = has_lost_its_name(told) or (not entry.labels and _should_have_label(table, told))
        flags = (*entry.flags, LABEL_LOST) if is_lost else entry.flags
        yield replace(
            entry,
            raw=figure.raw,
            year=figure.year,
            flags=flags,
            evidence=(*entry.evidence, evidence),
        )


def _undecided(table: HeadedTable, cell: Cell) -> Notice:
    """One figure beside 利用者数（人） over 利用日数（日）."""
    table.ledger.claim([cell], Fate.FINDING, "unsure_cell")
    detail = f"「{cell.text[:60]}」 has not as many lines as the label beside it"
    return Notice("unsure_cell", "warning", detail, cell.span)


def _without_stacked(told: RowLabels) -> RowLabels:
    """A dash beside stacked counts is of the name over them."""
    labels = (
        tuple(label for label in told.labels if label is not told.stacked.counts)
        if told.stacked
        else ()
    )
    return told._replace(labels=labels or told.labels, units=(), unit_cell=None)


def _should_have_label(table: HeadedTable, told: RowLabels) -> bool:
    """A table of years or measures under a heading that names what is counted needs no label in its rows."""
    if not any(column.kind == "label" for column in table.columns):
        return False
    if _has_blank_names(table):
        return True
    says_head = told.year_cell is not None or told.measure_cell is not None
    is_named = table.context.place.item and not table.context.has_named
    return not (says_head and not table.names_rows and is_named)


def _has_blank_names(table: HeadedTable) -> bool:
    """項目 over nothing, beside 区分 over 目標値 and 実績値: the names did not come along."""
    named = [n for n, column in enumerate(table.columns) if column.role is Role.LABEL]
    return len(named) > 1 and any(
        not table.slots.printed_below(number, table.first_row) for number in named
    )


def _with_unit_before(entry: Entry) -> Entry:
    match = _UNIT_FIRST.fullmatch(entry.text)
    if match is None or find_unit(match["unit"]) is None:
        return entry
    return replace(entry, text=match["rest"], units=(match["unit"],))


def _conflict(entry: Entry, year: FiscalYear, column: Column) -> Iterator[Notice]:
    """The year in the cell counts; that another stands over it is reported."""
    if column.year is not None and column.year.year != year.year:
        detail = f"「{entry.raw}」 stands under {column.year.printed}"
        yield Notice("conflicting_years", "warning", detail, entry.span)


def _extent(cell: Cell) -> Span:
    """From the first to the last printed character of the cell; its whole box on a page."""
    lines = cell.lines
    if not lines or lines[0].span.char_start is None:
        return cell.span
    return Span(lines[0].span.char_start, lines[-1].span.char_end)
