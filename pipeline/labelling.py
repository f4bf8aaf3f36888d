"""Indicator and breakdown: which of a row's labels names what is counted, which names a part of it.

The outermost label of a row is the indicator, the next one its breakdown; a table without row labels
is named by the numbered heading over it, else by the goal. Where a label prints two names on two
lines and its cells two figures on two lines (協議の場の設置 / 年間開催回数), line goes with line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex
from keikaku.extractors.entries import Entry, Label
from keikaku.extractors.heads import MEASURES, Role, find_role
from keikaku.extractors.tables.names_above import counted_in
from keikaku.extractors.words import is_category, is_place
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.goals import find_goal
from keikaku.normalizers.labels import clean_label, list_number
from keikaku.normalizers.quickly_made import quickly_made
from keikaku.normalizers.spoken import restore
from keikaku.normalizers.values import Standing, Value


@quickly_made
@dataclass(frozen=True, slots=True)
class Naming:
    """How one value of a cell is named."""

    indicator: str
    breakdown: str | None

    @property
    def lost_year(self) -> str | None:
        """The name that begins with a year of an era that nobody names (5年度末時点の…) or that was not
        told apart from it (R3の…), or is a line of years; None where there is none."""
        if _has_lost_year(self.indicator):
            return self.indicator
        return self.breakdown if self.breakdown and _has_lost_year(self.breakdown) else None


@lru_cache(maxsize=4_096)
def _has_lost_year(name: str) -> bool:
    return _ERALESS.match(name) is not None or len(_YEARS.findall(name)) > 1


_YEARS = regex.compile(r"(?<![0-9])(?:[0-9]{1,2}|元)年度|[RH][0-9]{1,2}(?!年度)")
_ERALESS = regex.compile(
    r"(?<![0-9])(?:[0-9]{1,2}|元)年度|[RH][0-9]{1,2}(?:年度)?末?(?:時点|現在|まで)*の"
)


def name_value(entry: Entry, value: Value, values: tuple[Value, ...], fallback: str) -> Naming:
    """Indicator and breakdown of one value of an entry; `fallback` is the goal's title."""
    labels = [label for printed in entry.labels if (label := _own_name(printed))]
    if len(labels) > 1 and _holds_class(entry.labels[0]) and indicators_named(labels[1]):
        labels = labels[1:]  # of the class or goal, and no part of the name that ran into it
    if entry.labels and not any(other.label for other in values):
        names = lines_of_names(entry.labels[-1])
        paired = line_for(value, values, names, entry.text)
        labels = [*labels[:-1], clean_label(paired)] if paired is not None else labels
    item = clean_label(entry.place.item) if entry.place.item else ""
    if not labels:
        return Naming(item or clean_label(fallback), _part(value))
    places = {clean_label(printed.text) for printed in entry.labels if printed.is_place}
    labels = _places_behind(_below_field(labels, entry.labels), item, places)
    breakdown = "・".join(_PARTS_OF.sub("", label) for label in labels[1:]) or None
    return Naming(labels[0], _part(value) or breakdown)


_PARTS_OF = regex.compile(r"\A[【(\[]内訳[】)\]][:、]?(?=[^\s])")
"""【内訳】就労移行支援: the word for the parts before the first of them."""
_GOES_ON = ("の", "へ", "に", "を", "た", "る", "な", "、")
"""一般就労への / 移行者数: what no title of a goal ends in."""
_BULLET = regex.compile(r"[\s　]*[・･●○◯◎■□◆◇▪▫◦]")
_COUNTED = regex.compile(
    r"(?:[数率額量]|割合|回数|人数|件数|日数|時間|認知度|面積)(?:\([^()]*\))?\Z"
)


def _holds_class(label: Label) -> bool:
    return len(label.lines) > 1 and _own_name(label) != clean_label(label.text)


def _own_name(label: Label) -> str:
    """居宅介護 of 訪問系サービス / 居宅介護, whose cells came as the lines of one: a class or a goal over a name that is known."""
    whole = clean_label(label.text)
    if len(label.lines) < 2 or indicators_named(whole):
        return whole
    for count in range(1, len(label.lines)):
        over, name = (
            clean_label("".join(part)) for part in (label.lines[:count], label.lines[count:])
        )
        is_whole = list_number(label.lines[0]) is not None and not over.endswith(_GOES_ON)
        is_goal = is_whole and find_goal(over) is not None
        if indicators_named(name) and (is_category(over) or is_goal):
            return name
    return whole


def _below_field(labels: list[str], printed: Sequence[Label]) -> list[str]:
    """１ 安全・安心な生活環境の整備 over ○ 低床バスの導入率: a numbered field of the plan over bullets, each with a name of its own."""
    if len(labels) != len(printed) or len(labels) != len(("field", "row")):
        return labels
    over, own = printed
    is_field = list_number(over.text) is not None and _COUNTED.search(labels[0]) is None
    is_row = _BULLET.match(own.text) is not None and _COUNTED.search(labels[1]) is not None
    return labels[1:] if is_field and is_row and not indicators_named(labels[0]) else labels


def _places_behind(labels: list[str], item: str, known: set[str]) -> list[str]:
    """架空市, 東部圏域: where something is counted stands behind what is counted, be that a heading over the row."""
    places = [label for label in labels if label in known or is_place(label)]
    named = [label for label in labels if label not in places]
    over = clean_label(counted_in(item) or "") if places and not named else ""
    return [*(named or filter(None, [over])), *places]


def _part(value: Value) -> str | None:
    """The label of a value (児発2か所), unless it says what the value is (計画20人)."""
    return None if measure_said(value) is not None else value.label


def measure_said(value: Value) -> Role | None:
    """``計画20人、実績19人`` in one cell: the measure that a value prints as its label."""
    role = find_role(value.label) if value.label else None
    return role if role in MEASURES else None


def series_of(entry: Entry, value: Value) -> str | None:
    """The printed words of a rate or a difference, be they in the cell; else those of its row."""
    return value.label if measure_said(value) in (Role.GAP, Role.RATE) else entry.series


def lines_of_names(label: Label) -> tuple[str, ...]:
    """The lines of a label that go with the lines of its cells; a name that the catalogue knows whole (児童発達 / 支援) is
    one name, broken by the width of its cell."""
    is_one = len(label.lines) > 1 and indicators_named(label.text)
    return () if is_one else label.lines


def line_for(
    value: Value, values: tuple[Value, ...], lines: tuple[str, ...], cell_text: str
) -> str | None:
    """The line of a label or unit that goes with a value, where the cell prints as many main values,
    each on a line of its own, as the label prints lines; else None."""
    if len(lines) < 2:
        return None
    starts = [other.start for other in values if other.standing is Standing.MAIN]
    places = [cell_text.count("\n", 0, start) for start in starts]
    if len(starts) != len(lines) or len(set(places)) != len(places):
        return None
    return lines[max(n for n, start in enumerate(starts) if start <= value.start)]


def names_part(value: Value) -> bool:
    """``72人（うち精神障害者30人）``: the bracket says itself what it counts."""
    return value.label is not None and "subset" in value.flags


_SUBSET_NAME = regex.compile(
    r"(?:[\]］〕)）]|カッコ|かっこ|括弧)[\s　、，]*(?:(?:内|の中|書き?)の?(?:人数|数値|数字|数|値)?)?は?[、,]?(?P<name>[^、。※]{1,20}?)(?:(?:の|で|であり)?、?(?:内数|うち数|再掲)|（?再掲|です|$)"
    r"|うち(?P<name2>[^、。※はを]{1,20})"
)
_NOTE_MARK = regex.compile(r"\A[\s　]*[（(]?(?:注|※|＊|\*)[\s　]*[0-9０-９]{0,2}[)）]?")
_OPENING = {Standing.BRACKET: "[［〔【", Standing.PARENTHESIS: "(（"}
_SPOKEN = {Standing.BRACKET: (), Standing.PARENTHESIS: ("カッコ", "かっこ", "括弧")}


def name_in_legend(legend: str, standing: Standing) -> str | None:
    """``※[ ]内は精神障害者の内数``, ``（注2）[ ]内は…``: 精神障害者, for brackets of that kind."""
    legend = _NOTE_MARK.sub("", legend)
    if not any(mark in legend for mark in (*_OPENING[standing], *_SPOKEN[standing])):
        return None
    match = _SUBSET_NAME.search(legend)
    name = (match["name"] or match["name2"]) if match else None
    return restore(clean_label(name)) if name else None
