"""Dataset: the rows of a run, in page order, keys unique."""

from __future__ import annotations

from dataclasses import dataclass

from keikaku.pipeline.records import Finding, Narrative, Observation, SourceDocument


@dataclass(frozen=True, slots=True)
class DocumentRecords:
    """All that one source document gives: its own row and its rows in the other tables."""

    document: SourceDocument
    observations: tuple[Observation, ...] = ()
    narratives: tuple[Narrative, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataset:
    """The records of many documents, ordered by document id."""

    documents: tuple[DocumentRecords, ...]
