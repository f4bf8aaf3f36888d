"""The samples with one place altered so that the page contradicts itself there: the rule finds it, with
the altered words in its quote, and no other rule finds anything new.

A place is a figure (by label, section, measure, year) or words of the prose; what else must follow
from the alteration (a summary that no longer equals its sheet) is named with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.journey import Source, read_document
from keikaku.pipeline.records import Observation

SAMPLES = Path(__file__).parents[3] / "samples"
AKISHIMA = SAMPLES / "132071_akishima/000_3fa8d1cbbd840f3a.txt"
SHINAGAWA = SAMPLES / "131091_shinagawa/004_4cdc448c7186999f.txt"


@dataclass(frozen=True)
class Figure:
    """A printed figure; the whole of `becomes` is printed in its place."""

    label: str
    year: int | None
    becomes: str
    section: str = "actual"
    measure: str = "actual"
    goal: int | None = None
    breakdown: str | None = None
    series: str | None = None
    printed: str | None = None

    def alter(self, text: str, read: DocumentRecords) -> str:
        (span,) = {(o.char_start, o.char_end) for o in read.observations if self._is(o)}
        altered = text[: span[0]] + self.becomes + text[span[1] :]
        row, echo = _row_around(text, span[0]), _row_around(altered, span[0])
        return altered.replace(row, echo) if row else altered

    def _is(self, o: Observation) -> bool:
        return (
            re.fullmatch(self.label, o.indicator) is not None
            and (o.fiscal_year, o.section, o.measure, o.breakdown, o.series)
            == (self.year, self.section, self.measure, self.breakdown, self.series)
            and self.goal in {None, o.goal_number}
            and self.printed in {None, o.raw}
        )


def _row_around(text: str, at: int) -> str | None:
    """A row of a nested table as the OCR edition prints it a second time, flattened."""
    start, end = text.rfind("<tr>", 0, at), text.find("</tr>", at)
    if start < 0 or "</tr>" in text[start:at]:
        return None
    return "\t".join(re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", text[start:end]))


@dataclass(frozen=True)
class Words:
    """Words of the prose, blanks and line breaks aside, wherever they are printed."""

    printed: str
    becomes: str

    def alter(self, text: str, _: DocumentRecords) -> str:
        altered, count = re.subn(r"\s*".join(map(re.escape, self.printed)), self.becomes, text)
        assert count
        return altered


@dataclass(frozen=True)
class Altered:
    rule: str
    sample: Path
    place: Figure | Words
    quote: str
    follows: frozenset[str] = field(default=frozenset())


SUMMARY = frozenset({"summary_differs_from_sheet"})
FAR = frozenset({"actual_far_from_projected"})
ALTERED = [
    Altered("gap_is_not_the_difference", AKISHIMA,
            Figure("地域生活移行者数", None, "▲ 3人", "summary", "gap", printed="▲ 4人"), "▲ 3人"),
    Altered("gap_is_not_the_difference", AKISHIMA,
            Figure("施設入所者の削減見込者数", 2021, "3人", "summary", "gap", series="比較"), "3人"),
    Altered("rate_is_not_part_of_whole", AKISHIMA,
            Figure("就労移行支援事業により.*", 2021, "48%", series="利用率"), "48%", SUMMARY),
    Altered("target_is_not_its_share", AKISHIMA,
            Figure("地域生活移行者数", 2023, "4人 (6.6%)", "target", "target"), "6.6%"),
    Altered("target_is_not_its_ratio", AKISHIMA,
            Figure("年間一般就労移行者数", 2023, "8人 (1.9倍)", "target", "target"), "1.9倍"),
    Altered("total_is_not_the_sum", AKISHIMA,
            Figure("年間一般就労する人数", 2021, "9人"), "9人", SUMMARY),
    Altered("subset_exceeds_whole", SHINAGAWA,
            Figure("共同生活援助", 2021, "246 [294]", "activity", goal=1, breakdown="精神障害者"),
            "246 [294]", FAR | {"one_figure_printed_twice_differs"}),
    Altered("one_figure_printed_twice_differs", SHINAGAWA,
            Figure("共同生活援助", 2021, "95", "activity", goal=2), "95"),
    Altered("cumulative_figure_falls", SHINAGAWA,
            Figure(r"地域生活移行者数\(累計値\)", 2022, "１人"), "１人", frozenset({"prose_figure_differs"})),
    Altered("stock_does_not_follow_flows", AKISHIMA,
            Words("退所者が4名あったが、入所希望者4名", "退所者が4名あったが、入所希望者6名"), "入所希望者6名"),
    Altered("figure_out_of_range", SHINAGAWA,
            Figure("就労定着率80%以上の事業所の割合", 2022, "171％"), "171％",
            frozenset({"prose_figure_differs", "words_contradict_target"})),
    Altered("days_do_not_fit_users", SHINAGAWA,
            Figure("保育所等訪問支援", 2021, "29\n1050", "activity"), "29 1050", FAR),
    Altered("count_is_not_whole", AKISHIMA,
            Figure("就労移行支援の利用者数", 2021, "30.5人", "activity"), "30.5人", frozenset({"words_contradict_trend"})),
    Altered("words_contradict_target", SHINAGAWA,
            Words("36％となっており、やや目標値を下回っている", "36％となっており、目標値を達成している"), "目標値を達成している"),
    Altered("words_contradict_target", SHINAGAWA,
            Words("見込量を大きく上回る", "見込量を大きく下回る"), "見込量を大きく下回る", frozenset({"prose_figure_differs"})),
    Altered("words_contradict_trend", SHINAGAWA,
            Words("順調に増加している", "減少している"), "減少している", frozenset({"prose_figure_differs"})),
    Altered("prose_figure_differs", SHINAGAWA,
            Words("地域生活移行者数は３人", "地域生活移行者数は5人"), "5人"),
    Altered("meetings_do_not_add_up", AKISHIMA,
            Figure("保健、医療及び福祉関係者による協議の場の開催回数", 2022, "11回", "activity"), "11回"),
    Altered("summary_differs_from_sheet", AKISHIMA,
            Figure("地域生活移行者数", 2022, "1人"), "1人"),
    Altered("outcome_differs_from_activity", AKISHIMA,
            Figure("施設入所支援の利用者数", 2022, "75人", "activity"), "75人"),
    Altered("actual_far_from_projected", AKISHIMA,
            Figure(r"共同生活援助\(グループホーム\)の利用者数", 2021, "341人", "activity"), "341人"),
    Altered("frequency_differs_from_count", AKISHIMA,
            Words("毎月の国民健康保険団体連合会", "隔月の国民健康保険団体連合会"), "隔月"),
    Altered("places_told_in_two_ways", AKISHIMA,
            Words("市内に2か所あると考える", "市内に3か所あると考える"), "3か所"),
]  # fmt: skip


@cache
def read(path: Path) -> DocumentRecords:
    return read_document(Source(path.name, path.read_bytes()))


def said(records: DocumentRecords) -> set[tuple[str, str | None, str | None, str]]:
    """What the findings say, without the places, which an alteration moves."""
    return {
        (f.rule, f.expected, f.found, re.sub(r"chars \d+–\d+", "", f.message))
        for f in records.findings
    }


@pytest.mark.parametrize("altered", ALTERED, ids=lambda altered: altered.rule)
def test_an_altered_place_is_found_and_nothing_else(altered: Altered) -> None:
    before = read(altered.sample)
    text = altered.place.alter(altered.sample.read_text(encoding="utf-8"), before)
    after = read_document(Source(altered.sample.name, text.encode()))
    new = {
        (rule, message)
        for rule, expected, found, message in said(after) - said(before)
        if not any(rule == r and (expected, found) == (e, f) for r, e, f, _ in said(before))
    }
    assert any(rule == altered.rule and altered.quote in message for rule, message in new), new
    assert {rule for rule, _ in new} <= {altered.rule} | altered.follows, new
