"""Exports open safely in a spreadsheet; the descriptions are valid and fit the tables."""

from __future__ import annotations

import csv
import datetime
import io
import json
import shutil
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from ingested import ingested_samples
from keikaku.pipeline.columns import columns_of
from keikaku.pipeline.datapackage import data_package, write_descriptions
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.export import Format, Rows, format_rows, safe_text, write_rows, write_workbook
from keikaku.pipeline.records import TABLES

ROWS = Rows(
    ("raw", "value", "as_of", "flags", "provisional"),
    (
        ('=HYPERLINK("http://example.org")', -4.0, datetime.date(2024, 1, 31), ["a", "b"], True),
        ("▲ 4人", 37.5, None, [], False),
        ("-4人", None, None, None, None),
        ("@cmd|'/c calc'!A0", 1.0, None, None, None),
        ("—", 0.0, None, None, None),
    ),
)


@pytest.mark.parametrize(
    ("printed", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+5人", "'+5人"),
        ("-4人", "'-4人"),
        ("@A", "'@A"),
        ("\t=1", "'\t=1"),
        ("-", "-"),
        ("▲4人", "▲4人"),
        ("274人", "274人"),
        ("", ""),
    ],
)
def test_text_is_no_formula(printed: str, safe: str) -> None:
    assert safe_text(printed) == safe


def test_csv_keeps_numbers_numbers_and_text_text(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    write_rows(ROWS, path, Format.CSV)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert [row[1] for row in read[1:]] == ["-4", "37.5", "", "1", "0"]
    assert read[1][0].startswith("'=")
    assert (read[2][0], read[3][0], read[5][0]) == ("▲ 4人", "'-4人", "—")
    assert read[1][2:] == ["2024-01-31", "a|b", "true"]


def test_xlsx_holds_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "figures.xlsx"
    write_rows(ROWS, path, Format.XLSX)
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "<v>-4</v>" in sheet
        assert "hyperlink" not in sheet
        assert "=HYPERLINK" in book.read("xl/sharedStrings.xml").decode()


def test_a_workbook_is_the_same_each_time(tmp_path: Path) -> None:
    written = []
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook({"data": ROWS}, tmp_path / name)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_a_long_text_is_cut_with_a_word(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    write_rows(Rows(("text",), (("あ" * 40_000,),)), path, Format.XLSX)
    with zipfile.ZipFile(path) as book:
        assert "cut: the whole text is in the Parquet" in book.read("xl/sharedStrings.xml").decode()


def test_json_and_markdown() -> None:
    read = json.loads(format_rows(ROWS, Format.JSON))
    assert (read[0]["value"], read[2]["value"], read[0]["as_of"]) == (-4.0, None, "2024-01-31")
    table = format_rows(Rows(("a",), (("x|y\n<b>",), (None,))), Format.MARKDOWN)
    assert table == "| a |\n|---|\n| x\\|y &lt;b> |\n|  |\n"


def test_parquet_and_an_unknown_form(tmp_path: Path) -> None:
    path = tmp_path / "figures.parquet"
    write_rows(ROWS, path, Format.PARQUET)
    assert pq.read_table(path).num_rows == len(ROWS.rows)
    with pytest.raises(UsageError):
        write_rows(ROWS, tmp_path / "x", Format.TABLE)


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("described") / "output"
    shutil.copytree(ingested_samples(), folder)
    write_descriptions(folder)
    return folder


def test_the_data_package_is_valid(described: Path) -> None:
    import frictionless

    report = frictionless.Package.validate_descriptor(str(described / "datapackage.json"))
    assert report.valid, report.flatten(["message"])


def test_the_data_package_names_every_column_and_file(described: Path) -> None:
    package = data_package(described)
    assert [resource["name"] for resource in package["resources"]] == list(TABLES)
    for resource in package["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        assert columns == list(columns_of(TABLES[resource["name"]]))
        for path in resource["path"]:
            assert pq.read_schema(described / path).names == columns


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own
def test_croissant_gives_every_row(described: Path) -> None:
    import mlcroissant

    dataset = mlcroissant.Dataset(str(described / "croissant.json"))
    assert not dataset.metadata.ctx.issues.errors
    for name, record_type in TABLES.items():
        rows = list(dataset.records(name))
        assert len(rows) == len(pq.read_table(described / name)), name
        assert set(rows[0]) == {f"{name}/{column}" for column in columns_of(record_type)}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_dictionary_names_every_column(language: str, described: Path) -> None:
    text = (described / f"data_dictionary.{language}.md").read_text(encoding="utf-8")
    for record_type in TABLES.values():
        for name, column in columns_of(record_type).items():
            assert f"| `{name}`" in text
            assert (column.japanese if language == "ja" else column.english) in text


def test_descriptions_are_the_same_each_time(described: Path) -> None:
    before = {path.name: path.read_bytes() for path in write_descriptions(described)}
    after = {path.name: path.read_bytes() for path in write_descriptions(described)}
    assert before == after
