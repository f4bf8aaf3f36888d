"""One document, several parts (C): summary and sheet, outcome and activity, years and marks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from keikaku.normalizers.catalogue import indicator_by_id
from keikaku.normalizers.national import all_plan_terms
from keikaku.normalizers.registry import fold_label
from keikaku.normalizers.relations import relations
from keikaku.pipeline.checks.figures import (
    RowKey,
    common_unit,
    counts_residents,
    only,
    printed_numbers,
    quantities,
    row_of,
    rows,
    same_family,
    single_in_place,
    value_of,
)
from keikaku.pipeline.checks.prose import EVALUATIONS, TAIL_OF_LABEL
from keikaku.pipeline.checks.rule import Doubt, rule
from keikaku.pipeline.checks.wording import amount, cite, cite_ja, number, place, place_ja
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.records import Narrative, Observation

FAR_BELOW, FAR_ABOVE = 0.5, 1.5
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
TARGET_IN_PROSE = re.compile(
    r"(?:年)?(?P<amount>[0-9]+)(?P<unit>か所|回)(?P<bound>以上)?(?:を|の)?(?:確保|設置|整備|開催|実施)(?:する|を目指す)"
)


@rule("summary_differs_from_sheet", family="C1", severity="error")
def check_summary(records: DocumentRecords) -> Iterator[Doubt]:
    """The leading result tables equal the sheets, figure by figure."""
    for places in (*quantities(records.observations).values(), *_unmapped(records)):
        summaries = [o for o in places if o.section == "summary"]
        sheets = [o for o in places if o.section in {"target", "actual"}]
        for summary in summaries:
            for sheet in sheets:
                same_basis = counts_residents(summary) == counts_residents(sheet)
                if value_of(summary) != value_of(sheet) and same_basis:
                    yield _summary_doubt(summary, sheet)


def _unmapped(records: DocumentRecords) -> Iterator[tuple[Observation, ...]]:
    """Figures without an indicator that bear one label in one goal."""
    found: defaultdict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for figure in printed_numbers(records.observations):
        if figure.indicator_id is None and figure.measure != "gap":
            labels = (
                fold_label(figure.indicator),
                fold_label(figure.breakdown or ""),
                figure.series,
            )
            at = (figure.plan, figure.goal_number, figure.measure, figure.fiscal_year)
            found[*at, *labels, common_unit(figure.unit)].append(figure)
    yield from (single_in_place(places) for places in found.values())


def _summary_doubt(summary: Observation, sheet: Observation) -> Doubt:
    other_date = summary.as_of is not None and sheet.as_of not in {None, summary.as_of}
    return Doubt(
        (summary, sheet),
        (),
        f"The summary prints {cite(summary)}, the sheet {cite(sheet)}.",
        f"総括表の{cite_ja(summary)}と管理シートの{cite_ja(sheet)}が異なる。",
        amount(sheet),
        amount(summary),
        "warning" if other_date else None,
    )


@rule("target_worded_in_two_ways", family="B4", severity="warning")
def check_wording(records: DocumentRecords) -> Iterator[Doubt]:
    """A target worded in the summary and in the sheet is the same."""
    targets = [
        o for o in records.observations
        if o.measure == "target" and o.status == "qualitative" and o.text and o.indicator_id
    ]  # fmt: skip
    for summary in (o for o in targets if o.section == "summary"):
        sheets = [
            o for o in targets
            if o.section == "target" and o.indicator_id == summary.indicator_id
            and o.plan_term == summary.plan_term
        ]  # fmt: skip
        if sheets and not any(_same_words(summary, sheet) for sheet in sheets):
            yield Doubt(
                (summary, sheets[0]),
                (),
                f"The target is worded in two ways: {cite(summary)} and {cite(sheets[0])}.",
                f"目標の文言が2か所で異なる：{cite_ja(summary)}と{cite_ja(sheets[0])}。",
                sheets[0].text,
                summary.text,
            )


def _same_words(one: Observation, other: Observation) -> bool:
    first, second = fold_label(one.text or ""), fold_label(other.text or "")
    return first.rstrip("。") == second.rstrip("。")


@rule("target_differs_from_its_rationale", family="B4", severity="warning")
def check_rationale(records: DocumentRecords) -> Iterator[Doubt]:
    """A target repeated in its own 考え方 (1か所以上確保する) is the figure of its cell."""
    targets = [o for o in printed_numbers(records.observations) if o.measure == "target"]
    for narrative in records.narratives:
        if narrative.section != "rationale" or not narrative.text:
            continue
        folded = fold_label(narrative.text)
        for match in TARGET_IN_PROSE.finditer(folded):
            boxes = [
                o for o in targets
                if o.section == "target" and same_family(o.unit, match["unit"])
                and (o.plan, o.goal_number, o.item) == (narrative.plan, narrative.goal_number, narrative.item)
            ]  # fmt: skip
            if boxes and all(value_of(o) != float(match["amount"]) for o in boxes):
                yield _rationale_doubt(boxes, narrative, match.group())


def _rationale_doubt(boxes: list[Observation], narrative: Narrative, words: str) -> Doubt:
    return Doubt(
        tuple(boxes),
        (narrative,),
        f"The target {', '.join(map(cite, boxes))} is worded 「{words}」 in its rationale.",
        f"目標値{'、'.join(map(cite_ja, boxes))}が、目標値設定の考え方では「{words}」とされている。",
        ", ".join(map(amount, boxes)),
        words,
    )


@rule("outcome_differs_from_activity", family="C2", severity="warning")
def check_activity(records: DocumentRecords) -> Iterator[Doubt]:
    """施設入所者数 and 施設入所支援の利用者数 of one year agree."""
    numbers = [o for o in printed_numbers(records.observations) if o.measure == "actual"]
    for relation in relations("same"):
        outcomes = [o for o in numbers if o.indicator_id == relation.whole]
        for activity in (o for o in numbers if o.indicator_id == relation.part):
            for outcome in outcomes:
                if outcome.fiscal_year == activity.fiscal_year and value_of(outcome) != value_of(
                    activity
                ):
                    yield Doubt(
                        (outcome, activity),
                        (),
                        f"The outcome {cite(outcome)} is not the activity figure {cite(activity)}.",
                        f"成果目標の{cite_ja(outcome)}と活動指標の{cite_ja(activity)}が異なる。",
                        amount(activity),
                        amount(outcome),
                    )


@rule("actual_far_from_projected", family="C3", severity="info")
def check_projection(records: DocumentRecords) -> Iterator[Doubt]:
    """Actual ÷ projected below 0.5 or above 1.5."""
    found: defaultdict[tuple[RowKey, str | None, int | None], list[Observation]] = defaultdict(list)
    for figure in printed_numbers(records.observations):
        if figure.measure in {"actual", "projected"}:
            found[row_of(figure), common_unit(figure.unit), figure.fiscal_year].append(figure)
    for figures in found.values():
        actual = only(o for o in figures if o.measure == "actual")
        projected = only(o for o in figures if o.measure == "projected")
        if actual is None or projected is None or value_of(projected) <= 0:
            continue
        share = value_of(actual) / value_of(projected)
        if not FAR_BELOW <= share <= FAR_ABOVE:
            yield Doubt(
                (actual, projected),
                (),
                f"{cite(actual)} is {share:.2f} times the projection {cite(projected)}.",
                f"{cite_ja(actual)}は見込量{cite_ja(projected)}の{share:.2f}倍である。",
                amount(projected),
                amount(actual),
            )


@rule("year_outside_plan_term", family="C4", severity="warning")
def check_years(records: DocumentRecords) -> Iterator[Doubt]:
    """Targets and projections lie in the years of the plan term, baselines before them. The target
    of the term before may stand beside the new one in its row."""
    for row in rows(records.observations):
        for figure in row:
            years = _years_of_term(figure.plan, figure.plan_term)
            if years and figure.fiscal_year is not None and _is_astray(figure, row, years):
                yield _astray(figure, years)


def _is_astray(figure: Observation, row: tuple[Observation, ...], years: range) -> bool:
    year = figure.fiscal_year or 0
    if figure.measure == "baseline":
        return year >= years.start
    if year >= years.stop:
        return figure.measure in {"target", "projected", "actual"}
    beside = any(o.measure == figure.measure and o.fiscal_year in years for o in row)
    return year < years.start and figure.measure in {"target", "projected"} and not beside


def _astray(figure: Observation, years: range) -> Doubt:
    term = f"FY{years.start}–{years.stop - 1}"
    before = figure.measure == "baseline"
    return Doubt(
        (figure,),
        (),
        f"{cite(figure)} lies {'inside' if before else 'outside'} the plan term, {term}.",
        f"{cite_ja(figure)}は計画期間（{years.start}～{years.stop - 1}年度）の{'中' if before else '外'}にある。",
        f"before {term}" if before else term,
        f"FY{figure.fiscal_year}",
    )


def _years_of_term(plan: str | None, plan_term: int | None) -> range | None:
    child = plan == "child_disability_welfare"
    for term in all_plan_terms():
        if plan_term is not None and plan_term == (term.child_term if child else term.term):
            return range(term.first_year, term.last_year + 1)
    return None


@rule("marks_do_not_follow_targets", family="C5", severity="warning")
def check_marks(records: DocumentRecords) -> Iterator[Doubt]:
    """A point of an evaluation speaks of the target that bears its mark."""
    boxes: defaultdict[tuple[object, ...], list[Narrative]] = defaultdict(list)
    for narrative in records.narratives:
        if narrative.section in EVALUATIONS and narrative.raw.lstrip()[:1] in tuple(CIRCLED):
            boxes[narrative.plan, narrative.goal_number, narrative.fiscal_year].append(narrative)
    for marked in boxes.values():
        marks = "".join(n.raw.lstrip()[0] for n in marked)
        if marks == CIRCLED[: len(marks)]:
            continue
        items = _items(records, marked[0])
        astray = [(n, item) for n in marked if (item := _other_item(n, items)) is not None]
        if astray:
            yield _marks_doubt(marked, astray, marks)


def _items(records: DocumentRecords, narrative: Narrative) -> tuple[str, ...]:
    """The targets of a goal in page order: the first bears ①."""
    return tuple(
        dict.fromkeys(
            o.item for o in records.observations
            if o.section == "target" and o.item
            and (o.plan, o.goal_number) == (narrative.plan, narrative.goal_number)
        )
    )  # fmt: skip


def _other_item(narrative: Narrative, items: tuple[str, ...]) -> str | None:
    """The only other target that the point names, where it does not name its own."""
    words = fold_label(narrative.text or "")
    named = [item for item in items if TAIL_OF_LABEL.sub("", fold_label(item)) in words]
    mark = CIRCLED.index(narrative.raw.lstrip()[0])
    own = items[mark] if mark < len(items) else None
    return named[0] if len(named) == 1 and named[0] != own else None


def _marks_doubt(marked: list[Narrative], astray: list[tuple[Narrative, str]], marks: str) -> Doubt:
    expected = CIRCLED[: len(marks)]
    point, item = astray[0]
    quote = f"「{point.raw.strip()[:30]}…」"
    return Doubt(
        (),
        (point, *(n for n in marked if n is not point)),
        f"The marks of the evaluation of FY{point.fiscal_year} run {marks} and do not follow the "
        f"targets: {quote} ({place(point)}) speaks of 「{item}」; the subject decides.",
        f"評価欄の番号（{marks}）が目標の番号に対応していない：{quote}（{place_ja(point)}）は"
        f"「{item}」についての記述である。内容によって判断する。",
        expected,
        marks,
    )


@rule("label_holds_another_quantity", family="B4", severity="warning")
def check_label(records: DocumentRecords) -> Iterator[Doubt]:
    """A row named 削減 that bounds the number of residents names one thing and counts another."""
    for figure in printed_numbers(records.observations):
        if counts_residents(figure) and "削減" in fold_label(figure.indicator):
            known = indicator_by_id("facility_residents")
            yield Doubt(
                (figure,),
                (),
                f"The row is named 「{figure.indicator}」, but {cite(figure)} bounds {known.name_ja}.",
                f"見出しは「{figure.indicator}」だが、{cite_ja(figure)}は{known.name_ja}の上限である。",
                known.name_ja,
                f"{figure.indicator}: {number(value_of(figure))}{figure.unit or ''}",
            )
