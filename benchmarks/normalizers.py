"""Our reader of printed figures beside the libraries there are, on one list of strings.

The strings are the cells of ``tests/support/printed_cells.py`` (some four hundred, as printed by
municipalities and as the notes on them warn of, with readings typed by hand) and the fiscal years
of the table below. A row is *right* when the numbers read are the numbers typed (for a string that
is no figure: none), *silently wrong* when a number is given that the string does not report, and
*unread* otherwise. Units, comparators and brackets are not asked here: of ours, the tests ask them.
 kanjize reads whole kanji numbers only; the stack asks kanjize, then ja-timex (repeated
times such as 年1回), then pynormalizenumexp, as one would combine them.

    pip install -e . --group bench
    python benchmarks/normalizers.py
"""

from __future__ import annotations

import html
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from keikaku.normalizers import cells, year_names
from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.fiscal_years import parse_fiscal_year

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests" / "support"))

Numbers = tuple[tuple[float, float], ...]
"""The figures of a string: lower and upper end of each."""
Reader = Callable[[str], Numbers]

YEARS = [
    ("令和3年度", 2021), ("Ｒ３", 2021), ("R 3", 2021), ("R3年度", 2021), ("令3", 2021), ("令和元年度", 2019),
    ("R元", 2019), ("令和元（2019）年度", 2019), ("平成31年度", 2019), ("平成31・令和元年度", 2019),
    ("平成30年度", 2018), ("H30", 2018), ("平成35年度", 2023), ("2023年度", 2023), ("2023(令和5)年度", 2023),
    ("令和5（2023）年度", 2023), ("令和五年度", 2023), ("令和5年度末", 2023), ("令和6年3月", 2023),
    ("令和6年3月末", 2023), ("令和6年1月末", 2023), ("令和6年4月", 2024), ("R6.3.31", 2023), ("2017年2月", 2016),
    ("R4/03/31", 2021), ("2017(平成30)年度", None), ("令和0年度", None), ("第6期", None), ("2025年問題", None),
    ("3年度", None),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """How one reader did."""

    name: str
    rows: int
    right: int
    wrong: int
    per_second: float

    def __str__(self) -> str:
        unread = self.rows - self.right - self.wrong
        counts = f"{self.right:>5} | {self.wrong:>14} | {unread:>6}"
        return f"| {self.name:<36} | {counts} | {self.per_second:>16,.0f} |"


def main() -> None:
    """Print one table for cells and one for fiscal years, ready for docs/normalizers.md."""
    sheet = [(text, ()) for text in sheet_cells()]
    ours = score("", keikaku_uncached, sheet)
    print(
        f"{len(sheet)} cells of the sample sheet, nothing remembered: {ours.per_second:,.0f} a second"
    )
    print_table("cells", [score(name, reader, typed_cells()) for name, reader in cell_readers()])
    years = [(text, ((year, year),) if year else ()) for text, year in YEARS]
    print_table("fiscal years", [score(name, reader, years) for name, reader in year_readers()])


def print_table(subject: str, scores: list[Score]) -> None:
    """One table of scores."""
    print(f"\n{scores[0].rows} {subject}\n")
    print(f"| {'reader':<36} | right | silently wrong | unread | strings a second |")
    print(f"|{'-' * 38}|------:|---------------:|-------:|-----------------:|")
    for one in scores:
        print(one)


def score(name: str, reader: Reader, rows: list[tuple[str, Numbers]]) -> Score:
    """Run `reader` over `rows` for half a second of processor time; judge its first answers."""
    answers = [reader(text) for text, _ in rows]
    right = sum(agrees(found, typed) for found, (_, typed) in zip(answers, rows, strict=True))
    wrong = sum(is_wrong(found, typed) for found, (_, typed) in zip(answers, rows, strict=True))
    done, start = 0, time.process_time()
    while (spent := time.process_time() - start) < 0.5:
        for text, _ in rows:
            reader(text)
        done += len(rows)
    return Score(name, len(rows), right, wrong, done / spent)


def agrees(found: Numbers, typed: Numbers) -> bool:
    """Are the numbers those that were typed? An open or wider end (以上, 約) is fine."""
    return len(found) == len(typed) and all(map(covers, found, typed))


def covers(found: tuple[float, float], typed: tuple[float, float]) -> bool:
    """Is `typed` the range found, one of its ends (the other open), or inside a 約 of it?"""
    if typed[0] != typed[1]:
        return found == typed
    low, high = found
    is_open = abs(low) == float("inf") or abs(high) == float("inf")
    return typed[0] in found if is_open or low == high else low < typed[0] < high


def is_wrong(found: Numbers, typed: Numbers) -> bool:
    """Is a number given that is none of those typed?"""
    return any(not any(covers(one, other) for other in typed) for one in found)


def typed_cells() -> list[tuple[str, Numbers]]:
    """Every cell of the tests with its numbers, taken from the readings typed by hand."""
    from printed_cells import PRINTED, REFUSED

    read = [(text, numbers_of(shown)) for rows in PRINTED.values() for text, shown in rows]
    return read + [(text, ()) for rows in REFUSED.values() for text, _ in rows]


def sheet_cells() -> list[str]:
    """The short cells of the 昭島市 sheet, as they come."""
    text = next((ROOT / "samples").rglob("000_*.txt")).read_text(encoding="utf-8")
    cells_of_text = re.findall(r"<t[dh][^>]*>([^<]{1,40})</t[dh]>", text)
    return [html.unescape(cell) for cell in cells_of_text]


def numbers_of(shown: str) -> Numbers:
    """The numbers in the notation of the tables: ``>=1.27 倍 … | (>=126 人)``."""
    numbers = []
    for value in shown.split(" | "):
        for word in value.split(" at ")[0].strip("[()]").replace("[", "").replace("(", "").split():
            low, _, high = word.lstrip("><=~").partition("..")
            if low.lstrip("-").replace(".", "", 1).isdigit():
                numbers.append((float(low), float(high or low)))
                break
    return tuple(numbers)


def cell_readers() -> Iterator[tuple[str, Reader]]:
    """Every reader of cells that is installed."""
    yield "keikaku", keikaku_cells
    yield "keikaku, nothing remembered", keikaku_uncached
    yield from installed("pynormalizenumexp 0.3", pynormalizenumexp_reader)
    yield from installed("kanjize 1.6", kanjize_reader)
    yield from installed("ja-timex 0.2", ja_timex_reader)
    yield from installed("the three together", stack_reader)


def installed(name: str, make: Callable[[], Reader]) -> Iterator[tuple[str, Reader]]:
    """The reader, or a line that says how to get it."""
    try:
        yield name, make()
    except ImportError as error:
        print(f"{name} is left out: {error.name} is not installed (pip install --group bench)")


def keikaku_cells(text: str) -> Numbers:
    """Our reading."""
    try:
        return numbers(cells.parse_cell(text))
    except UnreadText:
        return ()


def keikaku_uncached(text: str) -> Numbers:
    """Our reading, without the cache of repeated cells."""
    try:
        return numbers(cells.read_cell(text, cells.CellContext()))
    except UnreadText:
        return ()


def numbers(values: tuple[cells.Value, ...]) -> Numbers:
    """The figures among `values`."""
    return tuple(
        (value.amount, value.amount if value.high is None else value.high)
        for value in values
        if value.amount is not None
    )


def pynormalizenumexp_reader() -> Reader:
    """Amounts of every numerical expression that it finds."""
    from pynormalizenumexp.normalize_numexp import NormalizeNumexp

    normalizer = NormalizeNumexp("ja")

    def read(text: str) -> Numbers:
        try:
            found = normalizer.normalize(text)
        except Exception:  # noqa: BLE001 - it raises what it likes; that row is unread
            return ()
        return tuple(
            (float(one.value_lower_bound), float(one.value_upper_bound))
            for one in found
            if one.type == "numerical"
        )

    return read


def kanjize_reader() -> Reader:
    """Whole numbers in kanji and digits."""
    from kanjize import kanji2number

    def read(text: str) -> Numbers:
        try:
            number = float(kanji2number(text))
        except Exception:  # noqa: BLE001 - ValueError, KeyError, IndexError … : unread
            return ()
        return ((number, number),)

    return read


def ja_timex_reader() -> Reader:
    """Repeated times (年1回): the number before 回."""
    from ja_timex import TimexParser

    parser = TimexParser()

    def read(text: str) -> Numbers:
        found = [timex for timex in parser.parse(text) if timex.type == "SET"]
        counts = [re.search(r"(\d+)回", timex.text) for timex in found]
        return tuple((float(count[1]), float(count[1])) for count in counts if count)

    return read


def stack_reader() -> Reader:
    """The three libraries, the most particular first."""
    readers = [kanjize_reader(), ja_timex_reader(), pynormalizenumexp_reader()]

    def read(text: str) -> Numbers:
        return next((found for reader in readers if (found := reader(text))), ())

    return read


def year_readers() -> Iterator[tuple[str, Reader]]:
    """Every reader of fiscal years that is installed."""
    yield "keikaku", keikaku_years
    yield "keikaku, nothing remembered", keikaku_years_uncached
    yield from installed("ja-timex 0.2 (calendar year)", ja_timex_years)


def keikaku_years(text: str) -> Numbers:
    """Our fiscal year."""
    try:
        year = parse_fiscal_year(text).year
    except UnreadText:
        return ()
    return ((year, year),)


def keikaku_years_uncached(text: str) -> Numbers:
    """Our fiscal year, without the cache."""
    try:
        year = year_names.read_whole.__wrapped__(text, year_names.NO_CONTEXT).year
    except UnreadText:
        return ()
    return ((year, year),)


def ja_timex_years() -> Reader:
    """The year of the one date found; no library knows 年度, which begins in April."""
    from ja_timex import TimexParser

    parser = TimexParser()

    def read(text: str) -> Numbers:
        dates = [timex.value[:4] for timex in parser.parse(text) if timex.type == "DATE"]
        return tuple((float(year), float(year)) for year in dates if year.isdigit())

    return read


if __name__ == "__main__":
    main()
