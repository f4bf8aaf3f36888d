"""Clauses of a name, は and a figure: a list said as one line, and what is prose for all that."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第7期架空市障害福祉計画\n\n成果目標4 地域生活支援の充実\n\n"


def rows(body: str) -> list[tuple[str, str | None, int | None, float | None]]:
    records = read_document(Source("edition.txt", (TITLE + body).encode()))
    return [(r.indicator, r.measure, r.fiscal_year, r.value) for r in records.observations]


@pytest.mark.parametrize(
    "line",
    [
        "令和6年度の拠点等の設置数は2か所、検証の回数は年1回。",
        "令和6年度における拠点等の設置数は、2か所、検証の回数は、年1回。",
        "令和6年度　拠点等の設置数は2か所、検証の回数は年1回",
        "まる1　令和6年度　拠点等の設置数は2か所、検証の回数は年1回",
    ],
)
def test_clauses_under_a_measure(line: str) -> None:
    assert rows(f"実績\n{line}\n") == [
        ("拠点等の設置数", "actual", 2024, 2),
        ("検証の回数", "actual", 2024, 1),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "実績\n令和6年度の拠点等の設置数は2か所で、検証の回数は年1回でした。\n",
        "実績\n令和6年度の市内の事業所は9か所、定員は170人。\n",
        "実績\n拠点等の設置数は2か所、検証の回数は年1回。\n",
        "令和6年度の拠点等の設置数は2か所、検証の回数は年1回。\n",
        "実績\n令和6年度の拠点等の設置数は2か所、令和7年度は3か所。\n",
        "評価\n令和6年度の拠点等の設置数は2か所、検証の回数は年1回。\n",
    ],
)
def test_what_is_prose_or_of_no_year_gives_nothing(body: str) -> None:
    assert rows(body) == []
