"""The echo of a nested table: OCR editions print a table twice, nested and flattened beside it.

A row of a tab table holds a cell with HTML tables in it, and the same words once more as plain
cells: behind it in the same row, and again as rows below. Counting them would double every figure,
so cells that repeat the nested tables word for word, in order, are set aside (`Grid.echoes`).
A row of which one word differs is no echo and stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from keikaku.extractors.document import Cell, Grid
from keikaku.extractors.grids import PrintedCell
from keikaku.normalizers.folding import fold


def split_echoes(
    rows: Sequence[Sequence[PrintedCell]],
) -> tuple[list[list[PrintedCell]], list[PrintedCell]]:
    """Rows without their echoes (a row that was all echo is gone), and the echoes."""
    kept_rows: list[list[PrintedCell]] = []
    echoes: list[PrintedCell] = []
    nested: list[str] = []
    below = 0
    for row in rows:
        kept: list[PrintedCell] = []
        words = [fold(_text(cell)) for cell in row]
        place = _find_run([word for word in words if word], nested, below) if nested else None
        if place is not None:
            echoes.extend(row)
            below = place
            continue
        for number, cell in enumerate(row):
            tables = [block for block in cell.blocks if isinstance(block, Grid)]
            if tables:
                kept.append(cell)
                nested, below = _words_of(tables), 0
                behind = [word for word in words[number + 1 :] if word]
                if behind and _find_run(behind, nested, 0) is not None:
                    echoes.extend(row[number + 1 :])
                    break
            else:
                kept.append(cell)
        kept_rows.append(kept)
    return kept_rows, echoes


def _find_run(words: Sequence[str], nested: Sequence[str], start: int) -> int | None:
    """Where `nested` goes on after `words`, which must stand in it in a row from `start` on."""
    if not words:
        return None
    for place in range(start, len(nested) - len(words) + 1):
        if nested[place] == words[0] and list(nested[place : place + len(words)]) == list(words):
            return place + len(words)
    return None


def _words_of(tables: Sequence[Grid]) -> list[str]:
    return [word for table in tables for cell in table.cells if (word := fold(cell.text))]


def _text(cell: PrintedCell) -> str:
    return Cell(0, 0, 1, 1, cell.blocks, cell.span).text
