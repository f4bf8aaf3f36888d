"""What the prose tells about the things that a table counts (B3): who is counted, what is still to
come, how often, how many places. These are doubts, not errors: words may mean more than one thing.

A row is known in prose by the last words of its label, in order and near each other: 障害者自立支援審査
支払等システム等による審査結果の共有回数 is spoken of as 審査結果の情報共有.

>>> bool(phrase_of("システム等による審査結果の共有回数").search("審査結果の情報共有等について"))
True
>>> phrase_of("開催回数") is None
True
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from keikaku.normalizers.registry import fold_label
from keikaku.pipeline.checks.figures import (
    by_year,
    common_unit,
    printed_numbers,
    row_of,
    same_family,
    value_of,
)
from keikaku.pipeline.checks.prose import EVALUATIONS, SENTENCE, TAIL_OF_LABEL, same_goal
from keikaku.pipeline.checks.rule import Doubt, rule
from keikaku.pipeline.checks.wording import amount, cite, cite_ja, cite_prose, cite_prose_ja, number
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.records import Narrative, Observation

FIRST_OF_REIWA = 2019
BEFORE_THE_THING = re.compile(r".*(?:による|における|に関する|に対する|のための)")
TAIL_OF_COUNT = re.compile(r"の?(?:実施|開催)?(?:回数|件数|人数|者数|数)$")
FEWEST_WORDS, FEWEST_LETTERS, GAP = 2, 6, 6
PARTICIPANTS = re.compile(r"参加(?:者|人)数")
JOINED = re.compile(
    r"(?:令和(?P<year>元|[0-9]{1,2})年度|[今本当]年度)から[^。]*?[にへ](?P<group>[^、。にへ」]{2,20}?)"
    r"[がも](?:新たに)?(?:参加|加わ)"
)
STILL_TO_COME = re.compile(
    r"等?(?:の(?:実施|開催))?(?:について|に関して)?も?検討(?:を進め|を行|する|していく|していき)"
)
OFTEN = (
    (re.compile("毎週|週1回"), 52),
    (re.compile("毎月|月1回"), 12),
    (re.compile("隔月|2か月に1回"), 6),
    (re.compile("四半期|3か月に1回"), 4),
)  # fmt: skip
PLACES = re.compile(
    r"(?P<each>各)?(?P<count>[0-9]+)(?:か所|ヶ所|カ所|箇所)"
    r"(?:を|が)?(?:(?:設置|開設|確保|整備)を?(?:し(?:て|た)|され)|のみ|あ[るり]|と(?:引き続き)?連携)"
)
LISTED = re.compile("及び|および|並びに|、|・")
BODY = re.compile(
    r"[一-龥ァ-ヶー]+?(?:センター|デイサービス|支援)(?=事業所|及び|および|、|・|を|が|に|[0-9各])"
)
TOLD_IN = EVALUATIONS | {"activity", "opinion"}


@lru_cache(maxsize=1_024)
def phrase_of(label: str) -> re.Pattern[str] | None:
    """The words by which prose speaks of a row; None where they are too few to tell it."""
    thing = TAIL_OF_COUNT.sub("", BEFORE_THE_THING.sub("", fold_label(label)))
    words = [word for word in re.split("の|・|と", thing) if len(word) > 1]
    if len(words) < FEWEST_WORDS or sum(map(len, words)) < FEWEST_LETTERS:
        return None
    return re.compile(f".{{0,{GAP}}}".join(map(re.escape, words)))


def _sentences(narrative: Narrative) -> list[str]:
    return SENTENCE.findall(narrative.text or "")


def _counts(
    records: DocumentRecords, *measures: str
) -> Iterator[tuple[re.Pattern[str], Observation]]:
    """Rows that count times or cases, with their words."""
    for figure in printed_numbers(records.observations):
        counted = common_unit(figure.unit) in {"回", "件"} and figure.measure in measures
        phrase = phrase_of(figure.indicator) if counted else None
        if phrase is not None:
            yield phrase, figure


@rule("series_changes_who_is_counted", family="B3", severity="warning")
def check_participants(records: DocumentRecords) -> Iterator[Doubt]:
    """Participants of all years are of the same groups: 令和5年度から当事者・家族が参加した."""
    rows: defaultdict[object, list[Observation]] = defaultdict(list)
    for figure in printed_numbers(records.observations):
        named = PARTICIPANTS.search(f"{figure.indicator}{figure.item or ''}")
        if named and figure.measure == "actual" and same_family(figure.unit, "人"):
            rows[row_of(figure), figure.unit].append(figure)
    for narrative in (n for n in records.narratives if n.section in EVALUATIONS):
        for sentence in _sentences(narrative):
            joined = JOINED.search(sentence)
            year = _year(joined, narrative) if joined else None
            if joined is None or year is None:
                continue
            for row in rows.values():
                series = by_year(row)
                target = _counts_group(joined["group"], row[0], records.narratives)
                if target and same_goal(narrative, row[0]) and min(series) < year <= max(series):
                    yield _joined_doubt(series, year, (narrative, target), sentence)


def _year(match: re.Match[str], narrative: Narrative) -> int | None:
    if match["year"] is None:
        return narrative.fiscal_year
    return FIRST_OF_REIWA if match["year"] == "元" else FIRST_OF_REIWA - 1 + int(match["year"])


def _counts_group(
    group: str, row: Observation, narratives: tuple[Narrative, ...]
) -> Narrative | None:
    """The words of the target that name the group among those who are counted."""
    members = re.split("・|や|及び|および", group)
    for narrative in narratives:
        told = narrative.section in {"rationale", "target"} and same_goal(narrative, row)
        if told and all(member in (narrative.text or "") for member in members):
            about = PARTICIPANTS.search(f"{narrative.item or ''}{narrative.text}")
            if about:
                return narrative
    return None


def _joined_doubt(
    series: dict[int, Observation], year: int, told: tuple[Narrative, Narrative], sentence: str
) -> Doubt:
    earlier = [o for of_year, o in series.items() if of_year < year]
    later = [o for of_year, o in series.items() if of_year >= year]
    return Doubt(
        (*later, *earlier),
        told,
        f"A group joins in FY{year}: {cite_prose(told[0], sentence)}; {', '.join(map(cite, earlier))} "
        f"count others than {', '.join(map(cite, later))}.",
        f"{cite_prose_ja(told[0], sentence)}とあり、{'、'.join(map(cite_ja, earlier))}は"
        f"{'、'.join(map(cite_ja, later))}と対象が異なる。",
        None,
        ", ".join(amount(o) for o in series.values()),
    )


@rule("counted_but_still_to_come", family="B3", severity="warning")
def check_still_to_come(records: DocumentRecords) -> Iterator[Doubt]:
    """What the table counts as done in a year is not still considered (検討を進める) in its evaluation."""
    done: defaultdict[int | None, list[tuple[re.Pattern[str], Observation]]] = defaultdict(list)
    for phrase, figure in _counts(records, "actual"):
        if value_of(figure) > 0:
            done[figure.fiscal_year].append((phrase, figure))
    for narrative in (n for n in records.narratives if n.section in EVALUATIONS):
        for sentence in filter(STILL_TO_COME.search, _sentences(narrative)):
            for phrase, figure in done[narrative.fiscal_year]:
                spoken = phrase.search(sentence) if same_goal(narrative, figure) else None
                if spoken and STILL_TO_COME.match(sentence, spoken.end()):
                    yield _to_come_doubt(figure, narrative, sentence)


def _to_come_doubt(figure: Observation, narrative: Narrative, sentence: str) -> Doubt:
    return Doubt(
        (figure,),
        (narrative,),
        f"The table prints {cite(figure)}, the prose speaks of it as still to come: "
        f"{cite_prose(narrative, sentence)}.",
        f"表は{cite_ja(figure)}とするが、本文はこれからのこととしている："
        f"{cite_prose_ja(narrative, sentence)}。",
        amount(figure),
        sentence,
    )


@rule("frequency_differs_from_count", family="B3", severity="warning")
def check_frequency(records: DocumentRecords) -> Iterator[Doubt]:
    """毎月 in the words of a target is twelve times a year in its cells."""
    planned: defaultdict[tuple[re.Pattern[str], object], list[Observation]] = defaultdict(list)
    for phrase, figure in _counts(records, "projected", "target"):
        planned[phrase, (figure.plan, figure.goal_id, figure.goal_number)].append(figure)
    for narrative in (n for n in records.narratives if n.section in {"rationale", "target"}):
        for sentence in filter(_says_how_often, _sentences(narrative)):
            for (phrase, _), figures in planned.items():
                often = _how_often(sentence, phrase)
                if often is None or not same_goal(narrative, figures[0]):
                    continue
                if all(value_of(o) != often for o in figures):
                    yield _frequency_doubt(figures, often, narrative, sentence)


def _says_how_often(sentence: str) -> bool:
    return any(pattern.search(sentence) for pattern, _ in OFTEN)


def _how_often(sentence: str, phrase: re.Pattern[str]) -> int | None:
    """Times a year, where the frequency stands before the row's words."""
    for pattern, times in OFTEN:
        said = pattern.search(sentence)
        if said and phrase.search(sentence, said.end()):
            return times
    return None


def _frequency_doubt(
    figures: list[Observation], often: int, narrative: Narrative, sentence: str
) -> Doubt:
    last = max(figures, key=lambda o: o.fiscal_year or 0)
    return Doubt(
        (last, *(o for o in figures if o is not last)),
        (narrative,),
        f"The table prints {cite(last)}, the prose says how often: "
        f"{cite_prose(narrative, sentence)}, {often} times a year.",
        f"表の{cite_ja(last)}に対し、本文の頻度は年{often}回に当たる："
        f"{cite_prose_ja(narrative, sentence)}。",
        f"{often}回",
        amount(last),
    )


@dataclass(frozen=True, slots=True)
class Telling:
    """A number of places (か所) that a sentence states for a subject. `bodies` are the kinds of places
    that it names; without any it speaks of all."""

    narrative: Narrative
    sentence: str
    count: int
    bodies: frozenset[str]


@rule("places_told_in_two_ways", family="B3", severity="warning")
def check_places(records: DocumentRecords) -> Iterator[Doubt]:
    """The number of places of one thing is told alike in all boxes that speak of one year."""
    for tellings in _tellings(records).values():
        own = [t for t in tellings if t.narrative.section != "opinion"]
        years = sorted(
            {t.narrative.fiscal_year for t in own if t.narrative.fiscal_year is not None}
        )
        for year in years:
            of_year = [t for t in tellings if t.narrative.fiscal_year == year]
            undated = [t for t in tellings if t.narrative.fiscal_year is None and year == years[-1]]
            first = next(t for t in of_year if t in own)
            for other in (*of_year, *undated):
                alike = first.bodies == other.bodies or not (first.bodies and other.bodies)
                if alike and first.count != other.count:
                    yield _places_doubt(first, other)


def _tellings(records: DocumentRecords) -> dict[tuple[object, ...], list[Telling]]:
    found: defaultdict[tuple[object, ...], list[Telling]] = defaultdict(list)
    subjects = _subjects(records)
    speaking = (n for n in records.narratives if n.section in TOLD_IN)
    for narrative in (n for n in speaking if n.text and "所" in n.text):
        goal = (narrative.plan, narrative.goal_id, narrative.goal_number)
        for sentence in _sentences(narrative):
            for match in PLACES.finditer(sentence):
                named = [(sentence.rfind(s, 0, match.start()), s) for s in subjects.get(goal, ())]
                at, subject = max(named, default=(-1, ""))
                if at >= 0:
                    between = sentence[
                        at + len(subject) : match.end("each") if match["each"] else match.start()
                    ]
                    found[(*goal, subject)].append(_telling(narrative, sentence, match, between))
    return found


def _subjects(records: DocumentRecords) -> dict[tuple[object, ...], set[str]]:
    """What the rows of each goal are about: 重症心身障害児 for 重症心身障害児の支援体制の整備."""
    found: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    for figure in records.observations:
        goal = (figure.plan, figure.goal_id, figure.goal_number)
        for label in filter(None, (figure.item, figure.indicator)):
            if (subject := _subject(label)) is not None:
                found[goal].add(subject)
    return found


@lru_cache(maxsize=1_024)
def _subject(label: str) -> str | None:
    subject = TAIL_OF_LABEL.sub("", label)
    return subject if subject != label and len(subject) >= FEWEST_LETTERS else None


def _telling(narrative: Narrative, sentence: str, match: re.Match[str], between: str) -> Telling:
    """各1か所 of two kinds of places are two."""
    kinds = len(LISTED.findall(between.removesuffix("、"))) + 1 if match["each"] else 1
    bodies = frozenset(body.replace("等", "") for body in BODY.findall(between))
    return Telling(narrative, sentence, kinds * int(match["count"]), bodies)


def _places_doubt(first: Telling, other: Telling) -> Doubt:
    return Doubt(
        (),
        (first.narrative, other.narrative),
        f"The number of places is told in two ways, {first.count} and {other.count}: "
        f"{cite_prose(first.narrative, first.sentence)} and {cite_prose(other.narrative, other.sentence)}.",
        f"か所数が{number(first.count)}と{number(other.count)}の2通りに書かれている："
        f"{cite_prose_ja(first.narrative, first.sentence)}と"
        f"{cite_prose_ja(other.narrative, other.sentence)}。",
        f"{first.count}か所",
        f"{other.count}か所",
    )
