"""Stocks and flows (A7): a running total against its events, a stock against who came and went.

>>> flows_in("死亡等による退所者が2名あったが、入所希望者4名が入所できた。")
(4, 2)
>>> flows_in("入所希望者は20名である。") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from keikaku.pipeline.checks.figures import by_year, printed_numbers, value_of
from keikaku.pipeline.checks.prose import Sentence, same_goal, sentences
from keikaku.pipeline.checks.rule import Doubt, rule
from keikaku.pipeline.checks.wording import amount, cite, cite_ja, cite_prose, cite_prose_ja, number
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.records import Observation

NEW_EVENT = re.compile(r"(?P<count>[0-9]+)(?:人|名)の(?:地域移行|地域生活への移行)[がを]実現")
CAME = re.compile(
    r"(?P<count>[0-9]+)(?:名|人)が?(?:新たに|新規に)?(?:施設に)?入所|新規入所者?[はがも]?(?P<new>[0-9]+)(?:名|人)"
)
WENT = re.compile(r"退所者?[はがも]?(?P<count>[0-9]+)(?:名|人)|(?P<left>[0-9]+)(?:名|人)[はが]退所")
MARCH = 3


def flows_in(folded: str) -> tuple[int, int] | None:
    """Persons who came and who went, where one folded sentence gives both."""
    came, went = CAME.search(folded), WENT.search(folded)
    if came is None or went is None:
        return None
    return int(came["count"] or came["new"]), int(went["count"] or went["left"])


@rule("stock_does_not_follow_flows", family="A7", severity="error")
def check_flows(records: DocumentRecords) -> Iterator[Doubt]:
    """Residents of a year are those of the year before, and who came, less who went."""
    stocks = by_year(
        o for o in printed_numbers(records.observations)
        if o.indicator_id == "facility_residents" and o.measure == "actual" and o.unit == "人"
    )  # fmt: skip
    for sentence in sentences(records.narratives):
        year = sentence.narrative.fiscal_year or 0
        after, before = stocks.get(year), stocks.get(year - 1)
        if after is None or before is None or (flows := flows_in(sentence.folded)) is None:
            continue
        came, went = flows
        told = same_goal(sentence.narrative, after)
        if told and value_of(after) != value_of(before) + came - went:
            yield _flows_doubt(before, after, flows, sentence)


def _flows_doubt(
    before: Observation, after: Observation, flows: tuple[int, int], sentence: Sentence
) -> Doubt:
    came, went = flows
    expected = value_of(before) + came - went
    terms = f"{number(value_of(before))} + {came} - {went} = {number(expected)}"
    early = any(o.as_of is not None and o.as_of.month != MARCH for o in (before, after))
    return Doubt(
        (after, before),
        (sentence.narrative,),
        f"The stock goes from {cite(before)} to {cite(after)}, while the prose gives {terms}: "
        f"{cite_prose(sentence.narrative, sentence.text)}.",
        f"{cite_ja(before)}から{cite_ja(after)}だが、本文によれば {terms} である："
        f"{cite_prose_ja(sentence.narrative, sentence.text)}。",
        f"{number(expected)}{after.unit or ''}",
        amount(after),
        "warning" if early else None,
    )


@rule("cumulative_misses_an_event", family="A7", severity="warning")
def check_events(records: DocumentRecords) -> Iterator[Doubt]:
    """A running total rises by the events that the prose reports for the year."""
    numbers = printed_numbers(records.observations)
    totals = by_year(
        o for o in numbers
        if o.indicator_id == "community_transition_persons" and o.measure == "actual"
        and (o.aggregation == "cumulative" or "累計" in o.indicator) and o.unit == "人"
    )  # fmt: skip
    for sentence in sentences(records.narratives):
        year = sentence.narrative.fiscal_year or 0
        if year not in totals or year - 1 not in totals:
            continue
        match = NEW_EVENT.search(sentence.folded)
        if match is None:
            continue
        rise = value_of(totals[year]) - value_of(totals[year - 1])
        if rise < int(match["count"]):
            yield _event_doubt(totals[year - 1], totals[year], int(match["count"]), sentence)


def _event_doubt(before: Observation, after: Observation, count: int, sentence: Sentence) -> Doubt:
    expected = value_of(before) + count
    return Doubt(
        (after, before),
        (sentence.narrative,),
        f"The running total goes from {cite(before)} to {cite(after)}, while the prose reports "
        f"{count} in the year: {cite_prose(sentence.narrative, sentence.text)}; the dates may differ.",
        f"累計値は{cite_ja(before)}から{cite_ja(after)}だが、本文は当年度に{count}名とする："
        f"{cite_prose_ja(sentence.narrative, sentence.text)}。時点が異なる可能性がある。",
        f"{number(expected)}{after.unit or ''}",
        amount(after),
    )
