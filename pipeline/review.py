"""Review (点検): what a run refused or doubted, worst first, and the one line that would settle each.

A hundred new documents leave a few hundred doubts, but few causes: one unit that nobody knew, one
head over a column in thirty cities. What one line settles is one matter here, with the quote and the
place of its first case and with how many cells of how many documents hang on it. First what hides
documents, then figures, then their meaning, then their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keikaku.normalizers.errors import Reason
from keikaku.normalizers.indicators import find_indicator
from keikaku.pipeline.causes import HIDES, cause_of, settle
from keikaku.pipeline.listing import place_text

if TYPE_CHECKING:
    from keikaku.pipeline.query import Tables

_QUOTE = re.compile(r"「(.+?)」|^'(.+?)' is not read", re.DOTALL)
_DIGITS = re.compile(r"[0-9０-９]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the first case is printed, as the tables publish it."""

    document_id: str
    source_name: str
    municipality_code: str | None
    page: int | None = None
    bbox: tuple[float, ...] | None = None
    char_start: int | None = None
    char_end: int | None = None

    def __str__(self) -> str:
        """In short: 120-129, or p2:[…]."""
        return place_text(self.char_start, self.char_end, self.page, self.bbox)


@dataclass(frozen=True, slots=True)
class Case:
    """One doubt at one place. `detail` says why; `key` holds together what one line settles."""

    rule: str
    quote: str
    detail: str
    place: Place
    key: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """All cases that one line would settle; quote and place are those of the first."""

    hides: str
    rule: str
    cases: int
    documents: int
    first: Case

    @property
    def settle(self) -> str:
        """The vocabulary line, or the erratum, that would settle it."""
        return settle(self.rule, self.first.quote, erratum_for(self.first), self.first.candidates)

    @property
    def settle_in_short(self) -> str:
        """The same for the eye: of an erratum only its file."""
        file = errata_file(self.first.place)
        return settle(self.rule, self.first.quote, f"an erratum in {file}", self.first.candidates)


def errata_file(place: Place) -> str:
    """Where errata of the document's municipality stand."""
    return f"pipeline/municipalities/{place.municipality_code or '<code>'}_<romaji>.toml"


def erratum_for(case: Case) -> str:
    """The erratum that a person would complete, in one line of TOML."""
    place = case.place
    if place.char_start is not None:
        where = f"char_start = {place.char_start}, char_end = {place.char_end}"
    else:
        box = ", ".join(str(edge) for edge in place.bbox or ())
        where = f"page = {place.page}, bbox = [{box}]"
    printed = case.quote.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return (
        f'{errata_file(place)}, [[errata]]: document = "{place.document_id}", {where}, '
        f'printed = "{printed}", meant = "…", reason = "…", evidence = "…"'
    )


def review(tables: Tables, document_ids: tuple[str, ...] = ()) -> tuple[Matter, ...]:
    """Every matter of an output folder, or of some of its documents, worst first."""
    cases = [
        *_quarantined(tables, document_ids),
        *_findings(tables, document_ids),
        *_doubtful_records(tables, document_ids),
        *_bare_figures(tables, document_ids),
        *_unnamed_goals(tables, document_ids),
        *_unnamed_records(tables, document_ids),
    ]
    return tuple(sorted(_matters(cases), key=_worst_first))


def _worst_first(matter: Matter) -> tuple[object, ...]:
    first = matter.first
    return (
        HIDES.index(matter.hides), -matter.documents, -matter.cases, matter.rule,
        first.place.source_name, first.place.page or 0, first.place.char_start or 0, first.key,
    )  # fmt: skip


def _matters(cases: Iterable[Case]) -> Iterator[Matter]:
    together: dict[tuple[str, str], list[Case]] = {}
    for case in cases:
        together.setdefault((case.rule, case.key), []).append(case)
    for (rule, _), group in together.items():
        documents = {case.place.document_id for case in group}
        yield Matter(cause_of(rule).hides, rule, len(group), len(documents), group[0])


def _case(rule: str, quote: str, detail: str, place: Place) -> Case:
    """A case of a known cause: by its words where a word settles it, else one a document."""
    by_word = cause_of(rule).by_word
    key = _DIGITS.sub("0", "".join(quote.split())) if by_word else place.document_id
    return Case(rule, quote, detail, place, key)


# -- from the tables -----------------------------------------------------------------------------

_OF_DOCUMENTS = "(len($ids) = 0 or list_contains($ids, d.document_id))"
_PLACE = (
    "d.document_id, d.source_name, d.municipality_code, x.page, x.bbox, x.char_start, x.char_end"
)
_ORDER = "d.source_name, d.document_id, x.page nulls first, x.char_start nulls first"
_Row = tuple[object, ...]


def _ask(tables: Tables, query: str, ids: tuple[str, ...], **more: object) -> list[_Row]:
    answer = tables.connection.execute(query, {"ids": list(ids), **more})
    rows: list[_Row] = answer.fetchall()
    return rows


def _place(values: _Row) -> Place:
    document_id, name, code, page, bbox, start, end = values
    return Place(
        document_id=str(document_id),
        source_name=str(name),
        municipality_code=None if code is None else str(code),
        page=page if isinstance(page, int) else None,
        bbox=tuple(bbox) if isinstance(bbox, list) else None,
        char_start=start if isinstance(start, int) else None,
        char_end=end if isinstance(end, int) else None,
    )


def _quarantined(tables: Tables, ids: tuple[str, ...]) -> Iterator[Case]:
    rows = _ask(
        tables,
        "select error_class, error_message, document_id, source_name, municipality_code "
        f"from documents d where status = 'quarantined' and {_OF_DOCUMENTS} order by all",
        ids,
    )
    for rule, message, *place in rows:
        where = Place(str(place[0]), str(place[1]), None if place[2] is None else str(place[2]))
        yield _case(str(rule), "", str(message), where)


def _findings(tables: Tables, ids: tuple[str, ...]) -> Iterator[Case]:
    """Findings of the reading. Contradictions on the paper are no doubt of ours: `keikaku check`."""
    from keikaku.pipeline.checks import RULES

    rows = _ask(
        tables,
        f"select x.rule, x.raw, x.message, {_PLACE} from findings x join documents d "
        f"using (document_id) where not list_contains($checks, x.rule) and {_OF_DOCUMENTS} "
        f"order by {_ORDER}, x.rule, x.message",
        ids,
        checks=[rule.slug for rule in RULES],
    )
    for rule, raw, message, *place in rows:
        quote = str(raw) if raw is not None else quote_in(str(message))
        yield _case(_cell_rule(str(rule), str(message)), quote, str(message), _place(tuple(place)))


def _cell_rule(rule: str, message: str) -> str:
    """A cell that no vocabulary could settle (two figures glued, digits lost) is a cause of its own."""
    unsure = rule == "unread_cell" and Reason.NOT_UNDERSTOOD.sentence not in message
    return "unsure_cell" if unsure else rule


def quote_in(message: str) -> str:
    """The printed words that a message quotes first.

    >>> quote_in("「120」 may have slipped from another line"), quote_in("the file is cut off")
    ('120', '')
    >>> quote_in("'3,0 4' is not read: two figures seem to be glued together")
    '3,0 4'
    """
    match = _QUOTE.search(message)
    return (match[1] or match[2]).replace("\\n", "\n") if match else ""


def _doubtful_records(tables: Tables, ids: tuple[str, ...]) -> Iterator[Case]:
    """Figures that were put right or inferred: one matter a document and a kind of repair."""
    rows = _ask(
        tables,
        f"select x.certainty, x.flags, x.raw, x.indicator, {_PLACE} from observations x "
        "join documents d using (document_id) where (x.certainty <> 'printed' "
        "or len(list_filter(x.flags, lambda flag: flag like '%inferred')) > 0) "
        f"and not list_contains(x.flags, 'erratum') and {_OF_DOCUMENTS} order by {_ORDER}",
        ids,
    )
    for certainty, flags, raw, indicator, *place in rows:
        rule = "inferred" if certainty == "printed" else str(certainty)
        why = ", ".join(map(str, flags)) if isinstance(flags, list) else ""
        where = _place(tuple(place))
        detail = f"{rule}: {why}, in {indicator}"
        yield Case(rule, str(raw), detail, where, f"{where.document_id} {why}")


def _bare_figures(tables: Tables, ids: tuple[str, ...]) -> Iterator[Case]:
    """Figures without a unit: the page prints none, or one that the vocabulary does not hold."""
    rows = _ask(
        tables,
        f"select x.raw, x.indicator, {_PLACE} from observations x join documents d "
        "using (document_id) where x.value is not null and x.unit is null "
        f"and x.measure <> 'gap' and {_OF_DOCUMENTS} order by {_ORDER}",
        ids,
    )
    for raw, indicator, *place in rows:
        detail = f"no unit is known for {indicator}"
        yield _case("no_unit", str(raw), detail, _place(tuple(place)))


def _unnamed_goals(tables: Tables, ids: tuple[str, ...]) -> Iterator[Case]:
    rows = _ask(
        tables,
        f"select x.goal_title, {_PLACE} from observations x join documents d using (document_id) "
        f"where x.goal_id is null and x.goal_title is not null and {_OF_DOCUMENTS} "
        f"order by {_ORDER}",
        ids,
    )
    for title, *place in rows:
        detail = f"「{title}」 is no goal of the national guideline that we know"
        yield _case("unknown_goal", str(title), detail, _place(tuple(place)))


_LABEL = (
    "x.indicator, x.goal_id, x.plan, x.plan_term, x.unit, x.measure, x.section, x.item, "
    "x.breakdown, x.series, x.comparator"
)
_LABEL_WIDTH = 11


def _unnamed_records(tables: Tables, ids: tuple[str, ...]) -> Iterator[Case]:
    """Figures without an indicator; differences and rates (measure gap) take that of their row."""
    rows = _ask(
        tables,
        f"select {_LABEL}, {_PLACE} from observations x join documents d using (document_id) "
        f"where x.indicator_id is null and x.measure <> 'gap' and {_OF_DOCUMENTS} "
        f"order by {_ORDER}",
        ids,
    )
    for row in rows:
        yield _unnamed(row[:_LABEL_WIDTH], _place(row[_LABEL_WIDTH:]))


def _unnamed(label: _Row, place: Place) -> Case:
    texts = [None if value is None else str(value) for value in label]
    indicator, goal, plan, _, unit, measure, section, item, breakdown, series, comparator = texts
    term = label[3]
    match = find_indicator(
        indicator or "", goal_id=goal, plan=plan, plan_term=term if isinstance(term, int) else None,
        unit=unit, measure=measure or "", section=section or "", item=item, breakdown=breakdown,
        series=series, comparator=comparator,
    )  # fmt: skip
    # the document's caption, which is not published, may have told more than the record holds
    rule = match.reason if match.indicator_id is None else "ambiguous"
    words = " / ".join(filter(None, (indicator, breakdown)))
    key = f"{goal} {words}" if rule != "other_unit" else f"{goal} {words} {unit}"
    detail = f"no indicator for 「{words}」 in {unit or 'no unit'} under {goal or 'no goal'}"
    return Case(rule, words, detail, place, key, match.candidates)
