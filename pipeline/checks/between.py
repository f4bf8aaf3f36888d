"""Between documents (D2, D3): two editions of one sheet, and a plan term beside the one before it.

Both are rules like the others, over records that may come from more than one document
(`pipeline.checks.across` puts them together); of one document the first says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from keikaku.normalizers.catalogue import indicator_by_id
from keikaku.normalizers.fiscal_years import find_fiscal_year
from keikaku.normalizers.national import PlanTerm, all_plan_terms
from keikaku.pipeline.checks.figures import common_unit, printed_numbers, value_of
from keikaku.pipeline.checks.rule import Doubt, rule
from keikaku.pipeline.checks.wording import amount, cite, cite_ja
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.editions import pairs_of_cells
from keikaku.pipeline.records import Observation

SAID = frozenset({"reported", "qualitative"})
RESIDENTS_BESIDE = {"facility_residents_reduction": "facility_residents"}
"""Beside 削減見込者数 stands the number of residents as 基準値."""


@rule("value_changed_between_editions", family="D2", severity="warning")
def check_editions(records: DocumentRecords) -> Iterator[Doubt]:
    """A figure of one sheet is the same in two editions; another as-of date explains a change."""
    editions: dict[str, list[Observation]] = {}
    for observation in records.observations:
        editions.setdefault(observation.document_id, []).append(observation)
    newer = editions.pop(records.document.document_id, [])
    for older in editions.values():
        for before, after in pairs_of_cells(older, newer):
            if {before.status, after.status} <= SAID and _says(before) != _says(after):
                yield _changed(before, after)


def _says(figure: Observation) -> tuple[object, ...]:
    text = "".join((figure.text or "").split())
    return (figure.value, figure.value_high, figure.comparator, common_unit(figure.unit), text)


def _changed(before: Observation, after: Observation) -> Doubt:
    dated = before.as_of is not None and after.as_of is not None and before.as_of != after.as_of
    dates = f"as of {before.as_of or 'no date'} and {after.as_of or 'no date'}"
    dates_ja = f"時点は{before.as_of or '記載なし'}と{after.as_of or '記載なし'}"
    return Doubt(
        (after, before),
        (),
        f"An earlier edition prints {cite(before)}, this one {cite(after)} ({dates}).",
        f"以前の版の{cite_ja(before)}が、この版では{cite_ja(after)}である（{dates_ja}）。",
        amount(before),
        amount(after),
        "info" if dated else None,
    )


@rule("baseline_is_not_the_last_actual", family="D3", severity="error")
def check_baseline(records: DocumentRecords) -> Iterator[Doubt]:
    """The baseline of a plan term is the actual that was reported for its base year."""
    numbers = printed_numbers(records.observations)
    actuals: defaultdict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for figure in numbers:
        if figure.measure == "actual" and figure.indicator_id:
            actuals[_quantity(figure, figure.indicator_id)].append(figure)
    seen: set[tuple[object, ...]] = set()
    for base in (o for o in numbers if o.measure == "baseline" and o.indicator_id):
        indicator_id = _of_base(base.indicator_id or "")
        if (
            indicator_id is None
            or (key := (*_quantity(base, indicator_id), value_of(base))) in seen
        ):
            continue
        seen.add(key)
        reported = _of_base_year(base, actuals.get(_quantity(base, indicator_id), []))
        if reported and value_of(base) not in map(value_of, reported):
            yield _differs(base, max(reported, key=lambda o: o.fiscal_year or 0))


def _quantity(figure: Observation, indicator_id: str) -> tuple[object, ...]:
    return (
        figure.municipality_code,
        figure.plan,
        indicator_id,
        common_unit(figure.unit),
        figure.breakdown,
    )


def _of_base(indicator_id: str) -> str | None:
    """What the 基準値 beside an indicator counts; None beside movements, which start at nothing."""
    if indicator_id in RESIDENTS_BESIDE:
        return RESIDENTS_BESIDE[indicator_id]
    cumulative = indicator_by_id(indicator_id).aggregation.startswith("cumulative")
    return None if cumulative else indicator_id


def _of_base_year(base: Observation, actuals: list[Observation]) -> list[Observation]:
    """Actuals of the printed base year; without one, of the years that the guideline of the term
    takes as base and of the last year before the term."""
    term = _term_of(base)
    if term is None:
        return []
    before = [o for o in actuals if o.fiscal_year is not None and o.fiscal_year < term.first_year]
    years = {base.fiscal_year} if base.fiscal_year is not None else _base_years(term)
    return [o for o in before if o.fiscal_year in years]


def _term_of(figure: Observation) -> PlanTerm | None:
    child = figure.plan == "child_disability_welfare"
    for term in all_plan_terms():
        if figure.plan_term is not None and figure.plan_term == (
            term.child_term if child else term.term
        ):
            return term
    return None


def _base_years(term: PlanTerm) -> set[int]:
    printed = (
        find_fiscal_year(term.base_year_facility),
        find_fiscal_year(term.base_year_employment),
    )
    return {term.first_year - 1, *(found.year for found in printed if found is not None)}


def _differs(base: Observation, actual: Observation) -> Doubt:
    undated = base.fiscal_year is None
    early = actual.provisional or _stands_early(actual)
    why = "the base year is not printed" if undated else "the actual stands before the year's end"
    why_ja = "基準年度の記載がない" if undated else "実績値は年度途中のものである"
    basis, basis_ja = (f" ({why})", f"（{why_ja}）") if undated or early else ("", "")
    return Doubt(
        (base, actual),
        (),
        f"The baseline {cite(base)} is not the actual of the term before, {cite(actual)}{basis}.",
        f"基準値{cite_ja(base)}が前期の実績値{cite_ja(actual)}と一致しない{basis_ja}。",
        amount(actual),
        amount(base),
        "warning" if basis else None,
    )


def _stands_early(actual: Observation) -> bool:
    """January of 令和5年度 is not its end."""
    if actual.as_of is None or actual.fiscal_year is None:
        return False
    return (actual.as_of.year, actual.as_of.month) < (actual.fiscal_year + 1, 3)
