"""Truth tables: what a careful reader typed from the page, and how records are held against it.

``tests/truth/<folder>/<name>.observations.tsv`` and ``.narratives.tsv`` belong to the document
``samples/<folder>/<name>.*`` that is a text; ``<pdf name>.pdf-only.*.tsv`` says what its PDF edition
prints otherwise: a first column `change` holds added, removed or changed. A row that is `changed`
takes the place of the row that agrees with it in all that places a figure. Rows are typed in page
order and the records must come in the same order. Line breaks and blanks of `raw` do not count
here: the goldens hold them.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from keikaku.pipeline.records import Narrative, Observation

Row = tuple[str, ...]

OBSERVATION_COLUMNS = (
    "plan",
    "plan_term",
    "goal_number",
    "goal_id",
    "section",
    "item",
    "indicator",
    "indicator_id",
    "breakdown",
    "measure",
    "series",
    "fiscal_year",
    "as_of",
    "value",
    "unit",
    "comparator",
    "status",
    "text",
    "raw",
    "certainty",
)
NARRATIVE_COLUMNS = (
    "plan",
    "plan_term",
    "goal_number",
    "item",
    "section",
    "fiscal_year",
    "position",
    "status",
    "head",
    "tail",
)
PLACING = frozenset(
    {"plan", "plan_term", "goal_number", "section", "item", "indicator", "breakdown", "measure"}
    | {"series", "fiscal_year", "position"}
)
"""Columns by which a changed row of the PDF edition finds the row it stands for."""
HEAD, TAIL = 12, 8
"""Characters of a paragraph's beginning and end that a reader types."""


@dataclass(frozen=True, slots=True)
class TruthTable:
    """Typed rows of one table of one document, in page order."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path, columns: tuple[str, ...]) -> TruthTable:
    """One typed table; columns beyond those compared (note) are for the reader."""
    rows = (_normal_row(columns, typed) for typed in read_rows(path))
    return TruthTable(columns, tuple(rows))


def read_edition(base: TruthTable, changes: Path) -> TruthTable:
    """The PDF edition's table: the text edition's with the typed changes applied."""
    rows = list(base.rows)
    for typed in read_rows(changes):
        row = _normal_row(base.columns, typed)
        match typed["change"]:
            case "added":
                rows.append(row)
            case "removed":
                rows.remove(row)
            case "changed":
                rows[_standing_for(row, rows, base.columns)] = row
            case other:
                raise ValueError(f"{changes.name}: change is {other!r}")
    return TruthTable(base.columns, tuple(rows))


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a TSV file by column name; quotation marks are characters like any other."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    ragged = [n for n, row in enumerate(rows, start=2) if None in row or None in row.values()]
    if ragged:
        raise ValueError(f"{path.name}: lines {ragged} have more or fewer cells than the head")
    return rows


def observation_row(record: Observation) -> Row:
    """A record in the form of a typed row."""
    return tuple(_normal(name, getattr(record, name)) for name in OBSERVATION_COLUMNS)


def narrative_row(record: Narrative) -> Row:
    """A record in the form of a typed row; of its text only head and tail."""
    text = _squeezed(record.text or "")
    ends = {"head": text[:HEAD], "tail": text[-TAIL:]}
    return tuple(
        ends[name] if name in ends else _normal(name, getattr(record, name))
        for name in NARRATIVE_COLUMNS
    )


def differences(truth: TruthTable, rows: Iterable[Row], *, ordered: bool = True) -> str:
    """What is missed, invented, wrong or out of order, for a person to read; "" when nothing."""
    expected, found = list(truth.rows), list(rows)
    missed = list((Counter(expected) - Counter(found)).elements())
    too_much = list((Counter(found) - Counter(expected)).elements())
    said = _replaced(truth.columns, missed, too_much)
    if ordered and not said:
        pairs = zip(expected, found, strict=True)
        said = [f"out of order: {_shown(read)}" for typed, read in pairs if typed != read][:1]
    return "\n".join(said)


def _replaced(columns: tuple[str, ...], expected: list[Row], found: list[Row]) -> list[str]:
    """Pairs alike in place are told by what differs; the rest is missed or too much."""
    said, left = [], list(found)
    for row in expected:
        twin = max(left, key=lambda other: _likeness(row, other), default=None)
        if twin is None or _likeness(row, twin) < len(columns) * 0.6:
            said.append(f"missed: {_shown(row)}")
            continue
        left.remove(twin)
        wrong = [
            f"{name}: page {typed!r}, program {read!r}"
            for name, typed, read in zip(columns, row, twin, strict=True)
            if typed != read
        ]
        said.append(f"wrong: {'; '.join(wrong)} in: {_shown(row)}")
    return said + [f"too much: {_shown(row)}" for row in left]


def _likeness(one: Row, other: Row) -> int:
    return sum(a == b for a, b in zip(one, other, strict=True))


def _shown(row: Row) -> str:
    return " | ".join(cell for cell in row if cell)


def _standing_for(row: Row, rows: list[Row], columns: tuple[str, ...]) -> int:
    def placing(other: Row) -> Row:
        cells = zip(columns, other, strict=True)
        return tuple(cell for name, cell in cells if name in PLACING)

    found = [n for n, other in enumerate(rows) if placing(other) == placing(row)]
    if len(found) != 1:
        raise ValueError(f"{len(found)} rows of the text edition stand where this one does: {row}")
    return found[0]


def _normal_row(columns: tuple[str, ...], typed: dict[str, str]) -> Row:
    return tuple(_normal(name, typed[name]) for name in columns)


def _normal(name: str, cell: object) -> str:
    normal: Callable[[str], str] = _NORMAL.get(name, str.strip)
    return "" if cell is None else normal(str(cell))


def _number(cell: str) -> str:
    return "" if not cell.strip() else repr(float(cell))


def _squeezed(cell: str) -> str:
    return "".join(cell.split())


def _folded(cell: str) -> str:
    return _squeezed(unicodedata.normalize("NFKC", cell))


_NORMAL: dict[str, Callable[[str], str]] = {
    "value": _number,
    "raw": _squeezed,
    "text": _squeezed,
    "goal_title": _folded,
    "head": lambda cell: _squeezed(cell)[:HEAD],
    "tail": lambda cell: _squeezed(cell)[-TAIL:],
}
