"""Arithmetic in one table (A): differences, shares, ratios, sums, running totals.

Sums that are never tested: users over services, persons over months, 再掲.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from keikaku.normalizers.catalogue import unit_family
from keikaku.normalizers.relations import Relation, relations
from keikaku.pipeline.checks.figures import (
    by_year,
    is_change,
    is_cumulative,
    is_subset,
    printed_numbers,
    quantities,
    quantity_of,
    rows,
    value_of,
)
from keikaku.pipeline.checks.rule import Doubt, rule
from keikaku.pipeline.checks.wording import amount, cite, cite_ja, number
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.records import Observation

PRINTED_PRECISION = 1e-9
TENTHS = re.compile(r"割(?!.{0,2}[分%％])")
RATIO_BOUND = re.compile(r"倍\s*以上")
"""令和元年度の1.26倍以上（1人） bounds the ratio, 19人以上（1.27倍） the persons."""


@rule("gap_is_not_the_difference", family="A1", severity="error")
def check_gap(records: DocumentRecords) -> Iterator[Doubt]:
    """比較 is the last actual minus the target, or a level minus its baseline."""
    for row in _rows_over_series(records):
        actuals = by_year(o for o in row if o.measure == "actual" and not o.breakdown)
        for gap in (o for o in row if o.measure == "gap" and "率" not in (o.series or "")):
            level = actuals.get(gap.fiscal_year or max(actuals, default=0))
            bases = [o for o in row if o.measure in {"target", "baseline"}]
            if level is not None and bases:
                yield from _compare_gap(gap, level, bases, tuple(actuals.values()))


def _rows_over_series(records: DocumentRecords) -> Iterator[tuple[Observation, ...]]:
    """Rows, but with one unit, and only those that hold a 比較."""
    for row in rows(printed_numbers(records.observations)):
        for unit in dict.fromkeys(o.unit for o in row if o.measure == "gap"):
            yield tuple(o for o in row if o.unit == unit or (unit == "%pt" and o.unit == "%"))


def _compare_gap(
    gap: Observation,
    level: Observation,
    bases: list[Observation],
    actuals: tuple[Observation, ...],
) -> Iterator[Doubt]:
    if any(math.isclose(value_of(gap), d, abs_tol=1e-6) for d in _differences(gap, level, bases)):
        return
    target = next((o for o in bases if o.measure == "target"), bases[0])
    expected = value_of(level) - value_of(target)
    total = sum(value_of(o) for o in actuals)
    summed = math.isclose(value_of(gap), total - value_of(target)) and len(actuals) > 1
    if summed and is_cumulative(level):
        return
    why = (
        f"; it is the sum of the years ({number(total)}) minus the target of one year"
        if summed
        else ""
    )
    why_ja = f"（各年度の合計{number(total)}から単年度の目標値を引いた値）" if summed else ""
    reversed_sign = math.isclose(value_of(gap), -expected)
    yield Doubt(
        (gap, level, target),
        (),
        f"比較 is printed {cite(gap)}, but {cite(level)} minus {cite(target)} "
        f"is {number(expected)}{gap.unit or ''}{why}.",
        f"比較は{cite_ja(gap)}だが、{cite_ja(level)}と{cite_ja(target)}の差は"
        f"{number(expected)}{gap.unit or ''}である{why_ja}。",
        number(expected) + (gap.unit or ""),
        amount(gap),
        "warning" if reversed_sign else None,
    )


def _differences(gap: Observation, level: Observation, bases: list[Observation]) -> Iterator[float]:
    """What a 比較 may be: level minus target or baseline; for a reduction also minus the level that
    the target leaves (baseline − target), in either sign; for a share also actual ÷ target."""
    for base in bases:
        yield value_of(level) - value_of(base)
        if gap.unit == "%" and value_of(base):
            yield half_up(100 * value_of(level) / value_of(base), decimals(gap))
    if is_change(level) or is_change(bases[0]):
        targets = [value_of(o) for o in bases if o.measure == "target"]
        baselines = [value_of(o) for o in bases if o.measure == "baseline"]
        levels = [*baselines, *(b - t for b in baselines for t in targets)]
        for left in levels:
            yield from (value_of(level) - left, left - value_of(level))


@rule("rate_is_not_part_of_whole", family="A2", severity="error")
def check_rate(records: DocumentRecords) -> Iterator[Doubt]:
    """A printed rate is its printed part divided by its printed whole, half-up."""
    for relation, rate, whole, part in _rates(records):
        if part is None or value_of(whole) == 0:
            continue
        share = 100 * value_of(part) / value_of(whole)
        if half_up(share, decimals(rate)) == value_of(rate):
            continue
        near = abs(share - value_of(rate)) < 10 ** -decimals(rate)
        yield Doubt(
            (rate, part, whole),
            (),
            f"The rate {cite(rate)} is not {cite(part)} of {cite(whole)}: "
            f"that is {share:.1f}% ({relation.note}).",
            f"割合{cite_ja(rate)}は、{cite_ja(part)}÷{cite_ja(whole)}＝{share:.1f}%と一致しない。",
            f"{number(half_up(share, decimals(rate)))}%",
            amount(rate),
            "warning" if near else None,
        )


@rule("rate_fits_no_whole_number", family="A2", severity="warning")
def check_rate_without_part(records: DocumentRecords) -> Iterator[Doubt]:
    """A rate whose part is not printed can be given by some whole number of the whole."""
    for _, rate, whole, part in _rates(records):
        if part is not None or not 0 < value_of(whole) < 1000:
            continue
        if any(
            half_up(100 * n / value_of(whole), decimals(rate)) == value_of(rate)
            for n in range(int(value_of(whole)) + 1)
        ):
            continue
        below = math.floor(value_of(rate) * value_of(whole) / 100)
        shares = [
            f"{n}/{number(value_of(whole))} = {100 * n / value_of(whole):.1f}%"
            for n in (below, below + 1)
        ]
        yield Doubt(
            (rate, whole),
            (),
            f"No whole number of {cite(whole)} gives {cite(rate)}: {', '.join(shares)}; "
            "the denominator or the date differs.",
            f"{cite_ja(whole)}のうち何人であっても{cite_ja(rate)}にはならない（{'、'.join(shares)}）。"
            "分母または時点が異なると見られる。",
            " or ".join(shares),
            amount(rate),
        )


def _rates(
    records: DocumentRecords,
) -> Iterator[tuple[Relation, Observation, Observation, Observation | None]]:
    """Each rate of a year with its whole and its part of the same section. Where the part is
    printed it is enough that one of the known wholes fits, so only the first is given."""
    numbers = printed_numbers(records.observations)
    seen: set[str] = set()
    for relation in relations("share"):
        for rate in (
            o for o in numbers if o.indicator_id == relation.rate and o.measure == "actual"
        ):
            near = [
                o for o in numbers
                if (o.section, o.fiscal_year, o.measure) == (rate.section, rate.fiscal_year, "actual")
                and o.goal_number == rate.goal_number and o.plan == rate.plan
            ]  # fmt: skip
            wholes = [o for o in near if o.indicator_id == relation.whole and o.unit == "人"]
            parts = [o for o in near if o.indicator_id == relation.part and o.unit == "人"]
            if not wholes or rate.observation_id in seen:
                continue
            whole = _in_row(wholes, rate)
            national = relation.whole == "employment_transitions"
            if not parts and not national:
                continue
            seen.add(rate.observation_id)
            yield relation, rate, whole, parts[0] if parts else None


def _in_row(wholes: list[Observation], rate: Observation) -> Observation:
    """The whole that the rate's own row prints (移行者数), else the table's."""
    return next((o for o in wholes if o.indicator == rate.indicator), wholes[0])


@rule("target_is_not_its_share", family="A3", severity="error")
def check_target_share(records: DocumentRecords) -> Iterator[Doubt]:
    """target % × baseline is the target in persons (rounding up allowed)."""
    numbers = printed_numbers(records.observations)
    for relation in relations("share"):
        for rate, part in _pairs_in_one_cell(numbers, relation):
            base = next(
                (o for o in numbers if o.measure == "baseline" and o.unit == "人"
                 and o.indicator_id in {relation.whole, relation.part}
                 and o.goal_id == rate.goal_id and value_of(o) > 0),
                None,
            )  # fmt: skip
            if base is None:
                continue
            share = 100 * value_of(part) / value_of(base)
            exact = value_of(rate) * value_of(base) / 100
            agrees = half_up(share, decimals(rate)) == value_of(rate)
            if agrees or value_of(part) in {math.ceil(exact), half_up(exact, 0)}:
                continue
            yield Doubt(
                (part, rate, base),
                (),
                f"The target {cite(part)} is {share:.1f}% of {cite(base)}, not "
                f"{number(value_of(rate))}%.",
                f"目標値{cite_ja(part)}は{cite_ja(base)}の{share:.1f}%であり、"
                f"{number(value_of(rate))}%ではない。",
                f"{share:.1f}%",
                amount(rate),
            )


@rule("target_is_not_its_ratio", family="A3", severity="error")
def check_target_ratio(records: DocumentRecords) -> Iterator[Doubt]:
    """…倍 × base is the target in persons; without a printed base, some whole number fits."""
    numbers = printed_numbers(records.observations)
    for relation in relations("ratio"):
        for ratio, part in _pairs_in_one_cell(numbers, relation):
            base = next(
                (o for o in numbers if o.measure == "baseline" and o.unit == "人"
                 and o.indicator_id == relation.whole),
                None,
            )  # fmt: skip
            candidates = [value_of(base)] if base is not None else range(1, int(value_of(part)) + 2)
            fit = _best_fit(candidates, ratio, part)
            if fit < 2:
                yield _ratio_doubt(ratio, part, base, fit)


def _best_fit(bases: Iterable[float], ratio: Observation, part: Observation) -> int:
    """The best that any base gives; a base that keeps the ratio ends the search."""
    best = 0
    for base in bases:
        best = max(best, _ratio_fit(base, ratio, part))
        if best == 2:
            break
    return best


def _ratio_fit(base: float, ratio: Observation, part: Observation) -> int:
    """2: the persons keep the ratio; 1: only after rounding down below `以上`; 0: not at all."""
    exact = round(base * value_of(ratio), 6)
    persons = value_of(part)
    if persons == math.ceil(exact):
        return 2
    printed = base > 0 and half_up(persons / base, decimals(ratio)) == value_of(ratio)
    if not RATIO_BOUND.search(ratio.raw) and (printed or persons == half_up(exact, 0)):
        return 2
    return 1 if persons in {math.floor(exact), half_up(exact, 0)} and persons > 0 else 0


def _ratio_doubt(
    ratio: Observation, part: Observation, base: Observation | None, fit: int
) -> Doubt:
    needed = (
        f"{number(value_of(ratio))} × {number(value_of(base)) if base else 'a whole-number base'}"
    )
    rounding = "only when rounded down" if fit else "under no rounding"
    rounding_ja = "切り捨てた場合に限り" if fit else "どの端数処理でも"
    based = f" ({cite(base)})" if base else ""
    based_ja = cite_ja(base) if base else "基準年度の人数（整数）"
    ending_ja = "となる" if fit else "とならない"
    return Doubt(
        (part, ratio, *((base,) if base else ())),
        (),
        f"The target {cite(part)}: {needed}{based} gives {amount(part)} {rounding}.",
        f"目標値{cite_ja(part)}：{based_ja}の{number(value_of(ratio))}倍は{rounding_ja}"
        f"{amount(part)}{ending_ja}。",
        needed,
        amount(part),
        "warning" if fit else None,
    )


def _pairs_in_one_cell(
    numbers: tuple[Observation, ...], relation: Relation
) -> Iterator[tuple[Observation, Observation]]:
    """Rate and persons of one target cell: 4人 (5.6%), 1.27倍以上（126人）."""
    for rate in (o for o in numbers if o.indicator_id == relation.rate and o.measure == "target"):
        for part in numbers:
            if part.indicator_id != relation.part or part.measure != "target":
                continue
            same_cell = (part.raw, part.section, part.item, part.goal_number) == (
                rate.raw, rate.section, rate.item, rate.goal_number,
            )  # fmt: skip
            if same_cell:
                yield rate, part


@rule("total_is_not_the_sum", family="A4", severity="error")
def check_sum(records: DocumentRecords) -> Iterator[Doubt]:
    """A total is the sum of its parts; a sum that falls short counts only where the parts of
    another year or measure of the same table do make up the whole."""
    numbers = printed_numbers(records.observations)
    wholes = dict.fromkeys(relation.whole for relation in relations("sum"))
    for whole_id in wholes:
        part_ids = {relation.part for relation in relations("sum", whole_id)}
        sums = list(_sums(numbers, whole_id, part_ids))
        exact = {
            (total.section, len(parts))
            for total, parts in sums
            if math.isclose(value_of(total), sum(map(value_of, parts))) and value_of(total) > 0
        }
        for total, parts in sums:
            summed = sum(map(value_of, parts))
            complete = any(count == len(parts) for _, count in exact)
            if math.isclose(summed, value_of(total)) or (summed < value_of(total) and not complete):
                continue
            yield _sum_doubt(total, parts, summed)


def _sums(
    numbers: tuple[Observation, ...], whole_id: str, part_ids: set[str]
) -> Iterator[tuple[Observation, list[Observation]]]:
    for total in (o for o in numbers if o.indicator_id == whole_id and not o.breakdown):
        if total.measure == "gap":
            continue
        parts = {
            o.indicator_id: o for o in numbers
            if o.indicator_id in part_ids and o.unit == total.unit and not is_subset(o)
            and o.series == total.series
            and (o.section, o.measure, o.fiscal_year, o.goal_number, o.plan)
            == (total.section, total.measure, total.fiscal_year, total.goal_number, total.plan)
        }  # fmt: skip
        if len(parts) > 1:
            yield total, list(parts.values())


def _sum_doubt(total: Observation, parts: list[Observation], summed: float) -> Doubt:
    unit = total.unit or ""
    terms = " + ".join(number(value_of(o)) for o in parts)
    return Doubt(
        (total, *parts),
        (),
        f"The total {cite(total)} is not the sum of its parts {', '.join(map(cite, parts))}: "
        f"{terms} = {number(summed)}{unit}.",
        f"合計{cite_ja(total)}は内訳{'、'.join(map(cite_ja, parts))}の和 "
        f"{terms} ＝ {number(summed)}{unit} と一致しない。",
        number(summed) + unit,
        amount(total),
    )


@rule("subset_exceeds_whole", family="A5", severity="error")
def check_subset(records: DocumentRecords) -> Iterator[Doubt]:
    """A figure in [ ] or 再掲 is not larger than the figure that it is part of."""
    numbers = printed_numbers(records.observations)
    for part in (o for o in numbers if is_subset(o)):
        if part.measure == "gap" or unit_family(part.unit) in {"share", "ratio"}:
            continue
        for whole in numbers:
            same = (
                whole.breakdown is None
                and whole.indicator == part.indicator
                and (whole.indicator, whole.section, whole.goal_number, whole.plan, whole.item)
                == (part.indicator, part.section, part.goal_number, part.plan, part.item)
                and (whole.measure, whole.fiscal_year, whole.unit, whole.series)
                == (part.measure, part.fiscal_year, part.unit, part.series)
            )
            if same and value_of(part) > value_of(whole):
                yield Doubt(
                    (part, whole),
                    (),
                    f"The part {cite(part)} is larger than the whole {cite(whole)}.",
                    f"内数{cite_ja(part)}が全体{cite_ja(whole)}を上回っている。",
                    f"<= {amount(whole)}",
                    amount(part),
                )


@rule("one_figure_printed_twice_differs", family="A5", severity="error")
def check_same_figure(records: DocumentRecords) -> Iterator[Doubt]:
    """The same figure printed in two tables of one document is the same."""
    denominators = [
        (o, quantity_of(o, o.indicator_id))
        for o in printed_numbers(records.observations)
        if o.section == "summary" and o.series and o.measure == "actual" and o.indicator_id
    ]
    for quantity, places in quantities(records.observations).items():
        sheets = [o for o in places if o.section != "summary"]
        for one, other in pairwise(sheets):
            if one.comparator == other.comparator:
                yield from _compare_twice(one, other)
        for one, stated in denominators:
            if sheets and stated == quantity:
                yield from _compare_twice(one, sheets[0])


def _compare_twice(one: Observation, other: Observation) -> Iterator[Doubt]:
    if value_of(one) == value_of(other):
        return
    other_date = one.as_of is not None and other.as_of not in {None, one.as_of}
    yield Doubt(
        (one, other),
        (),
        f"One figure is printed twice and differs: {cite(one)} and {cite(other)}"
        + (f", as of {one.as_of} and {other.as_of}." if other_date else "."),
        f"同じ数値が2か所で異なる：{cite_ja(one)}と{cite_ja(other)}"
        + (f"（時点は{one.as_of}と{other.as_of}）。" if other_date else "。"),
        amount(other),
        amount(one),
        "warning" if other_date else None,
    )


@rule("cumulative_figure_falls", family="A6", severity="error")
def check_cumulative(records: DocumentRecords) -> Iterator[Doubt]:
    """A running total (累計, 延べ設置数) never falls."""
    for row in rows(printed_numbers(records.observations)):
        actuals = [
            o for o in row if o.measure == "actual" and is_cumulative(o) and not is_change(o)
        ]
        for unit in dict.fromkeys(o.unit for o in actuals):
            series = list(by_year(o for o in actuals if o.unit == unit).values())
            for before, after in pairwise(series):
                if value_of(after) < value_of(before):
                    yield Doubt(
                        (after, before),
                        (),
                        f"A running total falls from {cite(before)} to {cite(after)}.",
                        f"累計値が{cite_ja(before)}から{cite_ja(after)}に減っている。",
                        f">= {amount(before)}",
                        amount(after),
                    )


def decimals(figure: Observation) -> int:
    """Digits after the point of the printed number; -1 for 四割, which is printed in tens."""
    if figure.unit == "%" and TENTHS.search(figure.raw):
        return -1
    return len(number(value_of(figure)).partition(".")[2])


def half_up(value: float, digits: int) -> float:
    """四捨五入: 37.5 becomes 38, 2.5 becomes 3."""
    scale = 10.0**digits
    return math.floor(value * scale + 0.5 + PRINTED_PRECISION) / scale
