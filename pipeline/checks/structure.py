"""Structure (E): where the source text, not the municipality, is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from keikaku.pipeline.checks.rule import Doubt, rule
from keikaku.pipeline.checks.wording import cite, cite_ja
from keikaku.pipeline.dataset import DocumentRecords


@rule("figure_lost_in_source", family="E1", severity="warning")
def check_missing(records: DocumentRecords) -> Iterator[Doubt]:
    """The table's shape calls for a cell that the source text lost."""
    for figure in records.observations:
        if figure.status == "missing":
            yield Doubt(
                (figure,),
                (),
                f"The source text lost the cell for {cite(figure)}; no value is given.",
                f"{cite_ja(figure)}に当たる欄が原文から欠落しているため、値を示さない。",
            )


@rule("kanji_one_beside_zero", family="E2", severity="info")
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
