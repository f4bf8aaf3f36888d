"""`keikaku read`: how one printed string is understood, and why it is not."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from keikaku.normalizers.errors import UnreadText
    from keikaku.normalizers.values import Value
    from rich.text import Text


class Kind(StrEnum):
    """What a string is read as; `any` tries them in this order."""

    ANY = "any"
    CELL = "cell"
    YEAR = "year"
    UNIT = "unit"


_COLOURS = ("cyan", "green", "magenta", "yellow", "blue")
_SHOWN = (
    *("label", "amount", "high", "unit", "comparator", "words", "base", "when"),
    *("aggregation", "provisional", "flags"),
)


def command(
    texts: Annotated[
        list[str], typer.Argument(metavar="TEXT...", help=r"Printed strings; \n is a line break.")
    ],
    kind: Annotated[Kind, typer.Option("--as", help="Read them as this only.")] = Kind.ANY,
    gap: Annotated[
        bool, typer.Option("--gap", help="They stand in a 比較 or 増減 column: - is minus.")
    ] = False,
) -> None:
    """Show how printed strings are read, each part in its colour, or why they are refused.

    Example: keikaku read '令和元年度の1.27倍以上（126人）' '▲ 4人' 'R3年度'
    """
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    refused = 0
    for text in texts:
        lines = tuple(_reading(text.replace(r"\n", "\n"), kind, gap=gap))
        refused += not lines
        for line in lines or _refusal(text.replace(r"\n", "\n"), kind, gap=gap):
            console.print(line)
    if refused:
        raise typer.Exit(1)


def _reading(text: str, kind: Kind, *, gap: bool) -> Iterator[Text]:
    """The lines of the first kind that reads the whole of `text`; none when all refuse."""
    from keikaku.normalizers.errors import UnreadText

    for one in (Kind.CELL, Kind.YEAR, Kind.UNIT):
        if kind in (one, Kind.ANY):
            try:
                yield from _lines_as(one, text, gap=gap)
            except UnreadText:
                continue
            return


def _lines_as(kind: Kind, text: str, *, gap: bool) -> list[Text]:
    match kind:
        case Kind.YEAR:
            return _year_lines(text)
        case Kind.UNIT:
            return _unit_lines(text)
        case Kind.CELL | Kind.ANY:
            return _cell_lines(text, gap=gap)


def _cell_lines(text: str, *, gap: bool) -> list[Text]:
    from keikaku.normalizers.cells import CellContext, parse_cell
    from rich.text import Text

    values = parse_cell(text, CellContext(gap=gap))
    shown = Text(text)
    colours = [_COLOURS[index % len(_COLOURS)] for index in range(len(values))]
    for value, colour in zip(values, colours, strict=True):
        shown.stylize(f"bold {colour}", value.start, value.end)
    details = [Text(f"  {_described(v)}", style=c) for v, c in zip(values, colours, strict=True)]
    return [shown, *details]


def _described(value: Value) -> str:
    """``'1.27倍以上': reported, amount 1.27, unit 倍, comparator ge``."""
    parts = [str(value.status)]
    for name in _SHOWN:
        held = getattr(value, name)
        if held is not None and held != () and held is not False:
            parts.append(f"{name} {_plain(held)}")
    if value.standing != "main":
        parts.append(f"in {value.standing}")
    if value.line:
        parts.append(f"line {value.line}")
    return f"{value.printed!r}: {', '.join(parts)}"


def _plain(held: object) -> str:
    if isinstance(held, float):
        return f"{held:.15g}"
    return " ".join(held) if isinstance(held, tuple) else str(held)


def _year_lines(text: str) -> list[Text]:
    from keikaku.normalizers.fiscal_years import parse_fiscal_year
    from rich.text import Text

    year = parse_fiscal_year(text)
    shown = Text(text)
    shown.stylize("bold cyan", year.start, year.end)
    through = f" to {year.last}" if year.last else ""
    day = f", to {year.month_end}" if year.month_end else ""
    bound = f", {year.bound}" if year.bound else ""
    return [
        shown,
        Text(f"  {year.printed!r}: fiscal year {year.year}{through}{day}{bound}", "cyan"),
    ]


def _unit_lines(text: str) -> list[Text]:
    from keikaku.normalizers.units import parse_unit
    from rich.text import Text

    return [Text(text, "bold cyan"), Text(f"  unit {parse_unit(text)}", "cyan")]


def _refusal(text: str, kind: Kind, *, gap: bool) -> Iterator[Text]:
    """The sentence, the string, and ^ under the part at fault."""
    from rich.cells import cell_len
    from rich.text import Text

    error = _error(text, kind, gap=gap)
    yield Text(str(error), "red")
    for line, offset in _lines(text):
        start, end = max(error.start - offset, 0), min(error.end - offset, len(line))
        yield Text(f"  {line}")
        if start < end:
            yield Text("  " + " " * cell_len(line[:start]) + "^" * cell_len(line[start:end]), "red")


def _lines(text: str) -> Iterator[tuple[str, int]]:
    offset = 0
    for line in text.split("\n"):
        yield line, offset
        offset += len(line) + 1


def _error(text: str, kind: Kind, *, gap: bool) -> UnreadText:
    """Why the kind asked for (a cell, when any was) refuses `text`."""
    from keikaku.normalizers.errors import UnreadText

    try:
        _lines_as(kind, text, gap=gap)
    except UnreadText as error:
        return error
    raise AssertionError(text)
