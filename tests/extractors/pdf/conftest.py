"""The checked-in PDFs, read once each, and a plain picture of their grids."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from keikaku.extractors.document import Block, Document, Grid, Heading, Prose
from keikaku.extractors.pdf import read_pdf

collect_ignore = ["make"]  # scripts that made the files; their libraries are not installed

FILES = Path(__file__).parent / "files"
SAMPLES = Path(__file__).parents[3] / "samples"


@cache
def document(name: str) -> Document:
    """The document of files/name.pdf."""
    return read_pdf((FILES / f"{name}.pdf").read_bytes(), name=name, document_id=name)


def grids(blocks: tuple[Block, ...]) -> list[Grid]:
    """The grids among the blocks, not those inside cells."""
    return [block for block in blocks if isinstance(block, Grid)]


def rows(grid: Grid) -> list[list[str]]:
    """The words of each cell, row by row; a cell of several units names its extent."""
    return [
        [
            cell.text
            + (
                f" {cell.row_span}x{cell.column_span}"
                if cell.row_span * cell.column_span > 1
                else ""
            )
            for cell in row
        ]
        for row in grid.rows()
    ]


def outline(blocks: tuple[Block, ...]) -> list[str]:
    """Blocks in reading order: words of prose, 'grid RxC' for grids."""
    return [
        f"grid {block.row_count}x{block.column_count}"
        if isinstance(block, Grid)
        else "/".join(line.text for line in block.lines)
        for block in blocks
    ]


def proses(blocks: tuple[Block, ...]) -> Iterator[Prose | Heading]:
    """All words, of grids' cells too, in reading order."""
    for block in blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                yield from proses(cell.blocks)
        else:
            yield block


def rules_of(name: str) -> list[str]:
    """The rules of the notices of a document."""
    return [notice.rule for notice in document(name).notices]
