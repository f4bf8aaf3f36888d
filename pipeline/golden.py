"""The golden text of a document: all its records, in page order, for a person to read by the page.

One line a figure, with its place and the end of its key first and its printed quote last; a
paragraph of prose has two, the second its text.
Headlines give plan, goal, section and item, so that the lines below need not repeat them::

    == disability_welfare 6 · 成果目標 1 施設入所者の地域生活への移行 (residential_to_community)
    -- actual · 地域生活移行者数
    @345-349#5e1f09aa 施設入所者数 | actual 2021 | 269 人 | "269人"

What is as nearly always (a value that is `reported`, `eq`, `printed`) is not written; every other
column is, by name, so no difference between two readings can hide. Software and schema version
alone are left out: a release changes no golden. Boxes are written to a tenth of a point.
"""

from __future__ import annotations

import dataclasses
import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.journey import read_document
from keikaku.pipeline.listing import place_text
from keikaku.pipeline.records import Finding, Narrative, Observation
from keikaku.pipeline.sidecar import read_source
from keikaku.pipeline.sources import find_sources

Row = Observation | Narrative | Finding

OMITTED = frozenset({"software_version", "schema_version"})
INHERITED = frozenset({"document_id", "municipality_code", "municipality", "prefecture"})
"""Columns that each row repeats from its document."""
GOAL = ("plan", "plan_term", "goal_number", "goal_title", "goal_id")
BOX = ("section", "item")
PLACE = ("page", "bbox", "char_start", "char_end")
KEYS = ("observation_id", "narrative_id", "finding_id")
USUAL = {
    "comparator": ("eq",),
    "status": ("reported",),
    "certainty": ("printed",),
    "provisional": (False,),
}
"""Values that go without saying, besides null and the empty list."""


class ForeignRow(ValueError):
    """A row names another document or municipality than the document it came with."""


def golden_text(records: DocumentRecords) -> str:
    """Everything that one document gave, as text; the same records give the same text."""
    lines = [f"# {records.document.source_name}"]
    lines += _named(records.document, omit=OMITTED | {"source_name"}, keep_usual=True)
    goal: tuple[object, ...] | None = None
    box: tuple[object, ...] | None = None
    for row in sorted(_rows(records), key=_page_order):
        if not isinstance(row, Finding):
            if _fields(row, GOAL) != goal:
                goal, box = _fields(row, GOAL), None
                lines += ["", _goal_line(row)]
            if _fields(row, BOX) != box:
                box = _fields(row, BOX)
                lines.append(_box_line(row))
        lines += _row_lines(row, records)
    return "\n".join(lines) + "\n"


def _rows(records: DocumentRecords) -> Iterator[Row]:
    rows: tuple[Row, ...] = (*records.observations, *records.narratives, *records.findings)
    for row in rows:
        _check_inherited(row, records)
        yield row


def _check_inherited(row: Row, records: DocumentRecords) -> None:
    """Inherited columns are written once, so they must really be the document's."""
    for name in INHERITED & {field.name for field in dataclasses.fields(row)}:
        if getattr(row, name) != getattr(records.document, name):
            raise ForeignRow(f"{_key(row)}: {name} is not its document's")


def _page_order(row: Row) -> tuple[float, ...]:
    """By page and box in a PDF, by offset in a text; a row without a place comes first.

    The sort is stable: what stands at one place stays in the order of the tables.
    """
    _, top, *_ = row.bbox or (0.0, 0.0)
    left = row.bbox[0] if row.bbox else 0.0
    return (row.page or 0, row.char_start or 0, top, left)


def _fields(row: object, names: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in names)


def _goal_line(row: Observation | Narrative) -> str:
    plan, term, number, title, goal_id = (_or_dash(part) for part in _fields(row, GOAL))
    return f"== {plan} {term} · 成果目標 {number} {title} ({goal_id})"


def _box_line(row: Observation | Narrative) -> str:
    return f"-- {row.section} · {_or_dash(row.item)}"


def _row_lines(row: Row, records: DocumentRecords) -> list[str]:
    match row:
        case Observation():
            return [_observation_line(row)]
        case Narrative():
            return _narrative_lines(row)
        case Finding():
            return _finding_lines(row, records)


def _observation_line(row: Observation) -> str:
    shown = ("indicator", "breakdown", "measure", "fiscal_year", "value", "unit", "raw")
    label = row.indicator if row.breakdown is None else f"{row.indicator} › {row.breakdown}"
    year = _or_dash(row.fiscal_year)
    figure = " ".join(_plain(part) for part in (row.value, row.unit) if part is not None) or "·"
    omit = {*shown, *GOAL, *BOX, *PLACE, *KEYS, *INHERITED}
    parts = [label, f"{row.measure} {year}", figure, *_named(row, omit=omit), _quoted(row.raw)]
    return f"{_place(row)} {' | '.join(parts)}"


def _narrative_lines(row: Narrative) -> list[str]:
    shown = {"section", "fiscal_year", "position", "text", "raw"}
    omit = {*shown, *GOAL, *BOX, *PLACE, *KEYS, *INHERITED}
    year = _or_dash(row.fiscal_year)
    parts = [f"{row.section} {year} ({row.position})", *_named(row, omit=omit), _quoted(row.raw)]
    return [f"{_place(row)} {' | '.join(parts)}", f"    = {_or_dash(row.text)}"]


def _finding_lines(row: Finding, records: DocumentRecords) -> list[str]:
    shown = {"rule", "severity", "message", "message_ja", "raw"}
    omit = {*shown, *PLACE, *KEYS, *INHERITED, "observation_ids", "narrative_ids"}
    places = {o.observation_id: _place(o) for o in records.observations}
    places |= {n.narrative_id: _place(n) for n in records.narratives}
    about = " ".join(places[key] for key in (*row.observation_ids, *row.narrative_ids))
    parts = [f"{row.severity} {row.rule}", *_named(row, omit=omit), _quoted(row.raw)]
    lines = [f"{_place(row)} ! {' | '.join(parts)}", f"    {row.message}", f"    {row.message_ja}"]
    return [*lines, f"    about {about}"] if about else lines


def _place(row: Row) -> str:
    place = place_text(row.char_start, row.char_end, row.page, row.bbox)
    return f"@{place}#{_key(row)[-8:]}"


def _named(row: object, *, omit: frozenset[str] | set[str], keep_usual: bool = False) -> list[str]:
    """``name=value`` of every column that is not shown elsewhere and not as usual."""
    return [
        f"{field.name}={_plain(value)}"
        for field in dataclasses.fields(row)  # type: ignore[arg-type]  # any record dataclass
        if field.name not in omit
        and (value := getattr(row, field.name)) is not None
        and value != ()
        and (keep_usual or value not in USUAL.get(field.name, ()))
    ]


def _or_dash(value: object) -> str:
    return "–" if value is None else _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(_plain(item) for item in value)
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    text = str(value)
    return text if text.isprintable() else json.dumps(text, ensure_ascii=False)


def _quoted(raw: str | None) -> str:
    """The quote in quotation marks, line breaks visible."""
    return "–" if raw is None else json.dumps(raw, ensure_ascii=False)


def _key(row: Row) -> str:
    match row:
        case Observation():
            return row.observation_id
        case Narrative():
            return row.narrative_id
        case Finding():
            return row.finding_id


@dataclass(frozen=True, slots=True)
class Comparison:
    """A golden file beside what the program gives now; `expected` or `actual` None: no such."""

    path: Path
    expected: str | None
    actual: str | None

    @property
    def is_equal(self) -> bool:
        return self.expected == self.actual

    def diff(self) -> str:
        """Unified: minus is what the golden says, plus is what the program gives now."""
        return "".join(
            difflib.unified_diff(
                (self.expected or "").splitlines(keepends=True),
                (self.actual or "").splitlines(keepends=True),
                f"golden  {self.path.as_posix()}" if self.expected is not None else "no golden",
                "program (now)" if self.actual is not None else "no document",
            )
        )


def golden_path(document: Path, samples: Path, golden: Path) -> Path:
    """Where the golden of a sample lies: the same folders, ``.golden`` after the file's name."""
    relative = document.relative_to(samples)
    return golden / relative.with_name(relative.name + ".golden")


def compare(texts: dict[Path, str], golden: Path) -> tuple[Comparison, ...]:
    """Each golden path with its two texts, orphans (a golden without its document) among them."""
    paths = sorted({*texts, *golden.rglob("*.golden")})
    return tuple(
        Comparison(
            path,
            path.read_text(encoding="utf-8") if path.is_file() else None,
            texts.get(path),
        )
        for path in paths
    )


def update(comparisons: tuple[Comparison, ...]) -> None:
    """Write what the program gives now; an orphan is removed."""
    for comparison in comparisons:
        if comparison.actual is None:
            comparison.path.unlink()
        elif not comparison.is_equal:
            comparison.path.parent.mkdir(parents=True, exist_ok=True)
            comparison.path.write_text(comparison.actual, encoding="utf-8", newline="\n")


def texts_of(samples: Path, golden: Path) -> dict[Path, str]:
    """The golden path of every document under `samples`, with what the program gives now."""
    if not samples.is_dir():
        hint = "call this from the project's folder, or give --samples DIR"
        raise UsageError(f"no folder of samples: {samples}", hint=hint)
    paths = [Path(file.location) for file in find_sources([str(samples)]).files]
    return {
        golden_path(path, samples.resolve(), golden): golden_text(read_document(read_source(path)))
        for path in paths
    }
