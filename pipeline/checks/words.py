"""Figures against words (B): 達成, 上回った, 増加 and repeated figures, against the tables.

上回った is bad news for 施設入所者数 (the target is an upper bound) and good news elsewhere: the
verdict is read against the target's comparator, the direction against the numbers alone.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from keikaku.pipeline.checks.figures import (
    better_is,
    by_year,
    common_unit,
    is_level,
    printed_numbers,
    same_family,
    value_of,
)
from keikaku.pipeline.checks.prose import (
    Figure,
    RowNames,
    Sentence,
    Subject,
    figures,
    row_names,
    same_goal,
    sentences,
)
from keikaku.pipeline.checks.rule import Doubt, rule
from keikaku.pipeline.checks.wording import (
    amount,
    cite,
    cite_ja,
    cite_prose,
    cite_prose_ja,
    number,
)
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.records import Narrative, Observation

NOT_A_STATEMENT = re.compile(
    r"達成に向け|達成する(?:ため|よう)|達成を目指|可能性|見込(?:み|まれ)|達成状況|達成率|達成できるよう|ていなければ|れば|努め"
)
FAR_BELOW, NEARLY = 0.8, 0.9
SAME_SURVEY = 25
"""Characters that two sentences share when they report one survey."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a phrase claims. `missed` before `met`: 達成できなかった holds 達成."""

    claim: str
    pattern: re.Pattern[str]


TARGET = r"(?:目標(?:値)?|計画(?:値)?)(?:の?[0-9]+(?:人|名|か所|回|件|%|割)(?:以上|以下)?)?"
PROJECTED = "見込(?:量|値|数)"
VERDICTS = (
    Verdict("missed", re.compile(
        rf"{TARGET}?[はをがの]?(?:未達成|達成(?:には|にも|までには|に)?(?:至ら|至って(?:い)?な)"
        r"|達成(?:は|が)?(?:する)?(?:ことが|ことは)?(?:でき|出来)(?:な|ず|て(?:い|お)?な))")),
    Verdict("met", re.compile(rf"{TARGET}[をはが]?(?:[0-9]+年度?(?:末)?で)?達成(?:し|でき|出来|済)(?!な)")),
    Verdict("below_slightly", re.compile(rf"やや{TARGET}?[をに]?下回|{TARGET}[をに]やや下回")),
    Verdict("below", re.compile(rf"(?<!やや){TARGET}[をに]下回")),
    Verdict("above", re.compile(rf"{TARGET}[をに](?:大きく)?上回")),
    Verdict("below_projected", re.compile(rf"{PROJECTED}[をに](?:やや|大きく)?下回")),
    Verdict("above_projected", re.compile(rf"{PROJECTED}[をに](?:やや|大きく)?上回")),
    Verdict("near", re.compile(rf"{TARGET}に近い")),
    Verdict("on_plan", re.compile(r"計画(?:どおり|通り)")),
)  # fmt: skip
MAY_JUDGE = re.compile("達成|[下上]回|近い|計画")
"""What every verdict holds; most sentences hold none of it."""
TREND = re.compile(
    r"(?P<up>増加(?:した|して(?:いる|おり|います))|増えた)|(?P<down>減少(?:した|して(?:いる|おり|います))|減った)|(?P<flat>前年度(?:並み|と同(?:数|じ|様))(?:で|と|の実績))"
)
LISTED = re.compile(r"として[・、]?(?:[^0-9。]+[0-9]+回[・、]?)+")
COUNT = re.compile(r"([0-9]+)回")
SURVEYED = re.compile(r"(?P<count>[0-9]+)(?:人|名)の(?P<noun>[一-龥ァ-ヶー]{4,})を把握")


@rule("words_contradict_target", family="B1", severity="error")
def check_verdicts(records: DocumentRecords) -> Iterator[Doubt]:
    """達成, 未達成, 上回った, 下回った, 計画通り, 目標に近い against target and actual."""
    numbers = printed_numbers(records.observations)
    names = row_names(records.observations)
    before: Sentence | None = None
    for sentence in sentences(records.narratives):
        for claim, named in _claims(sentence, before, names):
            for subject in named:
                yield from _judge(claim, subject, sentence, numbers)
        before = sentence


def _claims(
    sentence: Sentence, before: Sentence | None, names: RowNames
) -> Iterator[tuple[str, tuple[Subject, ...]]]:
    """Each verdict with the rows named between the verdict before it and itself."""
    verdicts = sorted(_verdicts(sentence.folded), key=lambda found: found[1].start())
    named = names.subjects(sentence) if verdicts else ()
    last = 0
    for verdict, match in verdicts:
        around = sentence.folded[last : match.end() + 8]
        here = tuple(s for s in named if last <= s.start < match.start())
        if not here and not named and before and before.narrative == sentence.narrative:
            earlier = names.subjects(before)
            here = earlier if len(earlier) == 1 and sentence.folded.startswith("目標") else ()
        if here and not NOT_A_STATEMENT.search(around):
            yield verdict.claim, here
        last = match.end()


def _verdicts(text: str) -> Iterator[tuple[Verdict, re.Match[str]]]:
    if not MAY_JUDGE.search(text):
        return
    taken: list[tuple[int, int]] = []
    for verdict in VERDICTS:
        for match in verdict.pattern.finditer(text):
            if all(match.end() <= start or end <= match.start() for start, end in taken):
                taken.append(match.span())
                yield verdict, match


def _judge(
    claim: str, subject: Subject, sentence: Sentence, numbers: tuple[Observation, ...]
) -> Iterator[Doubt]:
    actual = _actual(subject, sentence.narrative)
    measure = "projected" if claim.endswith("_projected") else "target"
    target = _planned(actual, measure, numbers) if actual else None
    if actual is None or target is None:
        return
    severity = _contradiction(claim, actual, target)
    if severity is None:
        return
    reads = cite_prose(sentence.narrative, sentence.text)
    reads_ja = cite_prose_ja(sentence.narrative, sentence.text)
    yield Doubt(
        (actual, target),
        (sentence.narrative,),
        f"The prose {reads} does not agree with {cite(actual)} against {cite(target)}.",
        f"本文{reads_ja}は、{cite_ja(actual)}と{cite_ja(target)}に合わない。",
        _expected_words(actual, target),
        sentence.text,
        severity,
    )


def _expected_words(actual: Observation, target: Observation) -> str:
    sign = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<"}.get(target.comparator or "", "/")
    met = "met" if is_met(actual, target) else "not met"
    return f"{met}: {amount(actual)} {sign} {amount(target)}"


def _contradiction(claim: str, actual: Observation, target: Observation) -> str | None:
    """The severity where the claim does not hold, None where it does or cannot be tested."""
    met = is_met(actual, target)
    have, asked = value_of(actual), value_of(target)
    share = have / asked if asked else 1.0
    due = not is_level(actual) or actual.fiscal_year == target.fiscal_year
    holds = {
        "met": met,
        "missed": not met,
        "above": have > asked,
        "above_projected": have > asked,
        "below": have < asked,
        "below_projected": have < asked,
        "below_slightly": have < asked,
        "near": not met and share >= FAR_BELOW,
        "on_plan": met or not due or share >= NEARLY or better_is(actual) != "higher",
    }[claim]
    if holds:
        return "warning" if claim == "below_slightly" and share < FAR_BELOW else None
    return "warning" if claim == "near" and met else "error"


def is_met(actual: Observation, target: Observation) -> bool:
    """Does the actual satisfy the target, by its comparator, or by what the guideline prefers?"""
    have, asked = value_of(actual), value_of(target)
    comparator = target.comparator
    if comparator in {"eq", "approx", None}:
        comparator = "le" if better_is(target) == "lower" else "ge"
    return {
        "ge": have >= asked, "gt": have > asked, "le": have <= asked, "lt": have < asked,
    }[comparator or "ge"]  # fmt: skip


def _actual(subject: Subject, narrative: Narrative) -> Observation | None:
    """The one actual of the prose's year; None where the tables differ."""
    found = [
        o for o in subject.rows
        if o.measure == "actual" and o.fiscal_year == narrative.fiscal_year
    ]  # fmt: skip
    outcome = [o for o in found if o.section in {"actual", "summary"}] or found
    return outcome[0] if len({value_of(o) for o in outcome}) == 1 else None


def _planned(
    actual: Observation, measure: str, numbers: tuple[Observation, ...]
) -> Observation | None:
    """The one target or projection of an actual, of its year where there is one."""
    found = [
        o for o in numbers
        if o.measure == measure and o.plan == actual.plan and same_family(o.unit, actual.unit)
        and o.goal_number == actual.goal_number
        and (o.indicator_id, o.indicator_id is None and o.indicator)
        == (actual.indicator_id, actual.indicator_id is None and actual.indicator)
    ]  # fmt: skip
    of_year = [o for o in found if o.fiscal_year == actual.fiscal_year] or found
    return of_year[0] if len({value_of(o) for o in of_year}) == 1 else None


@rule("words_contradict_trend", family="B2", severity="error")
def check_trends(records: DocumentRecords) -> Iterator[Doubt]:
    """増加した, 減少した, 前年度並み against the two years."""
    names = row_names(records.observations)
    for sentence in sentences(records.narratives):
        match = TREND.search(sentence.folded)
        if match is None or match.lastgroup is None:
            continue
        for subject in names.subjects(sentence):
            if subject.start < match.start():
                yield from _judge_trend(match.lastgroup, subject, sentence)


def _judge_trend(direction: str, subject: Subject, sentence: Sentence) -> Iterator[Doubt]:
    year = sentence.narrative.fiscal_year
    series = by_year(o for o in subject.rows if o.measure == "actual")
    now, then = series.get(year or 0), series.get((year or 0) - 1)
    if now is None or then is None or now.unit != then.unit:
        return
    change = value_of(now) - value_of(then)
    if {"up": change > 0, "down": change < 0, "flat": abs(change) <= 0.1 * value_of(then)}[
        direction
    ]:
        return
    reads = cite_prose(sentence.narrative, sentence.text)
    reads_ja = cite_prose_ja(sentence.narrative, sentence.text)
    yield Doubt(
        (now, then),
        (sentence.narrative,),
        f"The prose {reads} does not agree with {cite(then)} and {cite(now)}.",
        f"本文{reads_ja}は、{cite_ja(then)}から{cite_ja(now)}への動きに合わない。",
        f"{amount(then)} to {amount(now)}",
        sentence.text,
        None if same_goal(sentence.narrative, now) else "warning",
    )


@rule("prose_figure_differs", family="B3", severity="error")
def check_figures(records: DocumentRecords) -> Iterator[Doubt]:
    """A figure repeated in prose equals the table's, at its date."""
    names = row_names(records.observations)
    for sentence in sentences(records.narratives):
        for figure in figures(sentence, names):
            yield from _compare(figure, sentence)


def _compare(figure: Figure, sentence: Sentence) -> Iterator[Doubt]:
    told = sentence.narrative.fiscal_year
    series: dict[int, list[Observation]] = {}
    for row in figure.subject.rows:
        if row.measure == "actual" and row.fiscal_year is not None:
            series.setdefault(row.fiscal_year, []).append(row)
    year = figure.fiscal_year or told
    if year is None or year not in series:
        return
    if any(value_of(o) == figure.amount for o in series[year]):
        yield from _preliminary(figure, series[year], sentence)
        return
    meant = [o for o in series.get(told or 0, ()) if value_of(o) == figure.amount]
    if meant and year != told:
        yield _dated_off(figure, meant[0], series[year][0], sentence)
    else:
        yield _differs(figure, series[year][0], sentence)


def _differs(figure: Figure, table: Observation, sentence: Sentence) -> Doubt:
    other_date = (
        figure.month is not None and table.as_of is not None and figure.month != table.as_of.month
    )
    reads = cite_prose(sentence.narrative, sentence.text)
    reads_ja = cite_prose_ja(sentence.narrative, sentence.text)
    told = number(figure.amount) + figure.unit
    basis = " The dates differ." if other_date else ""
    return Doubt(
        (table,),
        (sentence.narrative,),
        f"The table prints {cite(table)}, the prose {told}: {reads}.{basis}",
        f"表の{cite_ja(table)}に対し、本文は{told}としている：{reads_ja}。"
        + ("時点が異なる。" if other_date else ""),
        amount(table),
        told,
        "warning" if other_date else None,
    )


def _dated_off(figure: Figure, meant: Observation, dated: Observation, sentence: Sentence) -> Doubt:
    reads = cite_prose(sentence.narrative, sentence.text)
    reads_ja = cite_prose_ja(sentence.narrative, sentence.text)
    told = number(figure.amount) + figure.unit
    return Doubt(
        (meant, dated),
        (sentence.narrative,),
        f"The prose dates {told} in FY{dated.fiscal_year}: {reads}; the table prints that figure for "
        f"FY{meant.fiscal_year} ({cite(meant)}) and {cite(dated)} for the year named.",
        f"本文{reads_ja}の{told}は、表では{cite_ja(meant)}の値であり、本文の年月に当たる値は"
        f"{cite_ja(dated)}である。",
        f"FY{meant.fiscal_year}",
        f"FY{dated.fiscal_year}",
    )


def _preliminary(figure: Figure, table: list[Observation], sentence: Sentence) -> Iterator[Doubt]:
    if figure.preliminary and not any(o.provisional for o in table):
        reads = cite_prose(sentence.narrative, sentence.text)
        yield Doubt(
            (table[0],),
            (sentence.narrative,),
            f"The prose calls the figure preliminary (速報値), {reads}; the table {cite(table[0])} does not.",
            f"本文{cite_prose_ja(sentence.narrative, sentence.text)}は速報値とするが、"
            f"表の{cite_ja(table[0])}にはその旨がない。",
            "速報値",
            amount(table[0]),
            "info",
        )


@rule("meetings_do_not_add_up", family="B3", severity="error")
def check_meetings(records: DocumentRecords) -> Iterator[Doubt]:
    """Meetings counted one by one (協議の場として、連絡会6回、検討会6回…) sum to the table's count."""
    names = row_names(records.observations)
    for sentence in sentences(records.narratives):
        if not LISTED.search(sentence.folded):
            continue
        for subject in names.subjects(sentence):
            listed = LISTED.match(sentence.folded, subject.end)
            actual = _actual(subject, sentence.narrative)
            if listed is None or actual is None or common_unit(actual.unit) != "回":
                continue
            counts = [int(count) for count in COUNT.findall(listed.group())]
            if len(counts) > 1 and sum(counts) != value_of(actual):
                yield _meetings_doubt(actual, counts, sentence)


def _meetings_doubt(actual: Observation, counts: list[int], sentence: Sentence) -> Doubt:
    terms = f"{' + '.join(map(str, counts))} = {sum(counts)}"
    return Doubt(
        (actual,),
        (sentence.narrative,),
        f"The table prints {cite(actual)}, the prose counts {terms}: "
        f"{cite_prose(sentence.narrative, sentence.text)}.",
        f"表の{cite_ja(actual)}に対し、本文の回数の計は {terms} である："
        f"{cite_prose_ja(sentence.narrative, sentence.text)}。",
        f"{sum(counts)}回",
        amount(actual),
    )


@rule("one_survey_two_results", family="B3", severity="warning")
def check_surveys(records: DocumentRecords) -> Iterator[Doubt]:
    """One survey reported in two years gives one count."""
    told = [
        (sentence, match)
        for sentence in sentences(records.narratives)
        if (match := SURVEYED.search(sentence.folded))
    ]
    for index, (one, first) in enumerate(told):
        for other, second in told[index + 1 :]:
            differs = first["noun"] == second["noun"] and first["count"] != second["count"]
            if (
                differs
                and one.narrative.goal_id == other.narrative.goal_id
                and _shares_survey(one, other)
            ):
                yield _survey_doubt(one, other, first["count"], second["count"])


def _shares_survey(one: Sentence, other: Sentence) -> bool:
    matcher = difflib.SequenceMatcher(None, one.folded, other.folded, autojunk=False)
    longest = matcher.find_longest_match()
    return longest.size >= SAME_SURVEY


def _survey_doubt(one: Sentence, other: Sentence, first: str, second: str) -> Doubt:
    reads, reads_other = (
        cite_prose(one.narrative, one.text),
        cite_prose(other.narrative, other.text),
    )
    return Doubt(
        (),
        (one.narrative, other.narrative),
        f"One survey is reported with two results, {first} and {second}: {reads} and {reads_other}.",
        f"同じ調査の結果が{first}名と{second}名で異なる：{cite_prose_ja(one.narrative, one.text)}と"
        f"{cite_prose_ja(other.narrative, other.text)}。",
        second,
        first,
    )
