"""The PDF edition of a sheet says what its text edition says, and the cells that the text lost.

The 昭島市 text edition lost two cells of one table and two of another (its reader calls them missing),
and the column 令和5年度 of the activity figures of goal 5; the PDF prints them.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.journey import Source, read_document

from .conftest import SAMPLES

AKISHIMA = SAMPLES / "132071_akishima"
SHINAGAWA = SAMPLES / "131091_shinagawa"

RESTORED = {
    # goal, indicator, measure, year: what the PDF prints where the text edition has nothing
    (2, "協議の場への参加者数", "projected", 2023): (36.0, "reported"),
    (2, "協議の場への参加者数", "actual", 2023): (None, "not_reported"),
    (4, "利用人数", "actual", 2023): (None, "not_reported"),
    (4, "利用率", "actual", 2023): (None, "not_reported"),
    (5, "総合的・専門的な相談支援の実施見込み", "projected", 2023): (None, "qualitative"),
    (5, "相談支援事業者に対する専門的な指導・助言件数", "projected", 2023): (None, "not_reported"),
    (5, "相談支援事業者の人材育成の支援件数", "projected", 2023): (None, "not_reported"),
    (5, "相談機関との連携強化の取組実施回数", "projected", 2023): (None, "not_reported"),
}


def records(path: Path) -> DocumentRecords:
    return read_document(Source(path.name, path.read_bytes()))


def facts(document: DocumentRecords) -> Counter[tuple[object, ...]]:
    """Each observation without its place in the source."""
    return Counter(
        (
            o.plan, o.goal_number, o.section, o.item, o.indicator, o.breakdown, o.measure, o.series,
            o.fiscal_year, o.as_of, o.value, o.unit, o.comparator, o.status, o.text,
        )
        for o in document.observations
    )  # fmt: skip


def test_the_same_facts_and_the_restored_cells() -> None:
    text = facts(records(AKISHIMA / "000_3fa8d1cbbd840f3a.txt"))
    pdf = facts(records(AKISHIMA / "akishima_sheet.pdf"))
    assert {fact[13] for fact in text - pdf} == {"missing"}
    restored = {
        (goal, series or indicator, measure, year): (value, status)
        for _, goal, _, _, indicator, _, measure, series, year, _, value, _, _, status, _ in pdf
        - text
    }
    assert restored == RESTORED


def test_the_sheet_that_lost_nothing_says_exactly_the_same() -> None:
    text, pdf = (
        records(SHINAGAWA / name) for name in ("004_4cdc448c7186999f.txt", "shinagawa_sheet.pdf")
    )
    assert facts(text) == facts(pdf)
    assert prose(text) == prose(pdf)


def test_the_same_prose() -> None:
    text, pdf = (
        records(AKISHIMA / name) for name in ("000_3fa8d1cbbd840f3a.txt", "akishima_sheet.pdf")
    )
    assert prose(text) == prose(pdf)


def prose(document: DocumentRecords) -> Counter[tuple[object, ...]]:
    """Each narrative without its place in the source."""
    return Counter(
        (n.goal_number, n.section, n.fiscal_year, n.position, n.text, n.status)
        for n in document.narratives
    )
