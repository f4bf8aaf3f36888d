"""`keikaku read` shows a reading, or the reason of a refusal and where it lies."""

from __future__ import annotations

import pytest
from keikaku.pipeline.cli import build_app
from typer.testing import CliRunner, Result


def read(*arguments: str) -> Result:
    return CliRunner().invoke(build_app(), ["read", *arguments])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("年１回以上", "'年１回以上': reported, amount 1, unit 回/年, comparator ge"),
        ("▲ 4人", "'▲ 4人': reported, amount -4, unit 人, comparator eq"),
        ("令和元年度の1.27倍以上（126人）", "'126人': reported, amount 126, unit 人, comparator ge, in parenthesis"),
        ("5～7人", "'5～7人': reported, amount 5, high 7, unit 人, comparator eq, flags range"),
        (r"246\n[94]", "'94': reported, amount 94, comparator eq, in bracket, line 1"),
        ("—", "'—': not_reported"),
        ("18％（速報値）", "'18％': reported, amount 18, unit %, comparator eq, provisional True"),
        ("R3年度", "'R3年度': fiscal year 2021"),
        ("令和3～5年度", "fiscal year 2021 to 2023"),
        ("令和6年1月末", "fiscal year 2023, to 2024-01-31"),
        ("令和5年度以降", "fiscal year 2023, ge"),
        ("人/月", "unit 人/月"),
    ],
)  # fmt: skip
def test_a_reading(text: str, said: str) -> None:
    result = read(text)
    assert result.exit_code == 0
    assert said in result.output
    assert "\x1b" not in result.output, "plain when piped"


def test_a_refusal_points_at_the_part() -> None:
    result = read("1,2\\n58人")
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        r"'1,2\n58人' is not read: two figures seem to be glued together (at '1,2')",
        "  1,2",
        "  ^^^",
        "  58人",
    ]


def test_the_mark_stands_under_full_width_text() -> None:
    lines = read("目標第3回").output.splitlines()
    assert lines[-1].count("^") >= 5


def test_one_refusal_among_readings_is_exit_code_one() -> None:
    result = read("3人", "第3回")
    assert result.exit_code == 1
    assert "amount 3" in result.output


@pytest.mark.parametrize(("kind", "text"), [("year", "3人"), ("unit", "3人"), ("cell", "R3年度")])
def test_as_one_kind_only(kind: str, text: str) -> None:
    result = read("--as", kind, text)
    assert result.exit_code == 1
    assert "is not read" in result.output


def test_a_dash_in_a_gap_column() -> None:
    assert "amount -4" in read("--gap", "— 4人").output
    assert read("— 4人").exit_code == 1
