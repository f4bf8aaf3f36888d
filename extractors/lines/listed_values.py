"""A list of indicators below the caption that says what their figures are, one to a line.

``【基準値】`` over ``○令和５年度末時点の施設入所者数　312人（Ａ）``, ``【目標値】`` over ``○地域生活移行者数　19人　（Ａ）の６％以上``
and ``　・うち就労移行支援事業　53人``. The year may stand before the name; a remark in brackets behind the figure
(the letter by which other lines refer to it, whose target it is) is no figure of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, find_caption, find_role, measure_in, read_head
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.named_values import LAYOUTS as NAMED_VALUES
from keikaku.extractors.lines.printed import Found, Printed, part_of, with_aside
from keikaku.extractors.lines.read_aloud import LAYOUTS as READ_ALOUD
from keikaku.extractors.lines.statements import YEAR
from keikaku.extractors.words import is_caption, is_legend
from keikaku.normalizers.fiscal_years import find_fiscal_year

_BULLET = r"[○◯〇●◎・◆◇■□▪•▶‣][\s　]*"
_ITEM = regex.compile(
    rf"{_BULLET}(?:(?P<year>{YEAR})(?:の|における)[\s　]*)?(?P<name>[^。:：]{{2,60}}?)"
    rf"(?:[\s　]+|[\s　]*[:：][\s　]*)(?:(?P<when>{YEAR})(?:までに?|で|は|に)?[\s　、:：]*)?"
    r"(?P<value>[^\s　:：]{1,20}?)(?:[\s　]*(?P<remark>[(（][^。]*))?"
)
_REMARK = regex.compile(
    r"[(（](?:[A-ZＡ-Ｚ]|[^()（）]{3,40})[)）](?:の[0-9０-９.．]+(?:倍|％|%|割)以[上下])?"
)
_FARTHEST = 40


def find_list(printed: Sequence[Printed], at: int) -> Found | None:
    """The items from line `at` on, where a caption over the list names their measure."""
    if not _BULLET_LINE.match(printed[at].line.text) or not _has_measure(printed, at):
        return None
    if any(layout(printed, at) for layout in (*READ_ALOUD, *NAMED_VALUES)):
        return None
    rows: list[FigureRow] = []
    remarks: list[Line] = []
    end = at
    while end < len(printed) and (item := _read_item(printed[end].line)) is not None:
        row, remark = item
        rows.append(row)
        remarks += [remark] if remark is not None else []
        end += 1
    if not rows:
        return None
    return Found(with_aside(lay_figures(rows, (), printed[at:end]), remarks), end)


LAYOUTS = (find_list,)
_BULLET_LINE = regex.compile(_BULLET)


def _has_measure(printed: Sequence[Printed], at: int) -> bool:
    """Does a caption that names a measure stand over the list, nothing but items between?"""
    for back in range(at - 1, max(at - _FARTHEST, -1), -1):
        text = printed[back].line.text
        if is_caption(text):
            words = text.strip("【】〔〕《》＜＞<> 　")
            if find_role(words) in MEASURES or find_caption(words) in ("target", "actual"):
                return True
            return measure_in(words) is not None and "国" not in words
        if not _BULLET_LINE.match(text):
            return False
    return False


def _read_item(line: Line) -> tuple[FigureRow, Line | None] | None:
    """○name　figure（remark）: the figure with its name, and the remark."""
    match = _ITEM.fullmatch(line.text)
    if match is None or is_legend(match["name"]) or read_head(match["name"]).says_something:
        return None
    value, remark = part_of(line, *match.span("value")), None
    if match["remark"] is not None:
        whole = part_of(line, match.start("value"), len(line.text))
        if is_known_value(whole.text):
            value = whole
        elif _REMARK.fullmatch(match["remark"].strip()):
            remark = part_of(line, *match.span("remark"))
        else:
            return None
    if not is_known_value(value.text) or find_fiscal_year(value.text) is not None:
        return None
    years = [part_of(line, *match.span(n)) for n in ("year", "when") if match[n] is not None]
    if len(years) > 1:
        return None
    year = years[0] if years else None
    return FigureRow(value, label=part_of(line, *match.span("name")), year=year), remark
