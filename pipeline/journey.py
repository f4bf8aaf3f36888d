"""One document's journey: bytes to Document to Sheets to Entries to records.

`read_document` is the one way in; the batch, the goldens and the command line all call it.
`stages` keeps what each step gave, for those who want to look.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from keikaku.extractors.document import Document, Grid, Notice
from keikaku.extractors.ledger import Fate
from keikaku.extractors.reading import Reading, read_sheets
from keikaku.normalizers.plan_terms import find_plan_terms
from keikaku.pipeline.checks import check_document
from keikaku.pipeline.collector import collector_at_rest
from keikaku.pipeline.columns import SCHEMA_VERSION
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.disputed import mark_disputed
from keikaku.pipeline.errata import correct, errata_of
from keikaku.pipeline.errors import DocumentError, NoSheet, NoTextLayer
from keikaku.pipeline.findings import findings_of
from keikaku.pipeline.identity import Identity, identify, sharing_a_name
from keikaku.pipeline.narratives import publish_texts
from keikaku.pipeline.observations import publish_entries
from keikaku.pipeline.opening import open_source
from keikaku.pipeline.quotes import quote_narratives, quote_print
from keikaku.pipeline.records import Finding, Narrative, Observation, SourceDocument
from keikaku.pipeline.version import software_version

_UNREAD = ("unread_figures", "figures_in_prose")


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a sidecar or the command line declares about a document; every field may be absent."""

    municipality_code: str | None = None
    source_uri: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A document to read: its file name, its bytes, and what is declared about it."""

    name: str
    data: bytes
    declaration: Declaration = Declaration()
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Stages:
    """What each stage of the journey gave."""

    document: Document
    reading: Reading
    identity: Identity
    records: DocumentRecords


def read_document(source: Source) -> DocumentRecords:
    """Read one document whole. Raises DocumentError when it cannot be read."""
    return stages(source).records


def stages(source: Source) -> Stages:
    """The journey with all its stations."""
    with collector_at_rest():
        document = open_source(source.data, source.name, source.password)
        reading = read_sheets(document)
        identity = identify(document, reading, source.declaration.municipality_code)
        reading = _with_errata(reading, document, identity)
        records = _records(source, document, reading, identity)
    return Stages(document, reading, identity, records)


def _with_errata(reading: Reading, document: Document, identity: Identity) -> Reading:
    """Where the municipality's paper is known to be wrong, what it means is read."""
    code = identity.municipality.code if identity.municipality else None
    corrected = correct(reading.entries, errata_of(code), document.document_id)
    notices = (*reading.notices, *corrected.notices)
    return replace(reading, entries=corrected.entries, notices=notices)


def _records(
    source: Source, document: Document, reading: Reading, identity: Identity
) -> DocumentRecords:
    published = publish_entries(reading.entries, identity, document.document_id)
    observations = mark_disputed(published.observations, document.notices)
    published = replace(published, observations=quote_print(observations, document))
    is_ocr = document.text is not None
    texts = publish_texts(reading.texts, identity, document.document_id, is_ocr=is_ocr)
    narratives = quote_narratives(texts, document)
    if not published.observations and not narratives and not _is_sheet(document, reading):
        refused = (*reading.notices, *published.notices)
        findings = findings_of(refused, (), identity, document.document_id)
        raise _nothing_found(source, document, findings)
    unknown = _unknown_plan(published.observations)
    shared = _shared_name(identity)
    notices = (*reading.notices, *published.notices, *unknown, *shared, *_unclaimed(reading))
    noticed = findings_of(notices, published.observations, identity, document.document_id)
    row = _document_row(source, document, identity, published.observations, narratives)
    read = DocumentRecords(row, published.observations, narratives)
    findings = (*noticed, *check_document(read))
    return replace(read, document=replace(row, finding_count=len(findings)), findings=findings)


def _nothing_found(
    source: Source, document: Document, findings: tuple[Finding, ...]
) -> DocumentError:
    """A document that gives nothing is never a success; a scan is told by its pages. Figures that
    were seen but not read stay in the findings."""
    scanned = [notice.span.page for notice in document.notices if notice.rule == "no_text_layer"]
    if scanned:
        pages = ", ".join(map(str, scanned))
        return NoTextLayer(
            f"{source.name}: of {document.page_count} page(s) these are pictures without text: {pages}",
            hint="fetch a copy with text, or let a program recognise the text (OCR) first",
        )
    return NoSheet(
        f"{source.name}: no table and no goal of a plan was found",
        hint="check that the file is a goal-management sheet",
        findings=findings,
    )


def _is_sheet(document: Document, reading: Reading) -> bool:
    """A table or a goal; or a plan's name over figures that were not read."""
    has_table = any(isinstance(block, Grid) for block in document.blocks)
    if has_table or any(sheet.goal is not None for sheet in reading.sheets.sheets):
        return True
    names_plan = any(find_plan_terms(line.text) for line in reading.sheets.titles)
    return names_plan and any(notice.rule in _UNREAD for notice in reading.notices)


def _unknown_plan(observations: tuple[Observation, ...]) -> tuple[Notice, ...]:
    """Figures of a plan that no title names are published all the same, and that is said once."""
    homeless = sum(1 for row in observations if row.plan is None)
    if not homeless:
        return ()
    return (Notice("unknown_plan", "info", f"no title names the plan of {homeless} figure(s)"),)


def _shared_name(identity: Identity) -> tuple[Notice, ...]:
    """A name that several places have is not resolved by guessing, and that is said once."""
    places = sharing_a_name(identity.title) if identity.municipality is None else ()
    if not places:
        return ()
    named = ", ".join(f"{place.prefecture}{place.name} {place.code}" for place in places)
    detail = f"the title names a municipality without its prefecture: {named}; declare the code"
    return (Notice("ambiguous_municipality", "warning", detail),)


def _unclaimed(reading: Reading) -> tuple[Notice, ...]:
    """Lines that no stage accounted for: each is a finding by itself."""
    return tuple(
        Notice("unclaimed", "warning", f"no place was found for 「{row.text[:80]}」", row.span)
        for row in reading.ledger
        if row.fate is Fate.FINDING and row.reason == "unclaimed" and row.text
    )


def _document_row(
    source: Source,
    document: Document,
    identity: Identity,
    observations: tuple[Observation, ...],
    narratives: tuple[Narrative, ...],
) -> SourceDocument:
    years = [row.fiscal_year for row in observations if row.fiscal_year is not None]
    reported = [
        row.fiscal_year
        for row in observations
        if row.measure == "actual"
        and row.fiscal_year is not None
        and row.status in ("reported", "qualitative")
    ]
    terms = sorted(
        {(row.plan, row.plan_term) for row in observations if row.plan and row.plan_term}
    )
    municipality = identity.municipality
    return SourceDocument(
        document_id=document.document_id,
        source_name=document.source_name,
        source_uri=source.declaration.source_uri,
        media_type=document.media_type,
        byte_size=document.byte_size,
        page_count=document.page_count,
        municipality_code=municipality.code if municipality else None,
        municipality=municipality.name if municipality else None,
        prefecture=municipality.prefecture if municipality else None,
        municipality_basis=identity.basis,
        title=identity.title,
        plans=tuple(sorted({row.plan for row in observations if row.plan})),
        plan_terms=tuple(f"{plan}:{term}" for plan, term in terms),
        first_fiscal_year=min(years, default=None),
        last_fiscal_year=max(years, default=None),
        reported_through=max(reported, default=None),
        extractor=document.extractor,
        software_version=software_version(),
        schema_version=SCHEMA_VERSION,
        observation_count=len(observations),
        narrative_count=len(narratives),
        finding_count=0,
        status="ingested",
        error_class=None,
        error_message=None,
    )
