"""How a finding speaks: quotes with their places, years in both calendars, numbers as printed.

>>> era_year(2021), era_year(2019), era_year(2016)
('令和3年度', '令和元年度', '平成28年度')
>>> number(274.0), number(37.5)
('274', '37.5')
"""

from __future__ import annotations

import re

from keikaku.pipeline.records import Narrative, Observation

QUOTE_LENGTH = 90
FIRST_OF_REIWA, FIRST_OF_HEISEI = 2019, 1989
MEASURES_JA = {
    "baseline": "基準値", "target": "目標値", "projected": "見込量", "actual": "実績値", "gap": "比較",
}  # fmt: skip
SECTIONS_JA = {
    "summary": "総括表",
    "target": "目標値欄",
    "actual": "実績欄",
    "activity": "活動指標欄",
}


def era_year(fiscal_year: int) -> str:
    """令和3年度 for 2021."""
    era, first = (
        ("令和", FIRST_OF_REIWA) if fiscal_year >= FIRST_OF_REIWA else ("平成", FIRST_OF_HEISEI)
    )
    count = fiscal_year - first + 1
    return f"{era}{'元' if count == 1 else count}年度"


def number(value: float) -> str:
    """Without a fraction where there is none."""
    return f"{value:.10g}"


def amount(observation: Observation) -> str:
    """Value and unit: 274人."""
    if observation.value is None:
        return observation.text or "-"
    return number(observation.value) + (observation.unit or "")


def quoted(text: str) -> str:
    """A quote on one line, cut in the middle when long."""
    line = re.sub(r"\s+", " ", text).strip()
    if len(line) > QUOTE_LENGTH:
        line = f"{line[: QUOTE_LENGTH // 2]}…{line[-QUOTE_LENGTH // 2 :]}"
    return f"「{line}」"


def place(record: Observation | Narrative) -> str:
    """p. 3, or the characters in the source text."""
    if record.page is not None:
        return f"p. {record.page}"
    if record.char_start is not None:
        return f"chars {record.char_start}–{record.char_end}"
    return "place unknown"


def place_ja(record: Observation | Narrative) -> str:
    """3頁, or the characters in the source text."""
    if record.page is not None:
        return f"{record.page}頁"
    if record.char_start is not None:
        return f"{record.char_start}–{record.char_end}文字目"
    return "位置不明"


def name_of(observation: Observation) -> str:
    """Label, breakdown and row of a figure, as printed."""
    parts = (observation.indicator, observation.breakdown, observation.series)
    return "／".join(part for part in parts if part)


def cite(observation: Observation) -> str:
    """「274人」 (施設入所者数, actual of FY2022, p. 2)."""
    year = f" of FY{observation.fiscal_year}" if observation.fiscal_year else ""
    return (
        f"{quoted(observation.raw)} ({name_of(observation)}, "
        f"{_box(observation)}{year}, {place(observation)})"
    )


def _box(observation: Observation) -> str:
    """summary actual; the actual of the box of actuals is said once."""
    return " ".join(dict.fromkeys((observation.section, observation.measure)))


def cite_ja(observation: Observation) -> str:
    """「274人」（施設入所者数、令和4年度実績値、2頁）."""
    year = era_year(observation.fiscal_year) if observation.fiscal_year else ""
    section = SECTIONS_JA.get(observation.section, observation.section)
    measure = MEASURES_JA.get(observation.measure, observation.measure)
    return (
        f"{quoted(observation.raw)}（{section}「{name_of(observation)}」{year}{measure}、"
        f"{place_ja(observation)}）"
    )


def cite_prose(narrative: Narrative, sentence: str) -> str:
    """「…」 (evaluation of FY2022, p. 3)."""
    year = f" of FY{narrative.fiscal_year}" if narrative.fiscal_year else ""
    return f"{quoted(sentence)} ({narrative.section}{year}, {place(narrative)})"


def cite_prose_ja(narrative: Narrative, sentence: str) -> str:
    """「…」（令和4年度評価、3頁）."""
    year = era_year(narrative.fiscal_year) if narrative.fiscal_year else ""
    return f"{quoted(sentence)}（{year}本文、{place_ja(narrative)}）"
