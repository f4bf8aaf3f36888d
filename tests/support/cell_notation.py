"""How the tables of these tests write a reading: `>=1 か所 「設置」`, `(5.6 %)`, `[94]`, `-`, `/`."""

from __future__ import annotations

from keikaku.normalizers.cells import CellContext, parse_cell
from keikaku.normalizers.values import Comparator, Standing, Status, Value

_SIGNS = {
    Comparator.EQ: "",
    Comparator.GE: ">=",
    Comparator.LE: "<=",
    Comparator.GT: ">",
    Comparator.LT: "<",
    Comparator.APPROX: "~",
}
_STATUS = {Status.NOT_REPORTED: "-", Status.NOT_APPLICABLE: "/", Status.QUALITATIVE: ""}
_BRACKETS = {Standing.MAIN: "{}", Standing.PARENTHESIS: "({})", Standing.BRACKET: "[{}]"}


def reading(text: str, *, gap: bool = False) -> str:
    """The reading of a cell in the notation of the tables."""
    return " | ".join(show(value) for value in parse_cell(text, CellContext(gap=gap)))


def show(value: Value) -> str:
    """One value: label, figure, unit, words, what it is of and at, flags."""
    parts = [
        f"{value.label}:" if value.label else "",
        _figure(value),
        value.unit or "",
        f"「{value.words}」" if value.words else "",
        f"of {value.base}" if value.base else "",
        f"at {value.when}" if value.when else "",
        value.aggregation or "",
        "provisional" if value.provisional else "",
        *(f"#{flag}" for flag in value.flags),
    ]
    shown = _BRACKETS[value.standing].format(" ".join(part for part in parts if part))
    return f"L{value.line} {shown}" if value.line else shown


def _figure(value: Value) -> str:
    if value.amount is None:
        return _STATUS[value.status]
    assert value.comparator is not None
    high = "" if value.high is None else f"..{value.high:.15g}"
    return f"{_SIGNS[value.comparator]}{value.amount:.15g}{high}"
