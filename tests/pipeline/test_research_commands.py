"""compare, indicators, sql, check, diff, export as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ingested import ingested_samples
from keikaku.pipeline.cli import build_app
from keikaku.pipeline.errors import UsageError
from typer.testing import CliRunner

COMMANDS = ("compare", "indicators", "sql", "check", "diff", "export")


def run(*arguments: str, data: Path | None = None) -> tuple[int, str]:
    """Exit code and what is printed. An error of ours is raised as it is."""
    folder = data or ingested_samples()
    result = CliRunner().invoke(build_app(), [*arguments, "--data", str(folder)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command: str) -> None:
    result = CliRunner().invoke(build_app(), [command, "--help"])
    assert result.exit_code == 0
    assert f"keikaku {command}" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", "facility_residents"),
        ("indicators",),
        ("sql", "select 1"),
        ("check",),
        ("diff", "a.pdf", "b.pdf"),
        ("export", "latest", "--out", "x.csv"),
    ],
)
def test_a_folder_without_tables(arguments: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no tables") as raised:
        run(*arguments, data=tmp_path)
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", "no_such_indicator"),
        ("compare", "facility_residents", "--measure", "guess"),
        ("compare", "facility_residents", "--format", "xlsx"),
        ("sql", "selec 1"),
        ("check", "--level", "grave"),
        ("diff", "nowhere.pdf", "shinagawa_sheet.pdf"),
        ("export", "latest"),
        ("export", "latest", "--out", "figures.docx"),
        ("export", "all", "--out", "figures.csv"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    with pytest.raises(UsageError) as raised:
        run(*arguments)
    assert raised.value.exit_code == 2
    assert raised.value.hint


def test_compare_as_json() -> None:
    code, printed = run("compare", "施設入所者数", "--fiscal-year", "2022", "--format", "json")
    rows = {row["municipality"]: row for row in json.loads(printed)}
    assert code == 0
    assert (rows["昭島市"]["actual"], rows["品川区"]["actual"]) == (74.0, 274.0)


def test_compare_shows_only_what_is_asked() -> None:
    _, printed = run("compare", "facility_residents", "--measure", "actual", "--format", "csv")
    head = printed.splitlines()[0].split(",")
    assert "actual" in head
    assert not {"target", "projected", "baseline", "met"} & set(head)


def test_compare_as_a_table() -> None:
    _, printed = run("compare", "facility_residents")
    assert "施設入所者数" in printed
    assert "271" in printed


def test_indicators_with_coverage() -> None:
    _, printed = run("indicators", "--covered", "--format", "json")
    rows = {row["indicator_id"]: row for row in json.loads(printed)}
    assert rows["facility_residents"]["municipalities"] == 2
    assert "home_care_users" not in rows
    _, every = run("indicators", "--format", "json")
    assert len(json.loads(every)) == 189


def test_sql_into_a_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    code, printed = run("sql", "select count(*) n from latest", "--out", str(path))
    assert (code, printed) == (0, "")
    assert path.read_text(encoding="utf-8-sig").splitlines()[0] == "n"


def test_check_prints_both_quotes_and_ends_with_one() -> None:
    code, printed = run("check", "--level", "error")
    assert code == 1
    assert "「274人」" in printed
    assert "施設入所者数は275人" in printed
    assert "[prose_figure_differs]" in printed
    code, printed = run("check", "--level", "error", "--rule", "days_do_not_fit_users")
    assert code == 0


def test_check_of_one_document_in_japanese() -> None:
    _, printed = run("check", "akishima_sheet.pdf", "--ja", "--level", "error")
    assert "総括表" in printed
    assert "shinagawa" not in printed


def test_check_lists_its_rules() -> None:
    result = CliRunner().invoke(build_app(), ["check", "--rules", "--format", "json"])
    assert {"family", "rule", "severity", "relation"} == set(json.loads(result.stdout)[0])


def test_diff_of_two_editions() -> None:
    code, printed = run("diff", "004_4cdc448c7186999f.txt", "shinagawa_sheet.pdf")
    assert (code, printed.strip()) == (0, "no rows")
    code, printed = run(
        "diff", "000_3fa8d1cbbd840f3a.txt", "akishima_sheet.pdf", "--format", "json"
    )
    assert code == 1
    assert {row["kind"] for row in json.loads(printed)} <= {"changed", "added", "removed"}


@pytest.mark.parametrize("name", ["all.xlsx"])
def test_export_of_everything(name: str, tmp_path: Path) -> None:
    code, _ = run("export", "all", "--out", str(tmp_path / name))
    assert code == 0
    assert (tmp_path / name).stat().st_size > 10_000
