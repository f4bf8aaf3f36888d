"""The contradictions that careful readers typed from the page, against those that the rules find.

`tests/truth/<municipality>/findings.tsv` holds what people found. Every typed error and warning is
to be found, and no error may be reported that nobody typed.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from keikaku.pipeline.checks import RULES, check_document
from keikaku.pipeline.journey import Source, read_document
from keikaku.pipeline.records import Finding

ROOT = Path(__file__).parents[3]
FAMILY = {rule.slug: rule.family for rule in RULES}
SHEETS = sorted(path for path in (ROOT / "samples").glob("*/*") if path.suffix in {".txt", ".pdf"})
READER_FAMILIES = {"E", "slip"}
"""What the reader notices while it reads, and slips of the pen."""
STRUCTURE, UNMAPPED = "E", "D0"
"""What the source text lost, and a label without an indicator, are no contradictions."""


def typed(folder: str, *severities: str) -> list[dict[str, str]]:
    with (ROOT / "tests/truth" / folder / "findings.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        row for row in rows
        if row["severity"] in severities and row["rule_family"] not in READER_FAMILIES
    ]  # fmt: skip


@cache
def read(path: Path) -> tuple[dict[str, tuple[int | None, int | None]], tuple[Finding, ...]]:
    """Goal and year of each record, and the findings."""
    records = read_document(Source(path.name, path.read_bytes()))
    places = {o.observation_id: (o.goal_number, o.fiscal_year) for o in records.observations}
    places |= {n.narrative_id: (n.goal_number, n.fiscal_year) for n in records.narratives}
    return places, check_document(records)


def answers(
    row: dict[str, str], finding: Finding, places: dict[str, tuple[int | None, int | None]]
) -> bool:
    concerned = [places[i] for i in (*finding.observation_ids, *finding.narrative_ids)]
    return (
        FAMILY[finding.rule] == row["rule_family"]
        and int(row["goal_number"]) in {goal for goal, _ in concerned}
        and (not row["fiscal_year"] or int(row["fiscal_year"]) in {year for _, year in concerned})
    )


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_typed_contradiction_is_found(path: Path) -> None:
    places, findings = read(path)
    missed = [
        row["explanation"]
        for row in typed(path.parent.name, "error", "warning")
        if not any(answers(row, finding, places) for finding in findings)
    ]
    assert missed == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
@pytest.mark.parametrize("severity", ["error", "warning", "info"])
def test_nothing_is_reported_that_nobody_typed(path: Path, severity: str) -> None:
    places, findings = read(path)
    graver = ("error", "warning", "info")
    rows = typed(path.parent.name, *graver[: graver.index(severity) + 1])
    unproven = [
        finding.message
        for finding in findings
        if finding.severity == severity
        and FAMILY[finding.rule][0] != STRUCTURE
        and FAMILY[finding.rule] != UNMAPPED
        and not any(answers(row, finding, places) for row in rows)
    ]
    assert unproven == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_finding_quotes_the_page(path: Path) -> None:
    _, findings = read(path)
    assert findings
    for finding in findings:
        assert finding.page is not None or finding.char_start is not None
        assert finding.raw is not None
        assert finding.message != finding.message_ja
