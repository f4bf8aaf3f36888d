"""A name or a figure lost between the lines: what follows is never given to the name above it."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第3期架空町障がい児福祉計画　進捗状況\n\n"
FIRST = (
    "1の1　児童発達支援\n利用者数（1か月当たりの実人数）\n"
    "　計画値　令和6年度　46人、令和7年度　48人\n　実績値　令和6年度　51人、令和7年度　53人（9月末）\n"
)
SECOND = FIRST.replace("1の1　児童発達支援", "1の2　放課後等デイサービス").replace("46", "102")


def read(body: str) -> list[tuple[str, str | None, int | None, float | None]]:
    records = read_document(Source("edition.txt", (TITLE + body).encode()))
    return [(r.indicator, r.measure, r.fiscal_year, r.value) for r in records.observations]


CHILD = [
    ("児童発達支援", "projected", 2024, 46),
    ("児童発達支援", "projected", 2025, 48),
    ("児童発達支援", "actual", 2024, 51),
    ("児童発達支援", "actual", 2025, 53),
]


def test_a_name_a_quantity_and_measures_below_each_other() -> None:
    assert read(f"{FIRST}\n{SECOND}")[:5] == [
        *CHILD,
        ("放課後等デイサービス", "projected", 2024, 102),
    ]


@pytest.mark.parametrize(
    "lost", ["1の2　放課後等デイサービス\n", "利用者数（1か月当たりの実人数）\n"]
)
def test_a_lost_name_is_not_replaced_by_the_one_above(lost: str) -> None:
    figures = read(f"{FIRST}\n{SECOND.replace(lost, '')}")
    assert figures[:4] == CHILD
    assert all(name == "放課後等デイサービス" for name, *_ in figures[4:])


@pytest.mark.parametrize(
    "torn", ["令和6年度　、令和7年度　48人", "令和6年度　46人と40人、令和7年度　48人"]
)
def test_a_torn_row_names_nothing(torn: str) -> None:
    figures = read(FIRST.replace("令和6年度　46人、令和7年度　48人", torn))
    assert {name for name, *_ in figures} <= {"児童発達支援"}
    assert not [row for row in figures if row[1] == "projected"]


@pytest.mark.parametrize("line", ["。", "、", "（令和5年度 301人）", "240人"])
def test_a_line_of_nothing_or_of_a_figure_is_no_name(line: str) -> None:
    figures = read(f"{line}\n　計画値　令和6年度　46人、令和7年度　48人\n{FIRST}")
    assert {name for name, *_ in figures} <= {"児童発達支援"}
