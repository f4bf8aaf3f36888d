"""Readers for batch tests: text files of orders in place of real sheets.

Each line of a file is an order: `rows 3` gives three observations, `prose 2` two narratives,
`doubt 1` one finding; `refuse`, `defect`, `hang`, `die`, `abort` and `eat` misbehave.
"""

from __future__ import annotations

import hashlib
import os
import time

from keikaku.pipeline.columns import SCHEMA_VERSION
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.errors import NoSheet
from keikaku.pipeline.journey import Source
from keikaku.pipeline.records import Finding, Narrative, Observation, SourceDocument


def read_orders(source: Source) -> DocumentRecords:
    """Do what the file says."""
    document_id = hashlib.sha256(source.data).hexdigest()
    counts = {"rows": 0, "prose": 0, "doubt": 0}
    for line in source.data.decode("utf-8", "replace").splitlines():
        order, _, number = line.partition(" ")
        if order in counts:
            counts[order] += int(number)
        elif order in _MISDEEDS:
            _MISDEEDS[order]()
    code = source.declaration.municipality_code
    return DocumentRecords(
        document=_document(source, document_id, code, counts),
        observations=tuple(_observation(document_id, code, n) for n in range(counts["rows"])),
        narratives=tuple(_narrative(document_id, code, n) for n in range(counts["prose"])),
        findings=tuple(_finding(document_id, code, n) for n in range(counts["doubt"])),
    )


def _refuse() -> None:
    raise NoSheet("no table and no goal", hint="check the file")


def _defect() -> None:
    raise ValueError("a defect of the reader")


def _eat() -> None:
    bytearray(8 << 30)


_MISDEEDS = {
    "refuse": _refuse,
    "defect": _defect,
    "hang": lambda: time.sleep(600),
    "nap": lambda: time.sleep(0.05),
    "die": lambda: os._exit(9),
    "abort": os.abort,
    "eat": _eat,
}


def _document(
    source: Source, document_id: str, code: str | None, counts: dict[str, int]
) -> SourceDocument:
    return SourceDocument(
        document_id=document_id,
        source_name=source.name,
        source_uri=source.declaration.source_uri,
        media_type="text/plain",
        byte_size=len(source.data),
        page_count=None,
        municipality_code=code,
        municipality=None,
        prefecture=None,
        municipality_basis="declared" if code else None,
        title="報告書",
        plans=("disability_welfare",),
        plan_terms=("disability_welfare:6",),
        first_fiscal_year=2021,
        last_fiscal_year=2023,
        reported_through=None,
        extractor="orders",
        software_version="0",
        schema_version=SCHEMA_VERSION,
        observation_count=counts["rows"],
        narrative_count=counts["prose"],
        finding_count=counts["doubt"],
        status="ingested",
        error_class=None,
        error_message=None,
    )


def _observation(document_id: str, code: str | None, n: int) -> Observation:
    return Observation(
        observation_id=f"{document_id[:16]}-o{n}",
        document_id=document_id,
        municipality_code=code,
        municipality=None,
        prefecture=None,
        plan="disability_welfare",
        plan_term=6,
        goal_number=1 + n % 7,
        goal_title="施設入所者の地域生活への移行",
        goal_id=None,
        section="activity",
        item=None,
        indicator=f"指標{n % 40}",
        indicator_id=None,
        breakdown=None,
        measure="actual",
        series=None,
        fiscal_year=2021 + n % 3,
        as_of=None,
        value=float(int(document_id[:4], 16) + n),
        unit="人",
        comparator="eq",
        status="reported",
        text=None,
        aggregation=None,
        provisional=False,
        raw=f"{int(document_id[:4], 16) + n}人",
        page=1,
        bbox=(1.0, 2.0, 3.0, 4.5),
        char_start=n,
        char_end=n + 3,
        certainty="printed",
        flags=("year_inferred",) if n % 5 == 0 else (),
        value_high=None,
    )


def _narrative(document_id: str, code: str | None, n: int) -> Narrative:
    return Narrative(
        narrative_id=f"{document_id[:16]}-n{n}",
        document_id=document_id,
        municipality_code=code,
        municipality=None,
        prefecture=None,
        plan="disability_welfare",
        plan_term=6,
        goal_number=1,
        goal_title=None,
        goal_id=None,
        item=None,
        fiscal_year=None,
        section="evaluation",
        position=n + 1,
        text=f"評価の文{n}。",
        status="qualitative",
        raw=f"・評価の文{n}。",
        page=None,
        bbox=None,
        char_start=n,
        char_end=n + 1,
    )


def _finding(document_id: str, code: str | None, n: int) -> Finding:
    return Finding(
        finding_id=f"{document_id[:16]}-f{n}",
        document_id=document_id,
        municipality_code=code,
        rule="short_row",
        severity="warning",
        message="A row is short.",
        message_ja="行が短い。",
        observation_ids=(f"{document_id[:16]}-o0",),
        narrative_ids=(),
        expected="3",
        found="2",
        page=None,
        raw=None,
        bbox=None,
        char_start=None,
        char_end=None,
    )
