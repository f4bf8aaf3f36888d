"""Text boxes become narratives: one row a paragraph, point or bullet of a prose box."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from keikaku.extractors.document import Span
from keikaku.extractors.entries import TextBox
from keikaku.extractors.paragraphs import Paragraph, split_paragraphs
from keikaku.normalizers.labels import clean_label, clean_prose
from keikaku.normalizers.marks import find_mark
from keikaku.pipeline.frame import Frame, frame_of
from keikaku.pipeline.identity import Identity
from keikaku.pipeline.records import Narrative


def publish_texts(
    texts: Sequence[TextBox], identity: Identity, document_id: str, *, is_ocr: bool
) -> tuple[Narrative, ...]:
    """All narratives of a document in page order."""
    narratives: list[Narrative] = []
    positions: dict[tuple[object, ...], int] = {}
    for text in texts:
        frame = frame_of(text.place, identity)
        for raw, words, status, span in _rows(text, is_ocr):
            key = (text.place.goal, text.place.heading, text.item, text.section, _year(text))
            positions[key] = position = positions.get(key, 0) + 1
            narratives.append(
                _narrative(text, frame, identity, document_id, position, (raw, words, status, span))
            )
    return tuple(narratives)


def _year(text: TextBox) -> int | None:
    return text.year.year if text.year is not None else None


def _rows(text: TextBox, is_ocr: bool) -> Iterator[tuple[str, str | None, str, Span]]:
    """raw, published words, status, place of each row of a box; a blank box gives one row."""
    paragraphs = split_paragraphs(text.blocks, is_ocr=is_ocr)
    if not paragraphs:
        yield "", None, "not_applicable", text.span
        return
    for paragraph in paragraphs:
        yield _row(paragraph)


def _row(paragraph: Paragraph) -> tuple[str, str | None, str, Span]:
    raw, span = paragraph.raw, paragraph.span
    status = _mark_status(raw)
    if status is not None:
        return raw, None, status, span
    return raw, clean_prose(raw), "reported", span


def _mark_status(raw: str) -> str | None:
    """The status that a dash or stroke alone in a prose box stands for."""
    if len(raw) > 8:
        return None
    mark = find_mark(raw.strip())
    return str(mark.status) if mark is not None and not mark.has_words else None


def _narrative(
    text: TextBox,
    frame: Frame,
    identity: Identity,
    document_id: str,
    position: int,
    row: tuple[str, str | None, str, Span],
) -> Narrative:
    raw, words, status, span = row
    municipality = identity.municipality
    item = clean_label(text.item) if text.item else None
    parts = (document_id, span.page, span.bbox, span.char_start, span.char_end, text.section, raw)
    return Narrative(
        narrative_id=hashlib.sha256(repr((*parts, position)).encode()).hexdigest()[:24],
        document_id=document_id,
        municipality_code=municipality.code if municipality else None,
        municipality=municipality.name if municipality else None,
        prefecture=municipality.prefecture if municipality else None,
        plan=frame.plan,
        plan_term=frame.term,
        goal_number=frame.head.number if frame.head else None,
        goal_title=frame.goal_title,
        goal_id=frame.goal.goal_id if frame.goal else None,
        item=item or None,
        fiscal_year=_year(text),
        section=text.section,
        position=position,
        text=words,
        status=status,
        raw=raw,
        page=span.page,
        bbox=span.bbox,
        char_start=span.char_start,
        char_end=span.char_end,
    )
