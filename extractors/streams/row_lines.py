"""One line of a stream as a row of a table: words, perhaps a unit, as many values as there are columns, perhaps text.

``1-2 施設入所者数 97 人 92 人 96 人 95 人``: a number and the unit behind it are one value. A line that has not just as many
values as the heads call for is no row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.lines.blank_cells import with_their_units
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import merge_pieces, tokens_of
from keikaku.extractors.streams.columns import Columns
from keikaku.extractors.streams.glued import values_apart
from keikaku.extractors.words import is_grade, is_grade_word, is_whether
from keikaku.normalizers.fiscal_years import find_fiscal_year
from keikaku.normalizers.units import find_unit

_NUMBER = regex.compile(r"[△▲+＋-]?[0-9０-９][0-9０-９,，.．]*")
_LONGEST_STATUS = 4
_BASE = regex.compile(
    r"(?:令和|平成|[RHＲＨ])[\s　]*(?:[0-9０-９]{1,2}|元)[\s　]*年度?末?[\s　]*(?:時点)?の"
)
_OF_BASE = regex.compile(r"[0-9０-９][0-9０-９.．]*[\s　]*(?:倍|割|[%％])")
_DASH = regex.compile(r"[―－—–‐\-ー]")


@dataclass(frozen=True, slots=True)
class RowLine:
    """A line with all the values of a row. `values`: the pieces of each cell."""

    words: Line | None
    unit: Line | None
    values: tuple[tuple[Line, ...], ...]
    text: Line | None


def read_row(line: Line, columns: Columns) -> RowLine | None:
    """The line as a row of these columns, where one cut alone makes it one."""
    leaves = columns.leaves
    tokens = with_their_units(values_apart(line, len(leaves)), line)
    found = []
    for start in range(len(tokens)):
        end = start + len(leaves)
        if end > len(tokens):
            break
        texts = [token.text for token in tokens[start:end]]
        if are_values_under(texts, columns):
            row = _row(tokens, start, end, line, columns)
            if row is not None:
                found.append(row)
    return found[0] if len(found) == 1 else None


def are_values_under(texts: Sequence[str], columns: Columns) -> bool:
    """May the words be the cells of one row? Grades stand under a head for grades, or in a row of their own; in
    words (おおむね順調) under one that compares as well (進捗)."""
    if any(text.startswith("の") for text in texts):
        return False  # の整備: the end of a name
    if all(is_grade(text) or _DASH.fullmatch(text) for text in texts):
        return True
    kinds = [leaf.kind for leaf in columns.leaves]
    return all(
        is_known_value(text)
        or (kind == "grade" and is_grade(text))
        or (kind == "compared" and is_grade_word(text))
        for text, kind in zip(texts, kinds, strict=True)
    )


def counts_values(line: Line) -> int:
    """How many figures a line holds between its blanks."""
    tokens = with_their_units(tokens_of(line), line)
    return sum(regex.search(r"\d", t.text) is not None and is_known_value(t.text) for t in tokens)


def is_reckoned_from(above: str, line: Line) -> bool:
    """令和元年度の / 1.27倍以上, 令和４年度の / ２割増: what a figure is reckoned from stands on the line above it."""
    return _BASE.fullmatch(above) is not None and _OF_BASE.match(line.text) is not None


def values_of(line: Line) -> list[Line] | None:
    """The values of a line that holds nothing else, a number and its unit as one; None where it holds words."""
    tokens = with_their_units(tokens_of(line), line)
    return tokens if all(is_known_value(token.text) for token in tokens) else None


def _is_cell(text: str) -> bool:
    """May the words behind the values be one more of them, and no text (新規開設２か所)?"""
    is_short = len(text) <= _LONGEST_STATUS or _NUMBER.match(text) is not None
    return is_short and is_known_value(text)


def is_unit(text: str) -> bool:
    """A unit, words that say that a row is told in words (実施の有無), or a dash for none."""
    return find_unit(text) is not None or is_whether(text) or _DASH.fullmatch(text) is not None


def _row(
    tokens: Sequence[Line], start: int, end: int, line: Line, columns: Columns
) -> RowLine | None:
    behind = tokens[end:]
    if behind and (columns.text is None or _is_cell(behind[0].text)):
        return None
    before = list(tokens[:start])
    unit = None
    if columns.unit is not None:
        if not before or not is_unit(before[-1].text):
            return None
        unit = before.pop()
    elif before and is_known_value(before[-1].text) and find_fiscal_year(before[-1].text) is None:
        return None
    if sum(_is_figure(token.text) for token in before) > 1:
        return None  # another row stands before this one on its line
    words = merge_pieces(before, line) if before else None
    text = merge_pieces(behind, line) if behind else None
    return RowLine(words, unit, tuple((cell,) for cell in tokens[start:end]), text)


def _is_figure(text: str) -> bool:
    return regex.search(r"\d", text) is not None and (
        is_known_value(text) and find_fiscal_year(text) is None
    )
