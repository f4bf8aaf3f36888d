"""Figures behind their measures: what is sure is read, what is not is refused under a finding."""

from __future__ import annotations

import pytest
from keikaku.pipeline.dataset import DocumentRecords
from keikaku.pipeline.journey import Source, read_document

TITLE = "第7期見本市障害福祉計画の進捗について（令和6年度末現在）\n\n目標5 相談支援体制の充実\n\n"
NO_YEAR = "第7期見本市障害福祉計画\n\n目標5 相談支援体制の充実\n\n"

Row = tuple[str, str | None, int | None, float | str | None]


def read(body: str, title: str = TITLE) -> DocumentRecords:
    return read_document(Source("report.txt", (title + body).encode()))


def rows(records: DocumentRecords) -> list[Row]:
    return [
        (
            row.indicator, row.measure, row.fiscal_year,
            row.value if row.value is not None else row.text or row.status,
        )
        for row in records.observations
    ]  # fmt: skip


MEETING = [
    ("協議の場の開催", "projected", 2024, 2),
    ("協議の場の開催", "actual", 2024, 3),
    ("協議の場の開催", "actual", 2024, "達成"),
]
CARE = [
    ("計画相談支援", "projected", 2024, 310),
    ("計画相談支援", "actual", 2024, 334),
    ("計画相談支援", "actual", 2023, 301),
]
WORK = [
    ("一般就労移行者数", "target", 2023, 240),
    ("一般就労移行者数", "actual", 2021, 187),
    ("一般就労移行者数", "actual", 2022, "not_reported"),
    ("一般就労移行者数", "gap", None, 98.3),
]
RATE = [
    ("就労定着支援の利用者数", "actual", 2024, 13),
    ("就労定着支援の利用者数", "projected", 2024, 20),
    ("就労定着支援の利用者数", "gap", 2024, 65),
]
READ: dict[str, tuple[str, list[Row]]] = {
    "below the name": ("ア　協議の場の開催\n　計画：年２回　　実績：年３回　　評価：達成\n", MEETING),
    "one measure a line": ("（1）協議の場の開催\n計画：年2回\n実績：年3回\n評価：達成\n", MEETING),
    "last year in brackets": ("計画相談支援：計画 310人、実績 334人（令和5年度 301人）\n", CARE),
    "years as R6": ("・計画相談支援　R6計画　310人　R6実績　334人（R5 301人）\n", CARE),
    "plan and rate in brackets": (
        "・就労定着支援の利用者数　　令和6年度実績　13人／月（計画 20人／月、達成率 65.0％）\n",
        RATE,
    ),
    "the target names what the results are of": (
        "[目標値]　令和5年度の一般就労移行者数　240人\n"
        "[実績値]　令和3年度　187人、令和4年度　調査中\n[達成率]　98.3％\n",
        WORK,
    ),
    "heavy brackets": (
        "■目標値　令和5年度の一般就労移行者数　240人\n"
        "■実績値　令和3年度　187人、令和4年度　調査中\n■達成率　98.3％\n",
        WORK,
    ),
    "measure, year, figure": (
        "（1）地域移行支援の利用者数\n目標（令和8年度）：3人\n実績：令和6年度　集計中\n",
        [
            ("地域移行支援の利用者数", "target", 2026, 3),
            ("地域移行支援の利用者数", "actual", 2024, "not_reported"),
        ],
    ),
    "equal signs and a name in brackets": (
        "［生活介護］\n利用者数（人／月）　計画　Ｒ６＝１４０、Ｒ７＝１４４　実績　Ｒ６＝１４１、Ｒ７＝なし\n",
        [
            ("生活介護", "projected", 2024, 140),
            ("生活介護", "projected", 2025, 144),
            ("生活介護", "actual", 2024, 141),
            ("生活介護", "actual", 2025, "not_reported"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_lines_are_read(name: str) -> None:
    body, expected = READ[name]
    assert rows(read(body)) == expected


UNSURE = [
    "計画相談支援：計画 310人、実績 334人、301人\n",
    "計画相談支援：計画　実績　334人\n",
    "計画相談支援：計画 310人、320人、実績 334人\n",
    "計画相談支援：実績 334人、実績 301人\n",
    "ア　協議の場の開催\n　計画：年２回　３回　　実績：年３回\n",
    "[目標値]　令和5年度の一般就労移行者数　240人　250人\n",
    "ア　協議の場の開催\n　計画：年２回　　実績：３回でしたが　評価：達成\n",
]


@pytest.mark.parametrize("body", UNSURE)
def test_what_is_not_sure_is_refused_under_a_finding(body: str) -> None:
    records = read(body)
    assert not records.observations
    rules = {finding.rule for finding in records.findings}
    assert rules & {"unread_figures", "figures_in_prose", "unknown_column"}


def test_a_line_of_no_year_is_refused() -> None:
    records = read("計画相談支援：計画 310人、実績 334人\n", NO_YEAR)
    assert not records.observations
    assert "unknown_column" in {finding.rule for finding in records.findings}


@pytest.mark.parametrize(
    "bracket", ["（３か年の累計　77人）", "（目標 45人）", "（前年度 301人、計画 3人、4人）"]
)
def test_a_bracket_that_is_not_understood_is_reported(bracket: str) -> None:
    records = read(f"計画相談支援：計画 310人、実績 334人{bracket}\n")
    assert rows(records) == CARE[:2]
    assert [f.rule for f in records.findings if bracket in f.message] == ["unread_figures"]


@pytest.mark.parametrize(
    "prose",
    [
        "令和６年度の実績は52人で、目標の47人を5人上回りました。\n",
        "計画の310人に対し、実績は334人となった。\n",
        "目標値は240人、実績値は236人であり、おおむね達成した。\n",
    ],
)
def test_prose_of_a_review_stays_prose(prose: str) -> None:
    assert not read(prose).observations


SUM = "・相談支援の利用者数　実績　令和3年度　19人、令和4年度　22人、令和5年度　24人（3年間の累計　65人）\n"


@pytest.mark.parametrize("words", ["3年間の累計", "３か年の累計", "期間中の累計"])
def test_figures_added_up_in_the_bracket_of_the_last(words: str) -> None:
    found = read(SUM.replace("3年間の累計", words)).observations
    assert [row.value for row in found] == [19.0, 22.0, 24.0, 65.0]
    assert (found[-1].fiscal_year, found[-1].aggregation) == (2023, "cumulative")
    assert words[-2:] in (found[-1].breakdown or found[-1].series or "")


@pytest.mark.parametrize(
    ("printed", "instead"), [("、令和5年度　24人", ""), ("累計　65人", "累計"), ("3年間", "5年間")]
)
def test_a_sum_of_more_than_is_printed_is_refused(printed: str, instead: str) -> None:
    records = read(SUM.replace(printed, instead))
    assert all(row.value != 65 for row in records.observations)
    assert "unread_figures" in {row.rule for row in records.findings}
