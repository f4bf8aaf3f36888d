"""One indicator, one row a municipality: what `keikaku compare` and notebooks show.

A row never stands without its definition, date, edition and quote: a ranking without these is not
defensible. The rate of achievement is ours (actual ÷ target of the same unit); where the guideline
wants a figure to fall (施設入所者数) only `met` is given.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keikaku.normalizers.catalogue import (
    Indicator,
    all_indicators,
    indicator_by_id,
    indicators_named,
)
from keikaku.normalizers.fiscal_years import find_fiscal_year
from keikaku.normalizers.national import guideline, national_actuals
from keikaku.pipeline.comparable import REASONS
from keikaku.pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keikaku.pipeline.query import Tables

SECTIONS = ("actual", "target", "activity", "summary")
"""Where two parts of one document print the figure, the sheet goes before its summary."""
TERMS_BETWEEN_PLANS = 4


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure with all that is needed to defend it."""

    municipality_code: str | None
    municipality: str | None
    prefecture: str | None
    plan: str | None
    plan_term: int | None
    document_id: str
    section: str
    indicator: str
    measure: str
    fiscal_year: int | None
    as_of: datetime.date | None
    value: float | None
    unit: str | None
    comparator: str | None
    status: str
    comparable: bool
    reason: str | None
    raw: str
    page: int | None
    char_start: int | None
    char_end: int | None
    source_name: str
    source_uri: str | None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One municipality's line for one indicator and year."""

    indicator_id: str
    indicator: str
    municipality_code: str | None
    municipality: str | None
    prefecture: str | None
    fiscal_year: int | None
    baseline: float | None
    target: float | None
    target_comparator: str | None
    projected: float | None
    actual: float | None
    unit: str | None
    achievement_percent: float | None
    met: bool | None
    national: str | None
    as_of: datetime.date | None
    comparable: bool
    reason: str | None
    also_printed: str | None
    quote: str | None
    page: int | None
    source: str


def read_indicator(name: str) -> Indicator:
    """The indicator of a slug, of a Japanese name or of a label as sheets print it; UsageError with
    near slugs, or with the indicators that the label may mean."""
    import difflib

    known = {indicator.indicator_id: indicator for indicator in all_indicators()}
    by_name = {indicator.name_ja: indicator for indicator in all_indicators()}
    found = known.get(name) or by_name.get(name)
    if found is not None:
        return found
    meant = indicators_named(name)
    if len(meant) == 1:
        return known[meant[0]]
    if meant:
        raise UsageError(
            f"{name!r} may mean {len(meant)} indicators", hint=f"choose: {', '.join(meant)}"
        )
    near = difflib.get_close_matches(name, [*known, *by_name], n=3, cutoff=0.4)
    hint = f"did you mean {', '.join(near)}? " if near else ""
    raise UsageError(f"no indicator {name!r}", hint=f"{hint}list them with: keikaku indicators")


def read_year(name: str) -> int:
    """2023, 令和5年度 or R5 as the Gregorian year in which it begins; UsageError otherwise."""
    found = find_fiscal_year(name)
    if found is None:
        raise UsageError(f"no fiscal year {name!r}", hint="write 2023, R5 or 令和5年度")
    return found.year


def compare(
    tables: Tables, indicator_id: str, *, fiscal_year: int | None = None
) -> tuple[ComparedRow, ...]:
    """One row for each municipality, plan term and unit that prints the indicator.

    Without `fiscal_year` the last year with an actual is taken, for each municipality its own.
    """
    groups: dict[tuple[object, ...], list[Cited]] = {}
    for cited in _read_cited(tables, indicator_id):
        place = cited.municipality_code or cited.document_id
        groups.setdefault((place, cited.plan_term, _plain(cited.unit)), []).append(cited)
    rows = [_row(indicator_id, group, fiscal_year) for group in groups.values()]
    return tuple(
        sorted(
            (r for r in rows if r is not None),
            key=lambda r: (r.municipality_code or "~", r.unit or ""),
        )
    )


def _read_cited(tables: Tables, indicator_id: str) -> Iterable[Cited]:
    names = ", ".join(Cited.__slots__)
    found = tables.connection.execute(
        f"select {names} from latest where indicator_id = $id and measure <> 'gap' order by all",
        {"id": indicator_id},
    ).fetchall()
    return (Cited(*row) for row in found)


def _plain(unit: str | None) -> str | None:
    return {"回/年": "回", "件/年": "件", "人/年": "人"}.get(unit or "", unit)


def _row(indicator_id: str, group: list[Cited], fiscal_year: int | None) -> ComparedRow | None:
    if fiscal_year is not None and all(c.fiscal_year != fiscal_year for c in group):
        return None
    year = fiscal_year if fiscal_year is not None else _last_year(group)
    actuals = _of(group, "actual", year)
    targets = _of(group, "target", year) or _of(group, "target", None)
    projected = _of(group, "projected", year)
    baselines = [c for c in group if c.measure == "baseline" and c.value is not None]
    main = next(iter((*actuals, *targets, *projected, *baselines)), None)
    if main is None:
        return None
    actual, target = _first(actuals), _first(targets)
    return ComparedRow(
        indicator_id=indicator_id,
        indicator=indicator_by_id(indicator_id).name_ja,
        municipality_code=main.municipality_code,
        municipality=main.municipality,
        prefecture=main.prefecture,
        fiscal_year=year,
        baseline=_value(_first(baselines)),
        target=_value(target),
        target_comparator=target.comparator if target else None,
        projected=_value(_first(projected)),
        actual=_value(actual),
        unit=main.unit,
        achievement_percent=_achievement(indicator_id, actual, target),
        met=_met(indicator_id, actual, target),
        national=_national(indicator_id, main, year),
        as_of=actual.as_of if actual else None,
        comparable=main.comparable,
        reason=REASONS[main.reason][0] if main.reason else None,
        also_printed=_also_printed(actuals),
        quote=" / ".join(dict.fromkeys(c.raw for c in (actual, target) if c)) or main.raw,
        page=main.page,
        source=main.source_uri or main.source_name,
    )


def _last_year(group: list[Cited]) -> int | None:
    years = [c.fiscal_year for c in group if c.measure == "actual" and c.value is not None]
    every = [c.fiscal_year for c in group if c.fiscal_year is not None]
    return max((y for y in years if y is not None), default=max(every, default=None))


def _of(group: list[Cited], measure: str, year: int | None) -> list[Cited]:
    """Figures of a measure in a year, or in any year for None; the sheet's own table first."""
    found = [
        c for c in group
        if c.measure == measure and c.value is not None and year in {None, c.fiscal_year}
    ]  # fmt: skip
    return sorted(found, key=lambda c: (SECTIONS.index(c.section), -(c.fiscal_year or 0)))


def _first(found: list[Cited]) -> Cited | None:
    return found[0] if found else None


def _value(cited: Cited | None) -> float | None:
    return cited.value if cited else None


def _achievement(indicator_id: str, actual: Cited | None, target: Cited | None) -> float | None:
    if actual is None or target is None or actual.value is None or not target.value:
        return None
    if indicator_by_id(indicator_id).better == "lower":
        return None
    return round(100 * actual.value / target.value, 1)


def _met(indicator_id: str, actual: Cited | None, target: Cited | None) -> bool | None:
    if actual is None or target is None or actual.value is None or target.value is None:
        return None
    lower = indicator_by_id(indicator_id).better == "lower"
    comparator = target.comparator
    if comparator not in {"ge", "gt", "le", "lt"}:
        comparator = "le" if lower else "ge"
    return {
        "ge": actual.value >= target.value,
        "gt": actual.value > target.value,
        "le": actual.value <= target.value,
        "lt": actual.value < target.value,
    }[comparator]


def _national(indicator_id: str, main: Cited, year: int | None) -> str | None:
    """What the guideline asks and what the nation reached in that year."""
    child = main.plan == "child_disability_welfare"
    asked = guideline(indicator_id, (main.plan_term or 0) + (TERMS_BETWEEN_PLANS if child else 0))
    parts = [f"guideline {asked.printed}{asked.unit or ''}"] if asked else []
    parts += [
        f"nation {row.printed}{row.unit or ''} ({row.fiscal_year})"
        for row in national_actuals(indicator_id)
        if row.fiscal_year == year
    ]
    return "; ".join(parts) or None


def _also_printed(actuals: list[Cited]) -> str | None:
    """Other values that the same document prints for the same year: a contradiction to look at."""
    if not actuals:
        return None
    first = actuals[0]
    others = [c for c in actuals[1:] if c.value != first.value]
    return "; ".join(dict.fromkeys(f"{c.raw} ({c.section})" for c in others)) or None
