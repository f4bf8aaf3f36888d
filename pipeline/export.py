"""Exports: rows as CSV, XLSX, JSON, Markdown or Parquet, safe to open in a spreadsheet.

A cell of text that begins with = + - @ is a formula to a spreadsheet. Text stays text: in XLSX it
is written as a string cell, in CSV an apostrophe goes before it. A number is a number, also -4.

>>> safe_text("=1+1"), safe_text("-"), safe_text("▲ 4人")
("'=1+1", '-', '▲ 4人')
"""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keikaku.pipeline.errors import UsageError

if TYPE_CHECKING:
    import pyarrow

FORMULA_STARTS = tuple("=+-@\t\r")
LONGEST_XLSX_TEXT = 32_767
MOST_XLSX_ROWS = 1_048_575
CUT = "…[cut: the whole text is in the Parquet]"


class Format(StrEnum):
    """The forms in which rows leave."""

    TABLE = "table"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    MARKDOWN = "markdown"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Rows:
    """Named columns and rows of plain values: text, numbers, booleans, dates, lists, None."""

    names: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def rows_of_records(record_type: type, records: Sequence[Any]) -> Rows:
    """Dataclass records as rows; the names stand also when there is none."""
    names = tuple(field.name for field in dataclasses.fields(record_type))
    return Rows(names, tuple(tuple(getattr(r, name) for name in names) for r in records))


def rows_of_arrow(table: pyarrow.Table) -> Rows:
    """An Arrow table as rows."""
    columns = [column.to_pylist() for column in table.columns]
    return Rows(tuple(table.column_names), tuple(zip(*columns, strict=True)))


def format_rows(rows: Rows, form: Format) -> str:
    """Rows as text: CSV, JSON or Markdown."""
    return _TEXT_FORMS[form](rows)


def write_rows(rows: Rows, path: Path, form: Format) -> None:
    """Rows into a file. CSV bears a byte order mark: Excel reads Japanese only then."""
    if form is Format.XLSX:
        write_workbook({"data": rows}, path)
    elif form is Format.PARQUET:
        _write_parquet(rows, path)
    elif form in _TEXT_FORMS:
        encoding = "utf-8-sig" if form is Format.CSV else "utf-8"
        path.write_text(format_rows(rows, form), encoding=encoding, newline="")
    else:
        raise UsageError(
            f"{form} is for the screen, not for a file",
            hint="choose csv, xlsx, json, markdown or parquet",
        )


def write_workbook(sheets: dict[str, Rows], path: Path) -> None:
    """One worksheet for each table; nothing in it is taken for a formula or a link."""
    import xlsxwriter

    options = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for name, rows in sheets.items():
            _fill_worksheet(book.add_worksheet(name[:31]), rows, bold)


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula. A lone dash is none."""
    return f"'{text}" if len(text) > 1 and text.startswith(FORMULA_STARTS) else text


def _fill_worksheet(sheet: Any, rows: Rows, bold: Any) -> None:
    if len(rows.rows) > MOST_XLSX_ROWS:
        raise UsageError(
            f"{len(rows.rows)} rows do not fit a worksheet", hint="export as csv or parquet"
        )
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(rows.names):
        sheet.write_string(0, column, name, bold)
    for line, row in enumerate(rows.rows, start=1):
        for column, value in enumerate(row):
            _write_cell(sheet, line, column, value)
    sheet.autofilter(0, 0, max(1, len(rows.rows)), max(0, len(rows.names) - 1))


def _write_cell(sheet: Any, line: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(line, column, value)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(line, column, value)
    else:
        sheet.write_string(line, column, _fitting(_plain_text(value)))


def _fitting(text: str) -> str:
    if len(text) <= LONGEST_XLSX_TEXT:
        return text
    return text[: LONGEST_XLSX_TEXT - len(CUT)] + CUT


def _plain_text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "|".join(map(str, value))
    return str(value)


def _csv(rows: Rows) -> str:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerow(rows.names)
    for row in rows.rows:
        writer.writerow([_csv_cell(value) for value in row])
    return sink.getvalue()


def _csv_cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, int | float):
        return value
    return safe_text(_plain_text(value))


def _json(rows: Rows) -> str:
    records = [dict(zip(rows.names, row, strict=True)) for row in rows.rows]
    return json.dumps(records, ensure_ascii=False, indent=1, default=str) + "\n"


def _markdown(rows: Rows) -> str:
    lines = ["| " + " | ".join(rows.names) + " |", "|" + "---|" * len(rows.names)]
    lines += ["| " + " | ".join(map(_markdown_cell, row)) + " |" for row in rows.rows]
    return "\n".join(lines) + "\n"


def _markdown_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    return " ".join(_plain_text(value).replace("|", r"\|").replace("<", "&lt;").split())


def _write_parquet(rows: Rows, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = list(zip(*rows.rows, strict=True)) or [() for _ in rows.names]
    pq.write_table(
        pa.table({name: pa.array(c) for name, c in zip(rows.names, columns, strict=True)}), path
    )


_TEXT_FORMS: dict[Format, Callable[[Rows], str]] = {
    Format.CSV: _csv,
    Format.JSON: _json,
    Format.MARKDOWN: _markdown,
}
