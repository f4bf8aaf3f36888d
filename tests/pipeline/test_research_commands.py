"""compare, indicators, sql, check, diff, export as they are typed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pandas as pd
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
        ("compare", "facility_residents", "--fiscal-year", "the last"),
        ("compare", "協議の場の設置"),
        ("compare", "facility_residents", "--out", "rows.csv", "--format", "json"),
        ("indicators", "--goal", "no_such_goal"),
        ("sql", "selec 1"),
        ("sql", " "),
        ("check", "--rule", "summary_difers"),
        ("check", "--level", "grave"),
        ("diff", "nowhere.pdf", "shinagawa_sheet.pdf"),
        ("export", "latest"),
        ("export", "all", "--format", "json"),
        ("export", "latest", "--format", "xlsx"),
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


@pytest.mark.parametrize("year", ["2022", "R4", "令和4年度", "令和４年度"])
def test_a_year_as_people_write_it(year: str) -> None:
    _, printed = run("compare", "facility_residents", "--fiscal-year", year, "--format", "json")
    assert {row["fiscal_year"] for row in json.loads(printed)} == {2022}


def test_no_row_for_a_year_of_which_nothing_is_printed() -> None:
    _, printed = run("compare", "facility_residents", "--fiscal-year", "1999", "--format", "json")
    assert json.loads(printed) == []


def test_an_indicator_by_a_label_of_a_sheet() -> None:
    _, printed = run("compare", "年間一般就労移行者数", "--format", "json")
    assert {row["indicator_id"] for row in json.loads(printed)} == {"employment_transitions"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", "facility_residents"),
        ("indicators",),
        ("sql", "select * from latest"),
        ("export", "latest"),
        ("check", "--level", "info"),
        ("diff", "000_3fa8d1cbbd840f3a.txt", "akishima_sheet.pdf"),
    ],
    ids=lambda arguments: arguments[0],
)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json", ".md", ".parquet"])
def test_every_command_in_every_form(
    arguments: tuple[str, ...], suffix: str, tmp_path: Path
) -> None:
    """The same rows in each form, as a spreadsheet, pandas or a person opens it."""
    path = tmp_path / f"rows{suffix}"
    run(*arguments, "--out", str(path))
    _, printed = run(*arguments, "--format", "json")
    expected = json.loads(printed)
    assert expected
    readers = {
        ".csv": lambda: pd.read_csv(path, dtype=str, encoding="utf-8-sig"),
        ".parquet": lambda: pd.read_parquet(path, dtype_backend="pyarrow"),
        ".json": lambda: pd.DataFrame(json.loads(path.read_text(encoding="utf-8"))),
    }
    if suffix in readers:
        frame = readers[suffix]()
        assert (len(frame), list(frame.columns)) == (len(expected), list(expected[0]))
    elif suffix == ".md":
        assert len(path.read_text(encoding="utf-8").splitlines()) == len(expected) + 2
    else:
        with zipfile.ZipFile(path) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert sheet.count("<row ") == len(expected) + 1


def test_a_pipe_gets_every_column_of_every_row_in_one_line() -> None:
    _, printed = run("indicators", "--covered")
    head, *rows = [line.split("\t") for line in printed.splitlines()]
    assert {len(row) for row in rows} == {len(head)}
    assert "medical_care_child_council_meetings" in [row[0] for row in rows]


def test_two_municipalities_are_no_editions() -> None:
    folder = str(ingested_samples())
    arguments = ["diff", "akishima_sheet.pdf", "shinagawa_sheet.pdf", "--output", folder]
    result = CliRunner().invoke(build_app(), arguments)
    assert "東京都昭島市 and 東京都品川区 do not publish one sheet" in result.stderr


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
