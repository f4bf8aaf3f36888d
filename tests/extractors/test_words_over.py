"""Every figure names the words and the place that gave it its measure, its unit and its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from keikaku.pipeline.journey import Source, stages

SAMPLES = Path(__file__).parents[2] / "samples"
ROWS = "| | 令和5年度 | 令和6年度 |\n|---|---|---|\n| 利用者数 | 12人 | 14人 |\n"


def why(text: str, what: str) -> set[tuple[str, str]]:
    """Source and words, and each quote stands where the evidence says."""
    evidence = [
        each
        for entry in stages(Source("a.md", text.encode())).reading.entries
        for each in entry.evidence
        if each.what == what
    ]
    for each in evidence:
        assert text[each.span.char_start : each.span.char_end] == each.quote
    return {(each.source, each.quote) for each in evidence}


@pytest.mark.parametrize(
    ("over", "source", "words"),
    [
        ("", "title", "架空市障害福祉計画の実績"),
        ("【見込量】\n\n", "caption", "【見込量】"),
        ("（1）居宅介護の見込量\n\n", "heading", "（1）居宅介護の見込量"),
        ("【見込量】\n\n（1）居宅介護\n\n", "caption", "【見込量】"),
    ],
)
def test_the_words_over_a_table_that_say_its_measure(over: str, source: str, words: str) -> None:
    assert why(f"# 架空市障害福祉計画の実績\n\n{over}{ROWS}", "measure") == {(source, words)}


def test_the_heading_that_gives_rows_their_unit() -> None:
    rows = ROWS.replace("人", "").replace("利用者数", "居宅介護")
    text = f"# 架空市障害福祉計画の実績\n\n（1）訪問系（単位：人）\n\n{rows}"
    assert why(text, "unit") == {("heading", "（1）訪問系（単位：人）")}


@pytest.mark.parametrize(
    "sample", sorted(SAMPLES.glob("*/*.txt")), ids=lambda path: path.parent.name
)
def test_every_figure_of_the_samples_says_what_gave_it_its_measure(sample: Path) -> None:
    entries = stages(Source(sample.name, sample.read_bytes())).reading.entries
    assert entries
    for entry in entries:
        assert entry.measure is None or any(e.what == "measure" for e in entry.evidence), entry
