"""How well is a sheet of a layout never seen before read? Records against what a person typed.

Beside each document of this folder stands ``<name>.truth.tsv``: one row a printed figure or
reported status (実績 12人, ―, 設置 …), typed by its author. A published record answers a truth row
when both stand at the same place of the text and say the same: value (or words), fiscal year,
measure, unit and indicator with its breakdown. README.md in this folder says what each column
holds, what ``|`` and ``?`` mean in it, and which rows a reader must refuse.

    python tests/layouts/score.py            one line a family
    python tests/layouts/score.py A D_02     one line a document, and every difference
"""

from __future__ import annotations

import csv
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from keikaku.pipeline.records import Finding, Observation

HERE = Path(__file__).parent
NOT_JUDGED = "?"
NOTHING = "~"
FIGURE = "reported"
UNREPORTED = ("not_reported", "not_applicable")


@dataclass(frozen=True, slots=True)
class TruthRow:
    """One line of a truth file; every column as typed, `raw` with its line breaks restored."""

    plan: str
    plan_term: str
    goal_number: str
    goal_id: str
    section: str
    item: str
    indicator: str
    breakdown: str
    measure: str
    series: str
    fiscal_year: str
    value: str
    unit: str
    comparator: str
    status: str
    text: str
    raw: str
    refuse: str
    note: str
    aliases: str
    char_start: int

    @property
    def char_end(self) -> int:
        return self.char_start + len(self.raw)


@dataclass(frozen=True, slots=True)
class Detail:
    """One difference: `kind` is unread, wrong, incomplete (a record that leaves out the unit or the
    year), or differs (a column beside the figure itself).
    """

    kind: str
    why: str
    truth: TruthRow | None = None
    observation: Observation | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How one document, or several added up, was read.

    `figures` are the rows that a careful reader publishes; `read` of them were published rightly,
    `refused` were not, `explained` of the refused stand under a finding and `incomplete` of them
    were published without their unit or year, but not against the page. `traps` are the damaged or ambiguous strings that must not be published. `silently_wrong` counts records that
    contradict the page: another value, year, measure, unit or indicator at a figure's place, a
    figure out of prose, a trap taken for a figure, or one figure published twice. `differing`
    counts columns of rightly read figures (comparator, goal …) that are not as typed.
    """

    figures: int = 0
    read: int = 0
    refused: int = 0
    explained: int = 0
    incomplete: int = 0
    traps: int = 0
    silently_wrong: int = 0
    differing: int = 0
    details: tuple[Detail, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(
            figures=self.figures + other.figures,
            read=self.read + other.read,
            refused=self.refused + other.refused,
            explained=self.explained + other.explained,
            incomplete=self.incomplete + other.incomplete,
            traps=self.traps + other.traps,
            silently_wrong=self.silently_wrong + other.silently_wrong,
            differing=self.differing + other.differing,
            details=self.details + other.details,
        )

    @property
    def share(self) -> float:
        """Read figures in a hundred; a document of traps alone is read whole."""
        return 100.0 * self.read / self.figures if self.figures else 100.0


def documents(folder: Path = HERE) -> tuple[Path, ...]:
    """The layout documents: every file that has a truth file beside it, by name."""
    truths = sorted(folder.glob("*.truth.tsv"))
    return tuple(_document_of(truth) for truth in truths)


def _document_of(truth: Path) -> Path:
    name = truth.name.removesuffix(".truth.tsv")
    (document,) = (
        truth.parent / f"{name}{suffix}"
        for suffix in (".txt", ".md", ".html")
        if (truth.parent / f"{name}{suffix}").exists()
    )
    return document


def truth_of(document: Path) -> Path:
    """The truth file of a document."""
    return document.with_name(f"{document.stem}.truth.tsv")


def read_truth(path: Path) -> tuple[TruthRow, ...]:
    """The rows of one truth file, in the order of the page."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        return tuple(_truth_row(row) for row in reader)


def _truth_row(row: dict[str, str]) -> TruthRow:
    raw = row["raw"].replace("\\n", "\n")
    return TruthRow(**{**row, "raw": raw, "char_start": int(row["char_start"])})  # type: ignore[arg-type]


def family_of(document: Path) -> str:
    """The layout family that a document's name opens with: 0, A … L."""
    return document.name.split("_", 1)[0]


def score(
    observations: Iterable[Observation],
    truth_rows: Sequence[TruthRow],
    findings: Iterable[Finding] = (),
) -> Score:
    """Hold published records against the truth of their document."""
    records = tuple(observations)
    answers = _answers(records, truth_rows)
    required = [row for row in truth_rows if row.refuse == ""]
    unread = [row for row in required if row not in answers]
    unbacked = tuple(_unbacked(records, truth_rows, answers))
    differing = tuple(_differences(answers))
    doubts = tuple(findings)
    return Score(
        figures=len(required),
        read=len(required) - len(unread),
        refused=len(unread),
        explained=sum(any(_finding_covers(doubt, row) for doubt in doubts) for row in unread),
        traps=sum(row.refuse == "yes" for row in truth_rows),
        incomplete=sum(detail.kind == "incomplete" for detail in unbacked),
        silently_wrong=sum(detail.kind == "wrong" for detail in unbacked),
        differing=len(differing),
        details=(
            *unbacked,
            *(Detail("unread", "no record", truth=row) for row in unread),
            *differing,
        ),
    )


def _answers(
    records: Sequence[Observation], truth_rows: Sequence[TruthRow]
) -> dict[TruthRow, Observation]:
    """Each truth row with the one record that says the same at its place."""
    answers: dict[TruthRow, Observation] = {}
    free = list(records)
    for row in truth_rows:
        if row.refuse == "yes":
            continue
        fitting = [record for record in free if _at_same_place(record, row) and _says(record, row)]
        if fitting:
            best = min(fitting, key=lambda record: abs((record.char_start or 0) - row.char_start))
            answers[row] = best
            free = [record for record in free if record is not best]
    return answers


def _unbacked(
    records: Sequence[Observation],
    truth_rows: Sequence[TruthRow],
    answers: dict[TruthRow, Observation],
) -> Iterable[Detail]:
    """The records that no truth row backs and that state something about a figure."""
    answering = {id(record) for record in answers.values()}
    for record in records:
        if id(record) in answering:
            continue
        there = [row for row in truth_rows if _at_same_place(record, row)]
        halfway = _left_halfway(record, [row for row in there if row not in answers])
        why = _contradiction(record, there)
        if halfway is not None:
            yield Detail("incomplete", "without its unit or its year", halfway, record)
        elif why is not None:
            yield Detail("wrong", why, there[0] if there else None, record)


def _left_halfway(record: Observation, unread: Sequence[TruthRow]) -> TruthRow | None:
    """The unread figure that a record states rightly but for a missing unit or year."""
    for row in unread:
        left_out = {
            name
            for name, found, _ in _differing_columns(record, row)
            if found is None and name in ("unit", "fiscal_year")
        }
        if row.refuse == "" and len(left_out) == len(_disagreements(record, row)):
            return row
    return None


def _contradiction(record: Observation, there: Sequence[TruthRow]) -> str | None:
    """Why a record that answers no truth row is wrong; None when it states no figure."""
    if record.status in UNREPORTED:
        figures = [row for row in there if row.status == FIGURE and row.refuse == ""]
        return "a printed figure published as not reported" if figures else None
    if record.status != FIGURE:
        return None
    if not there:
        return "no figure of the page stands here"
    if any(row.refuse == "yes" for row in there):
        return "a damaged or ambiguous figure published"
    if any(_says(record, row) for row in there):
        return "published twice"
    return "; ".join(_disagreements(record, _nearest(record, there)))


def _nearest(record: Observation, there: Sequence[TruthRow]) -> TruthRow:
    """The truth row that a wrong record comes closest to."""
    return min(there, key=lambda row: len(_disagreements(record, row)))


def _at_same_place(record: Observation, row: TruthRow) -> bool:
    """Do quote and truth overlap in the text? Without offsets the printed quote decides."""
    if record.char_start is None or record.char_end is None:
        return _fold(row.raw) in _fold(record.raw)
    return record.char_start < row.char_end and row.char_start < record.char_end


def _says(record: Observation, row: TruthRow) -> bool:
    return not _disagreements(record, row)


def _disagreements(record: Observation, row: TruthRow) -> tuple[str, ...]:
    """Which of the columns that make a figure are not as typed, each with both sides."""
    differing = [
        f"{name} {found!r} for {typed!r}" for name, found, typed in _differing_columns(record, row)
    ]
    if not _same_indicator(record, row):
        found = f"{record.indicator!r}/{record.breakdown!r}"
        differing.append(f"indicator {found} for {row.indicator!r}/{row.breakdown!r}")
    return tuple(differing)


def _differing_columns(record: Observation, row: TruthRow) -> list[tuple[str, object, str]]:
    """Name, published and typed content of each column that differs, indicator apart."""
    checks: tuple[tuple[str, object, str], ...] = (
        ("status", record.status, row.status),
        ("value", _number(record.value), "|".join(map(_typed_number, row.value.split("|")))),
        ("text", record.text if row.status == "qualitative" else None, _words(row)),
        ("fiscal_year", record.fiscal_year, row.fiscal_year),
        ("measure", record.measure, row.measure),
        ("unit", record.unit, row.unit if row.status == FIGURE else NOT_JUDGED),
    )
    return [check for check in checks if not _is_one_of(check[1], check[2])]


def _words(row: TruthRow) -> str:
    return row.text if row.status == "qualitative" else NOT_JUDGED


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:g}" if abs(value) < 1e5 else f"{value:.10g}"


def _typed_number(typed: str) -> str:
    number = _number(float(typed)) if typed else None
    return number or ""


def _is_one_of(found: object, typed: str) -> bool:
    """Does a column hold what was typed: one of the ``a|b``, nothing for '', anything for '?'."""
    if typed == NOT_JUDGED:
        return True
    wanted = {"" if choice == NOTHING else _fold(choice) for choice in typed.split("|")}
    return _fold("" if found is None else str(found)) in wanted


def _same_indicator(record: Observation, row: TruthRow) -> bool:
    """Row label and second-level label, as typed or in one of the typed aliases."""
    if _is_one_of(record.indicator, row.indicator) and _is_one_of(record.breakdown, row.breakdown):
        return True
    return any(_is_alias(record, alias) for alias in row.aliases.split("|") if alias)


def _is_alias(record: Observation, alias: str) -> bool:
    indicator, _, breakdown = alias.partition(">")
    return _is_one_of(record.indicator, indicator) and _is_one_of(record.breakdown, breakdown)


def _fold(words: str) -> str:
    """NFKC without white space: full-width and half-width print of a label are one."""
    return "".join(unicodedata.normalize("NFKC", words).split())


def _differences(answers: dict[TruthRow, Observation]) -> Iterable[Detail]:
    """Columns beside the figure itself that are not as typed; an empty truth column is silent."""
    for row, record in answers.items():
        for name in ("comparator", "plan", "plan_term", "goal_id"):
            typed = getattr(row, name)
            found = getattr(record, name)
            if typed and not _is_one_of(found, typed):
                yield Detail("differs", f"{name} {found!r} for {typed!r}", row, record)


def _finding_covers(finding: Finding, row: TruthRow) -> bool:
    if finding.char_start is None or finding.char_end is None:
        return finding.raw is not None and _fold(row.raw) in _fold(finding.raw)
    return finding.char_start < row.char_end and row.char_start < finding.char_end


def score_document(document: Path) -> Score:
    """Read a layout document as any user would, and score it."""
    from keikaku.pipeline.errors import DocumentError
    from keikaku.pipeline.journey import Source, read_document

    try:
        records = read_document(Source(document.name, document.read_bytes()))
    except DocumentError as error:
        return score((), read_truth(truth_of(document)), error.findings)
    return score(records.observations, read_truth(truth_of(document)), records.findings)


def table(scores: Iterable[tuple[str, Score]]) -> str:
    """The scores as the Markdown table that the docs print."""
    head = (
        "| | figures | read | % | refused | with a reason | incomplete | traps | wrong |\n"
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    )
    return "\n".join([head, *(_line(name, result) for name, result in scores)])


def _line(name: str, result: Score) -> str:
    return (
        f"| {name} | {result.figures} | {result.read} | {result.share:.1f} | {result.refused}"
        f" | {result.explained} | {result.incomplete} | {result.traps} | {result.silently_wrong} |"
    )


def by_family(scores: Iterable[tuple[Path, Score]]) -> dict[str, Score]:
    """Added up by layout family, with all families at the end."""
    sums: dict[str, Score] = {}
    for document, result in scores:
        family = family_of(document)
        sums[family] = sums.get(family, Score()) + result
    return {**sums, "all": sum(sums.values(), Score())}


def describe(detail: Detail) -> str:
    """One difference in a line: the quote, what was typed, and what is said of it."""
    place = (
        detail.truth.char_start if detail.truth else getattr(detail.observation, "char_start", 0)
    )
    raw = detail.truth.raw if detail.truth else getattr(detail.observation, "raw", "")
    label = detail.truth.indicator if detail.truth else getattr(detail.observation, "indicator", "")
    return f"  {detail.kind:8}{place:>6} {label} {raw!r}: {detail.why}"


def main(chosen: Sequence[str]) -> None:
    """Print the table; with names or families given, each document and its differences."""
    picked = [d for d in documents() if not chosen or d.name.startswith(tuple(chosen))]
    scores = [(document, score_document(document)) for document in picked]
    if chosen:
        for document, result in scores:
            print(document.name, *map(describe, result.details), sep="\n")
        print(table((document.stem, result) for document, result in scores))
    print(table(by_family(scores).items()))


if __name__ == "__main__":
    main(sys.argv[1:])
