"""Numbered names with figures behind them and no delimiters."""

from __future__ import annotations

import pytest
from keikaku.pipeline.journey import Source, read_document

TITLE = "第６期見本県障害福祉計画　市町村別の成果目標の達成状況\n\n目標１　福祉施設の入所者の地域生活への移行\n\n(1) 地域生活に移行した者の数（人、令和５年度末）\n"


def read(lines: str) -> list[tuple[str | None, float | None, str | None, int | None]]:
    records = read_document(Source("list.txt", (TITLE + lines).encode()))
    return [(o.breakdown, o.value, o.unit, o.fiscal_year) for o in records.observations]


def test_the_number_counts_on_and_the_name_ends_as_names_do() -> None:
    assert read("1四日市市12 2市川市3\n3玉村町1,045\n計1,060\n") == [
        ("四日市市", 12.0, "人", 2023),
        ("市川市", 3.0, "人", 2023),
        ("玉村町", 1045.0, "人", 2023),
        ("計", 1060.0, "人", 2023),
    ]


@pytest.mark.parametrize(
    "lines",
    ["1架空市58 3仮想市21 4見本市17\n", "1架空市58 2仮想市21\n", "1架空58 2仮想21 3見本17\n"],
)
def test_what_does_not_count_on_is_not_taken(lines: str) -> None:
    assert read(lines) == []


_GLUED = "府全体91人\n1架空市58人2仮想市21人\n3千見本村12人\n"


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        ("(1)　令和8年度末までの地域生活移行者数の目標値", _GLUED),
        ("令和8年度の地域生活移行者数の目標値（単位：人）", _GLUED.replace("人", "")),
        ("① 令和8年度末における地域生活移行者数の目標値", _GLUED.replace("人2", "人 2")),
    ],
)
def test_the_heading_says_what_when_and_how(heading: str, lines: str) -> None:
    if "単位" in heading:
        lines = lines.replace("582", "58 2")
    title = (
        "第７期見本県障害福祉計画　市町村の成果目標\n\n１　福祉施設の入所者の地域生活への移行\n\n"
    )
    records = read_document(Source("list.txt", f"{title}{heading}\n{lines}".encode()))
    assert [
        (o.indicator, o.breakdown, o.measure, o.fiscal_year, o.value, o.unit)
        for o in records.observations
    ] == [
        ("地域生活移行者数", place, "target", 2026, value, "人")
        for place, value in [
            ("府全体", 91.0),
            ("架空市", 58.0),
            ("仮想市", 21.0),
            ("千見本村", 12.0),
        ]
    ]


@pytest.mark.parametrize("year", ["令和8年度※", "令和8年度末＊１"])
def test_a_year_is_no_part_of_the_name(year: str) -> None:
    title = (
        "第７期見本県障害福祉計画　市町村の成果目標\n\n１　福祉施設の入所者の地域生活への移行\n\n"
    )
    text = f"{title}(1)　{year}の地域生活移行者数の目標値\n{_GLUED}"
    found = read_document(Source("list.txt", text.encode())).observations
    assert {o.indicator for o in found} <= {"地域生活移行者数"}


def test_prefectures_count_on_as_municipalities_do() -> None:
    assert read("1北海道23 2青森2 3岩手1,027\n4宮城19\n全国平均26\n") == [
        ("北海道", 23.0, "人", 2023),
        ("青森", 2.0, "人", 2023),
        ("岩手", 1027.0, "人", 2023),
        ("宮城", 19.0, "人", 2023),
        ("全国平均", 26.0, "人", 2023),
    ]


_RATED = "1架空市68人（91.9％） 2仮想市31人（79.5％）\n3見本市19人（95.0％）\n"


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        ("(1) 移行者数（令和５年度、（　）内は対目標達成率）\n", _RATED),
        ("(1) 移行者数（令和５年度）\n※（　）内は目標達成率\n", _RATED),
        ("(1) 移行者数（令和５年度）\n（単位：人、（　）内は達成率）\n", _RATED.replace("人", "")),
        ("(1) 移行者数（令和５年度）\n", _RATED.replace(" ", "") + "※（　）内は達成率です。\n"),
    ],
)
def test_the_heading_or_a_note_says_what_stands_in_brackets(heading: str, lines: str) -> None:
    title = "第６期見本県障害福祉計画　市町村別の実績\n\n"
    found = read_document(Source("list.txt", f"{title}{heading}{lines}".encode())).observations
    assert [(o.breakdown, o.measure, o.fiscal_year, o.value, o.unit) for o in found] == [
        (place, measure, 2023, value, unit)
        for place, count, rate in [("架空市", 68, 91.9), ("仮想市", 31, 79.5), ("見本市", 19, 95.0)]
        for measure, value, unit in [("actual", count, "人"), ("gap", rate, "%")]
    ]


@pytest.mark.parametrize("remark", ["", "、（　）内は精神障害者", "、（　）内は前年"])
def test_figures_in_brackets_of_which_nothing_is_said_leave_the_list_unread(remark: str) -> None:
    title = "第６期見本県障害福祉計画　市町村別の実績\n\n"
    text = f"{title}(1) 移行者数（令和５年度{remark}）\n{_RATED}"
    records = read_document(Source("list.txt", text.encode()))
    assert records.observations == ()
    assert any("91.9" in finding.message for finding in records.findings)


_SHARES = "1架空市31人（6.1％） 2仮想市10人（6.0％）\n3千見本村0人（0.0％）\n県計41人（5.9％）\n"


def _of_heading(heading: str, lines: str) -> set[tuple[str | None, str, float | None, str | None]]:
    title = (
        "第７期見本県障害福祉計画　市町村の成果目標\n\n１　福祉施設の入所者の地域生活への移行\n\n"
    )
    records = read_document(Source("list.txt", f"{title}{heading}\n{lines}".encode()))
    return {(o.breakdown, o.measure, o.value, o.unit) for o in records.observations}


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        (
            "・地域生活移行者数の目標（令和８年度末、（　）内は施設入所者数に対する割合）",
            _SHARES,
        ),
        (
            "(1) 地域生活移行者数の目標（令和８年度末、［ ］内は施設入所者に占める割合）",
            _SHARES.replace("（", "[").replace("）", "]"),
        ),
        (
            "・地域生活移行者数の目標（令和８年度末）\n※（　）内は施設入所者数に対する割合",
            _SHARES,
        ),
        (
            "・地域生活移行者数の目標（令和８年度末）",
            f"{_SHARES}※カッコ内は施設入所者数に対する割合です。\n",
        ),
    ],
    ids=["heading", "square", "below", "behind"],
)
def test_shares_of_a_whole_in_brackets_are_of_the_figure_before_them(
    heading: str, lines: str
) -> None:
    found = _of_heading(heading, lines)
    assert ("架空市", "target", 31.0, "人") in found
    assert ("架空市", "target", 6.1, "%") in found
    assert len(found) == 8
    assert {measure for _, measure, _, _ in found} == {"target"}


@pytest.mark.parametrize(
    ("legend", "lines"),
    [
        ("（　）内は目標に対する割合", _SHARES),
        ("（　）内は前年度の人数に対する割合", _SHARES),
        ("（　）内は施設入所者数", _SHARES),
        ("（　）内は施設入所者数に対する割合", _SHARES.replace("（6.0％）", "（6.0）")),
        ("（　）内は施設入所者数に対する割合", _SHARES.replace("（6.0％）", "")),
    ],
)
def test_what_compares_or_is_no_share_is_none(legend: str, lines: str) -> None:
    found = _of_heading(f"・地域生活移行者数の目標（令和８年度末、{legend}）", lines)
    assert not {value for _, measure, value, unit in found if (measure, unit) == ("target", "%")}
