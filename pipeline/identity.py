"""Whose document this is: title, municipality, plans and their terms.

A declared municipality wins. Else the title may name one, else the words of the document do, when
one municipality is named far more often than any other; the evidence is published with it. A name
that several places share is never resolved by guessing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keikaku.extractors.document import Document
from keikaku.extractors.reading import Reading
from keikaku.extractors.words import joined
from keikaku.normalizers.folding import fold
from keikaku.normalizers.municipalities import Mention, Municipality, by_code, search_names
from keikaku.normalizers.plan_terms import PlanTerm, find_plan_terms, one_bare_term

_FEWEST_MENTIONS = 3
_FAR_MORE = 3
_READ_FOR_TERMS = 20_000
"""Characters of a document that are searched for the names of its plans."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the records of a document share."""

    title: str | None
    municipality: Municipality | None
    basis: str | None
    terms: tuple[PlanTerm, ...]
    bare_term: int | None = None
    """The one 第N期計画 of a paper that names no term with its plan."""


def identify(document: Document, reading: Reading, declared_code: str | None) -> Identity:
    """Title, municipality with its basis, and the plan terms that the document names."""
    title = _title(reading)
    municipality, basis = _municipality(document, reading, title, declared_code)
    terms = _terms(document, reading)
    bare = None if terms else one_bare_term(words_of(document, reading)[:_READ_FOR_TERMS])
    return Identity(title, municipality, basis, terms, bare)


def words_of(document: Document, reading: Reading) -> str:
    """All printed words of a document, a line each."""
    if document.text is not None:
        return document.text
    return "\n".join([row.text for row in reading.ledger])


def _title(reading: Reading) -> str | None:
    lines = reading.sheets.titles
    if lines:
        goes_on = [
            x for x in lines[1:2] if x.span.page == lines[0].span.page and "シート" in x.text
        ]
        return joined([lines[0], *goes_on])
    return next((row.text[:120] for row in reading.ledger if row.text), None)


def _municipality(
    document: Document, reading: Reading, title: str | None, declared_code: str | None
) -> tuple[Municipality | None, str | None]:
    if declared_code is not None:
        return by_code(declared_code), "declared"
    for place, words in (("title", title or ""), ("text", words_of(document, reading))):
        found = _leading(search_names(words), 1 if place == "title" else _FEWEST_MENTIONS)
        if found is not None:
            quote = words[found.start : found.end]
            evidence = f"inferred: the {place} names 「{fold(quote)}」 {found.count} time(s)"
            return found.municipality, evidence
    return None, None


def sharing_a_name(title: str | None) -> tuple[Municipality, ...]:
    """The municipalities that have the name which a title prints without its prefecture: 府中市.

    >>> [m.code for m in sharing_a_name("府中市 第6期障害福祉計画")], sharing_a_name("東京都府中市")
    (['132063', '342084'], ())
    """
    places = [m for m in search_names(title or "") if m.municipality.kind != "prefecture"]
    if len(places) < 2 or len({(m.start, m.end) for m in places}) > 1:
        return ()
    return tuple(m.municipality for m in places)


def _leading(mentions: Sequence[Mention], fewest: int) -> Mention | None:
    """The one municipality named far more often than any other; prefectures do not count."""
    places = [m for m in mentions if m.municipality.kind != "prefecture"]
    ordered = sorted(places, key=lambda mention: -mention.count)
    if not ordered or ordered[0].count < fewest:
        return None
    if len(ordered) > 1 and ordered[0].count < _FAR_MORE * ordered[1].count:
        return None
    return ordered[0]


def _terms(document: Document, reading: Reading) -> tuple[PlanTerm, ...]:
    """Plan terms named in titles; else anywhere in the document, the first of each plan."""
    named = [term for line in reading.sheets.titles for term in find_plan_terms(line.text)]
    headings = [sheet.heading for sheet in reading.sheets.sheets if sheet.heading]
    named += [term for heading in headings for term in find_plan_terms(heading)]
    if not named:
        named = list(find_plan_terms(words_of(document, reading)[:_READ_FOR_TERMS]))
    return tuple(dict.fromkeys(named))
