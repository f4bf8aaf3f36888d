"""Structure (E): where the source text, not the municipality, is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from keikaku.pipeline.checks.figures import RowKey, row_of
from keikaku.pipeline.checks.rule import Doubt, rule
from keikaku.pipeline.checks.wording import (
    MEASURES_JA,
    cite,
    cite_ja,
    era_year,
    name_of,
    place,
    place_ja,
    quoted,
)
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.records import Observation


@rule("figure_lost_in_source", family="E1", severity="warning")
def check_missing(records: DocumentRecords) -> Iterator[Doubt]:
    """The table's shape calls for a cell that the source text lost; one finding a row and year."""
    lost: defaultdict[tuple[RowKey, int | None], list[Observation]] = defaultdict(list)
    for figure in records.observations:
        if figure.status == "missing":
            lost[row_of(figure), figure.fiscal_year].append(figure)
    for figures in lost.values():
        first = figures[0]
        measures = ", ".join(dict.fromkeys(f.measure for f in figures))
        measures_ja = "・".join(dict.fromkeys(MEASURES_JA[f.measure] for f in figures))
        year = f" of FY{first.fiscal_year}" if first.fiscal_year else ""
        year_ja = era_year(first.fiscal_year) if first.fiscal_year else "年度不明"
        yield Doubt(
            tuple(figures),
            (),
            f"The source text lost the cell of 「{name_of(first)}」 ({measures}{year}) beside "
            f"{quoted(first.raw)} ({place(first)}); no value is given.",
            f"「{name_of(first)}」の{year_ja}{measures_ja}の欄が原文から欠落している"
            f"（{quoted(first.raw)}付近、{place_ja(first)}）ため、値を示さない。",
            f"{len(figures)}",
            "0",
        )


@rule("kanji_one_beside_zero", family="A3", severity="warning")
def check_kanji_one(records: DocumentRecords) -> Iterator[Doubt]:
    """(一倍) beside a zero baseline is a dash, not one."""
    for figure in records.observations:
        if "kanji_one_or_dash" in figure.flags and figure.status == "not_reported":
            yield Doubt(
                (figure,),
                (),
                f"{cite(figure)} is read as a dash: a ratio on a base of zero has no value.",
                f"{cite_ja(figure)}は、基準値が0で倍率が定まらないため「―」と読む。",
                "—",
                "一",
            )
