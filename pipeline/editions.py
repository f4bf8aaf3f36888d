"""Editions: one sheet published again, later, corrected, or in another format.

Both editions stay. They are known as one sheet by municipality, plan, term and goal; the view
`editions` (pipeline.query) numbers them, the latest first: by the last year reported, then the
latest date, then the number of figures, then the one that has pages. What changed is found figure by figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keikaku.normalizers.registry import fold_label
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.records import Observation
from keikaku.pipeline.store.rows import table_to_records

if TYPE_CHECKING:
    from keikaku.pipeline.query import Tables

SHORTEST_ID = 4


@dataclass(frozen=True, slots=True)
class Change:
    """One figure in two editions. `kind` is changed, added (only in the second) or removed."""

    kind: str
    goal: str | None
    section: str
    indicator: str
    breakdown: str | None
    measure: str
    series: str | None
    fiscal_year: int | None
    before: str | None
    after: str | None
    as_of_before: str | None
    as_of_after: str | None
    place_before: str | None
    place_after: str | None


@dataclass(frozen=True, slots=True)
class _Cell:
    """What makes two printed figures the same cell of the sheet."""

    plan: str | None
    plan_term: int | None
    goal: str | None
    section: str
    item: str
    label: str
    breakdown: str
    measure: str
    series: str
    fiscal_year: int | None
    indicator_id: str | None
    count: int


def find_document(tables: Tables, name: str) -> str:
    """The document id that a name stands for: an id, the beginning of one, or a source name."""
    found = tables.connection.execute(
        "select document_id, source_name from documents "
        "where source_name = $name or (length($name) >= $least and starts_with(document_id, $name)) "
        "order by all",
        {"name": name, "least": SHORTEST_ID},
    ).fetchall()
    if len(found) == 1:
        return str(found[0][0])
    if found:
        ids = ", ".join(f"{row[0][:12]} ({row[1]})" for row in found[:5])
        raise UsageError(f"{name!r} names {len(found)} documents", hint=f"give an id: {ids}")
    raise UsageError(
        f"no document {name!r} in {tables.folder}",
        hint='list them with: keikaku sql "select document_id, source_name from documents"',
    )


def city_of(tables: Tables, document_id: str) -> str | None:
    """Prefecture and name of the municipality of a document; None where it is unknown."""
    found = tables.connection.execute(
        "select prefecture || municipality from documents where document_id = $id",
        {"id": document_id},
    ).fetchall()
    return found[0][0] if found else None


def read_observations(tables: Tables, document_id: str) -> tuple[Observation, ...]:
    """The observations of one document as records, in page order, as its file holds them."""
    table = tables.connection.sql(
        "select * from observations where document_id = $id",
        params={"id": document_id},
    ).to_arrow_table()
    return table_to_records(Observation, table)


def changes(before: Iterable[Observation], after: Iterable[Observation]) -> tuple[Change, ...]:
    """What differs between two editions: changed figures first, then added, then removed."""
    old, new = _cells(before), _cells(after)
    found = [
        _change("changed", *pair) for pair in _pairs(old, new) if _says(pair[0]) != _says(pair[1])
    ]
    found += [_change("added", None, new[cell]) for cell in new if cell not in old]
    found += [_change("removed", old[cell], None) for cell in old if cell not in new]
    return tuple(found)


def pairs_of_cells(
    before: Iterable[Observation], after: Iterable[Observation]
) -> Iterator[tuple[Observation, Observation]]:
    """Each figure that two editions print in the same cell, in the order of the first."""
    return _pairs(_cells(before), _cells(after))


def _pairs(
    old: dict[_Cell, Observation], new: dict[_Cell, Observation]
) -> Iterator[tuple[Observation, Observation]]:
    return ((old[cell], new[cell]) for cell in old if cell in new)


def _cells(observations: Iterable[Observation]) -> dict[_Cell, Observation]:
    """Two figures of one cell differ by indicator (4人 and 5.6%); a repeated row is counted."""
    found: dict[_Cell, Observation] = {}
    for observation in observations:
        count = 0
        while (cell := _cell_of(observation, count)) in found:
            count += 1
        found[cell] = observation
    return found


def _cell_of(o: Observation, count: int) -> _Cell:
    return _Cell(
        o.plan, o.plan_term, o.goal_id or fold_label(o.goal_title or ""), o.section,
        fold_label(o.item or ""), fold_label(o.indicator), fold_label(o.breakdown or ""), o.measure,
        fold_label(o.series or ""), o.fiscal_year, o.indicator_id, count,
    )  # fmt: skip


def _says(o: Observation) -> tuple[object, ...]:
    return (o.status, o.value, o.comparator, fold_label(o.text or ""))


def _change(kind: str, old: Observation | None, new: Observation | None) -> Change:
    either = new if new is not None else old
    if either is None:
        raise ValueError("a change has at least one side")
    return Change(
        kind, either.goal_id or either.goal_title, either.section, either.indicator,
        either.breakdown, either.measure, either.series, either.fiscal_year,
        _printed(old), _printed(new), _date(old), _date(new), _place(old), _place(new),
    )  # fmt: skip


def _printed(o: Observation | None) -> str | None:
    return None if o is None else " ".join(o.raw.split())


def _date(o: Observation | None) -> str | None:
    return o.as_of.isoformat() if o is not None and o.as_of else None


def _place(o: Observation | None) -> str | None:
    if o is None:
        return None
    return f"p. {o.page}" if o.page is not None else f"chars {o.char_start}-{o.char_end}"
