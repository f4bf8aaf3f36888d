"""Glued heads below a line of the words that several of them share:

    区分 第７期実績 第８期見込量
    サービス名単位令和6年度令和7年度令和8年度令和9年度令和10年度令和11年度
    居宅介護時間2,9142,9873,0503,1103,1703,230

Which of them stand under which word is told as in a stream, in one way only.
"""

from __future__ import annotations

from collections.abc import Sequence

from keikaku.extractors.lines.glued_cells import find_rows_under, glued_kinds
from keikaku.extractors.lines.printed import Found, Printed, with_aside
from keikaku.extractors.streams.columns import columns_under
from keikaku.extractors.streams.heads import read_heads


def find_table(printed: Sequence[Printed], at: int) -> Found | None:
    """A table whose shared words are the line at `at`, and whose glued heads stand right below them."""
    if at + 1 >= len(printed) or not glued_kinds(printed[at + 1].line.text):
        return None
    heads = read_heads(printed, at)
    if heads is None or heads.end != at + 2:
        return None
    ways = [columns for columns in columns_under(heads) if all(g.over for g in columns.groups)]
    if len(ways) != 1 or ways[0].text is not None or ways[0].turn is not None:
        return None
    (columns,) = ways
    has_unit, count = columns.unit is not None, len(columns.leaves)
    found = find_rows_under(printed, heads.end, columns.head_rows(), count, has_unit=has_unit)
    if found is None or found.grid is None:
        return None
    return Found(with_aside(found.grid, heads.aside), found.end, found.notices)


LAYOUTS = (find_table,)
