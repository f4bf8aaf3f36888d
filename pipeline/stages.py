"""What each stage of a document's journey holds, as listings for `keikaku show`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from keikaku.extractors.document import Block, Cell, Document, Grid, Heading, Prose, Span
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.listing import Listing, place_text
from keikaku.pipeline.records import Finding, Narrative, Observation

INDENT = "  "


def document_listing(document: Document) -> Listing:
    """Blocks in reading order; what a cell holds is indented under it, notices come last."""
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
        ("place", "goal", "section", "what", "measure", "year", "reading", "printed"),
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
