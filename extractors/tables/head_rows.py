"""Titles and head rows: how far down a table its heads go.

Above the heads may stand rows of one wide cell: a caption, the unit of the whole table (単位：人),
its year. Head rows follow: years, measures (見込量, 実績値), 区分, 単位; or services as heads, when
figures stand under each of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from keikaku.extractors.counted_heads import find_counted_head
from keikaku.extractors.document import Cell, Prose
from keikaku.extractors.entries import Evidence, GoalHead
from keikaku.extractors.goals import find_goal_head, is_goal_number
from keikaku.extractors.heads import MEASURES, TEXTS, Head, Role
from keikaku.extractors.ledger import Fate, Ledger
from keikaku.extractors.tables.named_tables import find_named
from keikaku.extractors.tables.printed_labels import label_and_unit
from keikaku.extractors.tables.slots import Slots
from keikaku.extractors.words import (
    is_caption,
    is_category,
    is_quantity,
    is_sentence,
    is_trend,
    joined,
)
from keikaku.normalizers.cells import is_value_like
from keikaku.normalizers.folding import fold
from keikaku.normalizers.quickly_made import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class BlockHeads:
    """What titles and group rows say of all the rows below them."""

    year: Head | None = None
    units: tuple[str, ...] = ()
    trend: Evidence | None = None
    """A title that makes every figure an actual: 利用者数の推移."""
    goal: GoalHead | None = None
    titles: tuple[Cell, ...] = ()
    """Titles that say none of these: a goal, or the name of what is counted."""
    named: Cell | None = None
    """What stands beside サービス名 (named_tables.py): what all the rows below are of."""


# -- titles ------------------------------------------------------------------------------------


def read_titles(slots: Slots, ledger: Ledger) -> tuple[BlockHeads, int]:
    """What the rows at the top that hold one cell only say, and the row that follows them."""
    said = BlockHeads()
    row = 0
    while row < slots.row_count - 1:
        inked = slots.inked(row)
        if (goal := _goal_beside_its_number(inked)) is not None:
            said = replace(said, goal=goal)
            ledger.claim(inked, Fate.LABEL, "title of the table")
        elif (named := find_named(slots.grid, inked)) is not None:
            said = replace(said, named=named)
            ledger.claim(inked, Fate.LABEL, "title of the table")
        elif len(inked) > 1 or (inked and inked[0].column_span < slots.column_count):
            break
        elif not inked:
            ledger.claim(slots.starting(row), Fate.IGNORED, "blank row")
        else:
            with_title = _with_title(said, slots, inked[0])
            if with_title is None:
                break
            said = with_title
            ledger.claim(inked, Fate.LABEL, "title of the table")
        row += 1
    return said, row


def _goal_beside_its_number(inked: Sequence[Cell]) -> GoalHead | None:
    """成果目標1 | 施設入所者の地域生活への移行, and nothing else: the goal of all rows below."""
    if len(inked) != 2:
        return None
    number, title = (joined(cell.lines) for cell in inked)
    return find_goal_head(f"{number} {title}", inked[0].span) if is_goal_number(number) else None


def _with_title(said: BlockHeads, slots: Slots, cell: Cell) -> BlockHeads | None:
    """What is said with this title too; None when the cell is no title but a box of prose."""
    head = slots.head(cell)
    if head.unit is not None and head.role is None:
        said = replace(said, units=(joined(cell.lines),))
    elif head.year is not None and head.role is None:
        said = replace(said, year=head)
    elif is_sentence(cell.text) or any(not isinstance(block, Prose) for block in cell.blocks):
        return None
    if is_trend(joined(cell.lines)):
        trend = Evidence("measure", "title of the table", cell.text, cell.span)
        return replace(said, trend=trend)
    return said if head.says_something else replace(said, titles=(*said.titles, cell))


# -- head rows ---------------------------------------------------------------------------------


def find_end_of_heads(slots: Slots, first: int) -> int:
    """The row after the head rows that begin at `first`; `first` itself where there are none."""
    row = first
    while row < slots.row_count and _is_head_row(slots, row, row == first):
        row += 1
    return row


def _is_head_row(slots: Slots, row: int, is_first: bool) -> bool:
    inked = slots.inked(row)
    unknown = [cell for cell in inked if not _may_head(slots, cell, is_first=is_first)]
    known = len(inked) - len(unknown)
    if not inked or any(is_sentence(cell.text) or is_value_like(cell.text) for cell in unknown):
        return False
    if not is_first and any(_counts(slots, cell, is_named=bool(unknown)) for cell in inked):
        return False
    if is_first:
        return _is_first_head_row(slots, row, inked, known, unknown)
    texts = [joined(cell.lines) for cell in inked]
    if all(map(is_caption, texts)):
        return not any(map(is_category, texts))
    if _names_counts(slots, row, inked):
        return True
    if not (known > 0 and _is_below_heads(slots, inked)):
        return False
    return _fits_below(inked, unknown) or _names_measures(slots, inked, unknown)


def _may_head(slots: Slots, cell: Cell, *, is_first: bool) -> bool:
    """Is it a known head, or a year and a count (令和４年度修了者数) right of the head of the names?"""
    if slots.head(cell).says_something:
        return True
    return is_first and cell.column > 0 and find_counted_head(joined(cell.lines)) is not None


def _counts(slots: Slots, cell: Cell, *, is_named: bool) -> bool:
    """6 below 令和6年度見込量, below 見込量 under 令和6年度, or beside a name below 見込量: a count, though there is a
    year of that number."""
    if not fold(cell.text).strip().isdecimal():
        return False
    over = (slots.rows[row][cell.column] for row in range(cell.row))
    heads = [slots.head(head) for head in over if head is not None]
    return any(head.year is not None or (is_named and head.role in MEASURES) for head in heads)


def _names_counts(slots: Slots, row: int, inked: Sequence[Cell]) -> bool:
    """実施か所数, 利用者数 below 令和６年度見込 and 令和６年度実績: what is counted in each of the columns under
    them, where figures stand below."""
    over = [slots.rows[row - 1][cell.column] for cell in inked]
    are_under_wide = all(
        other is not None and other.column_span > 1 and slots.head(other).says_something
        for other in over
    )
    counts = [label_and_unit(cell)[0].text for cell in inked]
    is_told = are_under_wide and len(set(counts)) > 1 and all(map(is_quantity, counts))
    return is_told and _stand_over_figures(slots, row, inked)


def _names_measures(slots: Slots, inked: Sequence[Cell], unknown: Sequence[Cell]) -> bool:
    """計画 実績 計画 and one word that is not understood: heads all the same, and that one's column is
    refused."""
    measures = [cell for cell in inked if slots.head(cell).role in MEASURES]
    return len(measures) >= 2 and len(unknown) < len(measures)


def _is_first_head_row(
    slots: Slots, row: int, inked: Sequence[Cell], known: int, unknown: Sequence[Cell]
) -> bool:
    if known >= 2 and known >= len(unknown):
        return True
    if known == 1 and len(unknown) <= 1 and len(inked) >= 2 and _names_columns(slots, inked):
        return True
    if len(inked) >= 2 and _heads_years(slots, row, inked[0]):
        return True
    if _heads_measures_of_rows(slots, row, inked):
        return True
    return known >= 1 and _stand_over_figures(slots, row, unknown)


def _heads_years(slots: Slots, row: int, first: Cell) -> bool:
    """年度 over 令和５年度, 令和６年度 …: the words beside it are what is counted in each of the years."""
    if slots.head(first).role is not Role.TERM:
        return False
    under = slots.printed_below(first.column, row + 1)
    return len(under) > 1 and all(slots.head(cell).year is not None for cell in under)


def _heads_measures_of_rows(slots: Slots, row: int, inked: Sequence[Cell]) -> bool:
    """A blank corner, or 区分 in it, over 目標値（令和８年度末）, 実績（令和６年度末） …: what stands beside it is
    counted in each of the rows, where figures stand under all of it."""
    corner = slots.rows[row][0]
    names = [cell for cell in inked if cell is not corner]
    if corner is None or not names or (corner.lines and slots.head(corner).role is not Role.LABEL):
        return False
    under = slots.printed_below(0, row + 1)
    heads = [slots.head(cell) for cell in under]
    dated = [head for head in heads if head.year is not None or head.role in MEASURES]
    is_told = len({head.printed for head in dated}) > 1 and all(h.says_something for h in heads)
    return is_told and _stand_over_figures(slots, row, names)


def _names_columns(slots: Slots, inked: Sequence[Cell]) -> bool:
    heads = [slots.head(cell) for cell in inked]
    return any(h.role in MEASURES | TEXTS or h.year is not None for h in heads[1:]) or (
        heads[0].role in (Role.TARGET, Role.TERM)
    )


def _stand_over_figures(slots: Slots, row: int, unknown: Sequence[Cell]) -> bool:
    """Do figures stand under every word of this row that is no known head (services as heads)?"""
    for below in range(row + 1, slots.row_count):
        if any(is_value_like(cell.text) for cell in slots.inked(below)):
            under = [slots.rows[below][cell.column] for cell in unknown]
            return all(cell is not None and is_value_like(cell.text) for cell in under)
    return False


def _is_below_heads(slots: Slots, inked: Sequence[Cell]) -> bool:
    """A second head row holds years, measures or units; a row that starts with one and goes on
    with blanks is a body row (見込量 | – | …)."""
    if inked[0].column == 0 and len(inked) < slots.column_count / 2:
        return False
    return len(inked) > 1 or slots.head(inked[0]).role is not Role.LABEL


def _fits_below(inked: Sequence[Cell], unknown: Sequence[Cell]) -> bool:
    """A lower head row is all known words, but for the word over the labels at its left."""
    if not unknown:
        return True
    return len(unknown) == 1 and len(inked) > 3 and unknown[0] is inked[0]
