"""Checks: relations that ought to hold inside a sheet, one small rule each.

A failing check never changes a value; it becomes a finding, published beside the value with both
quotes. A program that finds none has lost cells; every finding must stand up to reading the page.
"""

from __future__ import annotations

import hashlib

from keikaku.pipeline.checks import (
    arithmetic,
    between,
    flows,
    frame,
    parts,
    ranges,
    structure,
    tellings,
    words,
)
from keikaku.pipeline.checks.rule import Doubt, Rule
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.records import Finding, Narrative, Observation

FAMILIES = (arithmetic, flows, ranges, words, tellings, parts, frame, between, structure)
"""The modules that hold the rules, in the order of their letters."""
RULES: tuple[Rule, ...] = tuple(
    found for family in FAMILIES for found in vars(family).values() if isinstance(found, Rule)
)
"""Every rule, in the order in which findings are listed."""


def check_document(records: DocumentRecords) -> tuple[Finding, ...]:
    """Every contradiction and doubt of one document, in the order of the rules."""
    found = (
        doubt_to_finding(doubt, checked, records)
        for checked in RULES
        for doubt in checked.check(records)
    )
    return tuple({finding.finding_id: finding for finding in found}.values())


def doubt_to_finding(doubt: Doubt, checked: Rule, records: DocumentRecords) -> Finding:
    """The published row of a doubt; its id depends on the rule and the records alone."""
    observation_ids = tuple(o.observation_id for o in doubt.observations)
    narrative_ids = tuple(n.narrative_id for n in doubt.narratives)
    parts_of_id = (
        records.document.document_id,
        checked.slug,
        *sorted(observation_ids),
        *sorted(narrative_ids),
        doubt.found or "",
    )
    first: Observation | Narrative = (
        doubt.observations[0] if doubt.observations else doubt.narratives[0]
    )
    return Finding(
        finding_id=hashlib.sha256("\x1f".join(parts_of_id).encode()).hexdigest()[:32],
        document_id=records.document.document_id,
        municipality_code=records.document.municipality_code,
        rule=checked.slug,
        severity=doubt.severity or checked.severity,
        message=doubt.english,
        message_ja=doubt.japanese,
        observation_ids=observation_ids,
        narrative_ids=narrative_ids,
        expected=doubt.expected,
        found=doubt.found,
        page=first.page,
        raw=first.raw,
        bbox=first.bbox,
        char_start=first.char_start,
        char_end=first.char_end,
    )


__all__ = ["FAMILIES", "RULES", "Doubt", "Rule", "check_document"]
