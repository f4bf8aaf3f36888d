"""A rule: one relation that ought to hold inside a sheet, with its name, family and severity.

A rule reads records, never cells, and yields a Doubt wherever the printed figures or words
contradict each other. A relation that cannot be tested (a part is missing) yields nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from keikaku.normalizers.quickly_made import quickly_made
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.records import Narrative, Observation


@quickly_made
@dataclass(frozen=True, slots=True)
class Doubt:
    """What a rule found: the records concerned (the first is where the finding points), one
    sentence in each language with the quotes, and what was expected and found."""

    observations: tuple[Observation, ...]
    narratives: tuple[Narrative, ...]
    english: str
    japanese: str
    expected: str | None = None
    found: str | None = None
    severity: str | None = None
    """Where it differs from the rule's own: a differing basis is a warning, not an error."""


Check = Callable[[DocumentRecords], Iterator[Doubt]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`family` is the letter and number of the relation: A arithmetic, B figures against words,
    C parts of one document, D national frame, E structure."""

    slug: str
    family: str
    severity: str
    check: Check
    summary: str


def rule(slug: str, *, family: str, severity: str) -> Callable[[Check], Rule]:
    """Make a check a Rule of its module; the first line of its docstring is the relation."""

    def name(check: Check) -> Rule:
        summary = (check.__doc__ or "").strip().splitlines()[0]
        return Rule(slug, family, severity, check, summary)

    return name
