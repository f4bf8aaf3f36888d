"""What each stage of a document's journey holds, as listings for `keikaku show`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from keikaku.extractors.document import (
    Block,
    Box,
    Cell,
    Document,
    Grid,
    Heading,
    Line,
    Prose,
    Span,
)
from keikaku.extractors.entries import Entry, Place, TextBox
from keikaku.extractors.forms import Box as SheetBox
from keikaku.extractors.ledger import LedgerRow
from keikaku.extractors.placing import on_pages
from keikaku.extractors.sheets import Sheets
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.listing import Listing, place_text
from keikaku.pipeline.records import Finding, Narrative, Observation

INDENT = "  "
RECORD_HEADS = ("place", "goal", "section", "what", "measure", "year", "reading", "printed")


def document_listing(document: Document) -> Listing:
    """Blocks in reading order; what a cell holds is indented under it, notices come last."""
    document = on_pages(document)
    notices = (
        (_span_text(notice.span), f"{notice.severity} {notice.rule}", notice.detail)
        for notice in document.notices
    )
    return Listing(
        f"{document.source_name} as printed, read by {document.extractor}",
        ("place", "what", "text"),
        (*_block_rows(document.blocks, depth=0), *notices),
    )


def _block_rows(blocks: Iterable[Block], depth: int) -> Iterator[tuple[str, str, str]]:
    for block in blocks:
        match block:
            case Heading() | Prose():
                yield from _line_rows(block, depth)
            case Grid():
                yield from _grid_rows(block, depth)


def _line_rows(block: Heading | Prose, depth: int) -> Iterator[tuple[str, str, str]]:
    kind = f"heading {block.level}" if isinstance(block, Heading) else _prose_kind(block)
    for line in block.lines:
        yield _span_text(line.span), INDENT * depth + kind, line.text


def _prose_kind(block: Prose) -> str:
    if block.is_item:
        return "item"
    return "paragraph" if block.is_paragraph else "line"


def _grid_rows(grid: Grid, depth: int) -> Iterator[tuple[str, str, str]]:
    size = f"{grid.row_count} rows, {grid.column_count} columns"
    yield _span_text(grid.span), f"{INDENT * depth}table ({grid.origin})", size
    for fault in grid.faults:
        yield _span_text(fault.span), f"{INDENT * depth}fault {fault.rule}", fault.detail
    for row in grid.rows():
        for cell in row:
            yield from _cell_rows(cell, depth + 1)


def _cell_rows(cell: Cell, depth: int) -> Iterator[tuple[str, str, str]]:
    extent = "" if (cell.row_span, cell.column_span) == (1, 1) else _extent(cell)
    struck = " struck out" if cell.struck else ""
    what = f"{INDENT * depth}cell r{cell.row + 1} c{cell.column + 1}{extent}{struck}"
    yield _span_text(cell.span), what, cell.text
    for block in cell.blocks:
        if isinstance(block, Grid):
            yield from _grid_rows(block, depth + 1)


def _extent(cell: Cell) -> str:
    return f" ({cell.row_span}×{cell.column_span})"


def record_listing(records: DocumentRecords) -> Listing:
    """Figures, prose and findings of a document, one row each, in published order."""
    return Listing(
        f"{records.document.source_name}: what is published",
        RECORD_HEADS,
        (
            *(_observation_row(row) for row in records.observations),
            *(_narrative_row(row) for row in records.narratives),
            *(_finding_row(row) for row in records.findings),
        ),
    )


def _observation_row(row: Observation) -> tuple[str, ...]:
    label = " › ".join(part for part in (row.item, row.indicator, row.breakdown) if part)
    return (
        _record_place(row),
        _goal(row),
        row.section,
        label,
        row.measure,
        _or_blank(row.fiscal_year),
        " ".join((_reading(row), *row.flags)),
        row.raw,
    )


def _reading(row: Observation) -> str:
    if row.value is None:
        return " ".join(part for part in (row.status, row.text) if part)
    bound = "" if row.comparator in (None, "eq") else f"{row.comparator} "
    return f"{bound}{row.value:g} {row.unit or ''}".rstrip()


def _narrative_row(row: Narrative) -> tuple[str, ...]:
    what = f"{row.item or ''} ({row.position})".lstrip()
    reading = row.text or row.status
    year = _or_blank(row.fiscal_year)
    return (_record_place(row), _goal(row), row.section, what, "", year, reading, row.raw)


def _finding_row(row: Finding) -> tuple[str, ...]:
    return (_record_place(row), "", row.severity, row.rule, "", "", row.message, row.raw or "")


def _goal(row: Observation | Narrative) -> str:
    child = "児 " if row.plan == "child_disability_welfare" else ""
    return f"{child}{_or_blank(row.goal_number)}"


def _or_blank(value: object) -> str:
    return "" if value is None else str(value)


def _record_place(row: Observation | Narrative | Finding) -> str:
    return place_text(row.char_start, row.char_end, row.page, row.bbox)


def _span_text(span: Span) -> str:
    return place_text(span.char_start, span.char_end, span.page, span.bbox)


def sheet_listing(sheets: Sheets) -> Listing:
    """Each goal's sheet with its boxes."""
    rows: list[tuple[str, ...]] = []
    for sheet in sheets.sheets:
        number = "" if sheet.goal is None else _or_blank(sheet.goal.number)
        title = "" if sheet.goal is None else sheet.goal.title
        form = "form" if sheet.is_form else "loose"
        place = "" if sheet.goal is None else _span_text(sheet.goal.span)
        rows.append((place, f"{form} sheet", number, "", title))
        for box in sheet.boxes:
            year = "" if box.year is None else str(box.year.year)
            kind = box.kind if box.role is None else f"{box.kind} ({box.role})"
            rows.append((_span_text(box.span), INDENT + kind, number, year, _first_words(box)))
    return Listing("Sheets and their boxes", ("place", "what", "goal", "year", "text"), tuple(rows))


def _first_words(box: SheetBox) -> str:
    for block in box.blocks:
        lines = block.lines if not isinstance(block, Grid) else _grid_lines(block)
        for line in lines:
            if line.text:
                return line.text
    return ""


def _grid_lines(grid: Grid) -> Iterator[Line]:
    return (line for row in grid.rows() for cell in row for line in cell.lines)


def entry_listing(entries: Iterable[Entry], texts: Iterable[TextBox], *, why: bool) -> Listing:
    """Each cell in context, still as printed; with `why`, the words that gave each part."""
    rows: list[tuple[str, ...]] = []
    for entry in entries:
        rows.append(_entry_row(entry))
        if why:
            rows += _evidence_rows(entry)
    rows += [_text_row(text) for text in texts]
    heads = ("place", "goal", "section", "labels", "measure", "year", "unit", "printed")
    return Listing("Entries and boxes of prose, as printed", heads, tuple(rows))


def _entry_row(entry: Entry) -> tuple[str, ...]:
    labels = [entry.place.item, *(label.text for label in entry.labels)]
    return (
        _span_text(entry.span),
        _goal_number(entry.place),
        entry.place.section,
        " › ".join(label for label in labels if label),
        _or_blank(entry.measure),
        "" if entry.year is None else entry.year.printed,
        " ".join(entry.units),
        "(missing)" if entry.missing else entry.raw or entry.text,
    )


def _text_row(text: TextBox) -> tuple[str, ...]:
    year = "" if text.year is None else text.year.printed
    words = "\n".join(line.text for line in text.lines)
    place = (_span_text(text.span), _goal_number(text.place), text.section)
    return (*place, text.item or "", "", year, "", words)


def _goal_number(place: Place) -> str:
    return "" if place.goal is None else _or_blank(place.goal.number)


def _evidence_rows(entry: Entry) -> Iterator[tuple[str, ...]]:
    """One row for each part of the entry: what, from where, by which words."""
    for evidence in entry.evidence:
        source = f"{INDENT}{evidence.what} ← {evidence.source}"
        yield (_span_text(evidence.span), "", "", source, "", "", "", evidence.quote)


def why_listing(records: DocumentRecords, entries: Iterable[Entry]) -> Listing:
    """The published figures, each followed by the words and places that gave it its meaning."""
    by_place: dict[Span, Entry] = {}
    for entry in entries:
        by_place.setdefault(entry.span, entry)
    rows: list[tuple[str, ...]] = []
    for observation in records.observations:
        rows.append(_observation_row(observation))
        place = Span(
            observation.char_start, observation.char_end, observation.page, _box(observation)
        )
        if place in by_place:
            rows += _evidence_rows(by_place[place])
    return Listing(f"{records.document.source_name}: figures and why", RECORD_HEADS, tuple(rows))


def _box(row: Observation) -> Box | None:
    if row.bbox is None:
        return None
    x0, top, x1, bottom = row.bbox
    return (x0, top, x1, bottom)


def ledger_listing(ledger: Iterable[LedgerRow]) -> Listing:
    """What became of every line and every empty cell, and at the end how many of each."""
    rows = [(_span_text(row.span), str(row.fate), row.reason, row.text) for row in ledger]
    counts = Counter(fate for _, fate, _, _ in rows)
    total = [("", fate, "in all", str(count)) for fate, count in sorted(counts.items())]
    sum_of_all = ("", "sum", "in all", str(len(rows)))
    heads = ("place", "fate", "reason", "text")
    return Listing("The ledger", heads, (*rows, *total, sum_of_all))
