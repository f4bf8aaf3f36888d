"""Prose of an evaluation, read only as far as a check needs: which row a sentence speaks of, what
figure it repeats, and at what date.

Prose gives no observations. A figure counts here only when it directly follows the name of a row
(施設入所者数は 275人); names are the row's own label, its item and the catalogue's names of its
indicator. A year or a date between them is read (令和５年１月末時点で).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from keikaku.normalizers.catalogue import indicator_by_id
from keikaku.normalizers.quickly_made import quickly_made
from keikaku.normalizers.registry import fold_label
from keikaku.pipeline.checks.figures import SameRows, printed_numbers, same_family
from keikaku.pipeline.records import Narrative, Observation

EVALUATIONS = frozenset({"evaluation", "evaluation_improvement"})
SENTENCE = re.compile(r"[^。]+(?:。|$)")
TAIL_OF_LABEL = re.compile(
    r"(?:の?(?:年間)?(?:実施|開催)回数|の(?:支援)?体制の?整備|の(?:配置|設置|開催|整備)(?:人数|数)?|延べ(?:設置|配置)人?数)$"
)
GOES_ON = re.compile(r"(?:センター|連絡会|支援部会|コーディネーター|向け|等|[ァ-ヶー]{2,})")
"""What makes a name only the head of a longer word."""
SHORTEST_NAME = 4
"""Letters; a shorter name stands in many words."""
IN_BRACKETS_AT_THE_END = re.compile(r"\([^)]*\)$")
DATE = (
    r"(?:令和(?P<era_year>元|[0-9]{1,2})(?P<kind>年度|年)(?:(?P<month>[0-9]{1,2})月)?"
    r"(?:中|上旬|中旬|下旬)?末?日?(?:時点|現在)?)"
)
COUNTED = (
    r"(?P<amount>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:\.[0-9]+)?)"
    r"(?P<unit>人日/月|人/月|人|名|か所|ヶ所|カ所|箇所|回|件|%|割)(?!目|増|減|以上|以下|未満|を超え|程度|の目標|あたり|/)"
)
COUNTED_PATTERN = re.compile(COUNTED)
FIGURE_AFTER = re.compile(
    r"(?:の?(?:年間)?(?:実施|開催)?(?:者数|回数|人数|件数|割合|者|数))?"
    r"(?:については|について|は|が|も|を)?[・、,]?"
    rf"(?:(?:{DATE}|現時点|[0-9]{{1,2}}月末?)(?:で|は|に|までに|において)?[・、,]?)?"
    r"(?:延べ)?" + COUNTED + r"(?P<preliminary>\(速報値\))?"
)
DATE_BEFORE = re.compile(DATE)
UNITS = {"名": "人", "ヶ所": "か所", "カ所": "か所", "箇所": "か所", "割": "%"}
APRIL = 4


@quickly_made
@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a narrative: as printed (NFKC) and folded for comparison."""

    narrative: Narrative
    text: str
    folded: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Subject:
    """A row's name found in a sentence."""

    start: int
    end: int
    rows: tuple[Observation, ...]


_Goal = tuple[str | None, str | None, int | None]


@dataclass(frozen=True, slots=True)
class _Names:
    """Names that all have at least SHORTEST_NAME letters, each with its rows; by their first
    letters, longest first, so that a sentence is gone through once however many names there are."""

    rows: dict[str, tuple[Observation, ...]]
    beginning: dict[str, list[str]]
    _found: dict[str, tuple[Subject, ...]] = field(default_factory=dict)
    """What was found in each text: several rules ask for the subjects of every sentence."""

    def found_in(self, text: str) -> tuple[Subject, ...]:
        """The names in a text, left to right; none that is only the head of a longer word."""
        if text not in self._found:
            self._found[text] = tuple(self._search(text))
        return self._found[text]

    def _search(self, text: str) -> Iterator[Subject]:
        at, last = 0, len(text) - SHORTEST_NAME
        while at <= last:
            for name in self.beginning.get(text[at : at + SHORTEST_NAME], ()):
                end = at + len(name)
                if text.startswith(name, at) and not GOES_ON.match(text, end):
                    yield Subject(at, end, self.rows[name])
                    at = end - 1
                    break
            at += 1


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a sentence repeats. `fiscal_year` and `month` are those of a date printed for
    it, None without."""

    subject: Subject
    amount: float
    unit: str
    fiscal_year: int | None
    month: int | None
    preliminary: bool


def sentences(narratives: tuple[Narrative, ...]) -> tuple[Sentence, ...]:
    """The sentences of all evaluations."""
    return _sentences(SameRows(narratives))


@lru_cache(maxsize=1)
def _sentences(narratives: SameRows[Narrative]) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(narrative, found.group(), fold_label(found.group()))
        for narrative in narratives.rows
        if narrative.section in EVALUATIONS and narrative.text
        for found in SENTENCE.finditer(narrative.text)
    )


def same_goal(narrative: Narrative, observation: Observation) -> bool:
    """Do prose and figure stand in one goal's sheet?"""
    if narrative.plan != observation.plan:
        return False
    if narrative.goal_id and observation.goal_id:
        return narrative.goal_id == observation.goal_id
    return narrative.goal_number == observation.goal_number


def _may_speak_of(narrative: Narrative, observation: Observation) -> bool:
    """The goal's own figures, and the services of the plan wherever their table stands."""
    if same_goal(narrative, observation):
        return True
    if observation.indicator_id is None or observation.plan != narrative.plan:
        return False
    return indicator_by_id(observation.indicator_id).goal == "service_volume"


@dataclass(frozen=True, slots=True)
class RowNames:
    """The names by which the prose of each goal may call a row of a document."""

    observations: tuple[Observation, ...]
    _known: dict[_Goal, _Names] = field(default_factory=dict)

    def subjects(self, sentence: Sentence) -> tuple[Subject, ...]:
        """The rows that a sentence names, left to right; of two names that begin together the
        longer, and no name that is only the head of a longer word."""
        return self._names_for(sentence.narrative).found_in(sentence.folded)

    def _names_for(self, narrative: Narrative) -> _Names:
        goal = (narrative.plan, narrative.goal_id, narrative.goal_number)
        if goal not in self._known:
            self._known[goal] = _read_names(
                o for o in self.observations if _may_speak_of(narrative, o)
            )
        return self._known[goal]


def row_names(observations: tuple[Observation, ...]) -> RowNames:
    """The names of all rows of a document that print a number."""
    return _row_names(SameRows(observations))


@lru_cache(maxsize=1)
def _row_names(observations: SameRows[Observation]) -> RowNames:
    return RowNames(printed_numbers(observations.rows))


def _read_names(observations: Iterable[Observation]) -> _Names:
    rows = _names(observations)
    beginning: dict[str, list[str]] = {}
    for name in sorted(rows, key=len, reverse=True):
        beginning.setdefault(name[:SHORTEST_NAME], []).append(name)
    return _Names(rows, beginning)


def figures(sentence: Sentence, names: RowNames) -> Iterator[Figure]:
    """Figures that directly follow the name of a row with such a unit."""
    if not COUNTED_PATTERN.search(sentence.folded):
        return
    for subject in names.subjects(sentence):
        match = FIGURE_AFTER.match(sentence.folded, subject.end)
        if match is None:
            continue
        unit = UNITS.get(match["unit"], match["unit"])
        rows = tuple(o for o in subject.rows if same_family(o.unit, unit))
        if rows:
            year, month = _date(match, sentence.folded[: subject.start])
            scale = 10 if match["unit"] == "割" else 1
            value = float(match["amount"].replace(",", "")) * scale
            at = Subject(subject.start, match.end(), rows)
            yield Figure(at, value, unit, year, month, match["preliminary"] is not None)


def _date(match: re.Match[str], before: str) -> tuple[int | None, int | None]:
    """The date between name and figure, else the last one printed before the name."""
    found = match if match["era_year"] else None
    if found is None:
        earlier = tuple(DATE_BEFORE.finditer(before))
        found = earlier[-1] if earlier else None
    if found is None or (found["kind"] == "年" and not found["month"]):
        return None, None
    year = 2018 + (1 if found["era_year"] == "元" else int(found["era_year"]))
    month = int(found["month"]) if found["month"] else None
    if found["kind"] == "年" and month is not None and month < APRIL:
        year -= 1
    return year, month


def _names(observations: Iterable[Observation]) -> dict[str, tuple[Observation, ...]]:
    """Each name by which prose may call a row. A name of rows of two indicators is none."""
    found: dict[str, list[Observation]] = {}
    for observation in observations:
        for name in _names_of(observation):
            found.setdefault(name, []).append(observation)
    return {
        name: tuple(rows)
        for name, rows in found.items()
        if len({row.indicator_id or row.indicator for row in rows}) == 1
    }


def _names_of(observation: Observation) -> frozenset[str]:
    is_target = observation.section == "target" and not observation.breakdown
    return _names_by(
        observation.breakdown or observation.indicator,
        observation.item if is_target else None,
        observation.indicator_id,
        observation.goal_id,
    )


@lru_cache(maxsize=4_096)
def _names_by(
    label: str, item: str | None, indicator_id: str | None, goal_id: str | None
) -> frozenset[str]:
    """The names of a row: its own label, its item, and what the catalogue calls its indicator."""
    names = _forms(label)
    if item:
        names |= _forms(item)
    if indicator_id and indicator_by_id(indicator_id).goal in {goal_id, "service_volume"}:
        names |= _known_forms(indicator_id)
    return names


@lru_cache(maxsize=1_024)
def _known_forms(indicator_id: str) -> frozenset[str]:
    """How prose may write the catalogue's names of an indicator."""
    known = indicator_by_id(indicator_id)
    return frozenset[str]().union(*map(_forms, (known.name_ja, *known.aliases)))


@lru_cache(maxsize=4_096)
def _forms(name: str) -> frozenset[str]:
    """How prose may write a row's name: folded, without brackets, without its tail."""
    whole = IN_BRACKETS_AT_THE_END.sub("", fold_label(name))
    forms = (whole, TAIL_OF_LABEL.sub("", whole))
    return frozenset(form for form in forms if len(form) >= SHORTEST_NAME)
