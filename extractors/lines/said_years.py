"""A sentence for each year below the name and the measure of its figures: read-aloud text of one row.

``地域生活移行者数の実績`` over ``令和３年度は１人です。`` and ``令和４年度は３人です。``. Each line must be a year and a figure and
nothing else, there must be two at least, of years that go up, and the words right above them must end in
the measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex
from keikaku.extractors.document import Line
from keikaku.extractors.heads import MEASURES, find_role
from keikaku.extractors.lines.figure_rows import FigureRow, lay_figures
from keikaku.extractors.lines.known_values import is_known_value
from keikaku.extractors.lines.printed import Found, Printed, part_of
from keikaku.extractors.lines.quantities import bare_quantity
from keikaku.extractors.lines.statements import YEAR, is_name
from keikaku.extractors.words import is_unspecific
from keikaku.normalizers.fiscal_years import find_fiscal_year
from keikaku.normalizers.labels import split_marks

_TITLE = regex.compile(
    r"(?P<name>[^。、:：]{2,50}?)(?:の|[\s　]+)(?P<measure>[^の。、:：\s　]{2,8})(?:は、?(?:次|以下)のとおりです)?[。:：]?"
)
_SENTENCE = regex.compile(
    rf"[・\s　]*(?P<year>{YEAR})(?:は|が|には?)、?[\s　]*(?P<value>[^。、]{{1,16}}?)(?:です|でした|となりました|となっています)。?"
)

_Said = tuple[Line, Line]


def find_sentences(printed: Sequence[Printed], at: int) -> Found | None:
    """The sentences right below the words at line `at` that name what they count, and the measure."""
    title = printed[at].line
    mark = split_marks(title.text).body_start
    match = _TITLE.fullmatch(title.text, mark)
    if match is None or find_role(match["measure"]) not in MEASURES:
        return None
    name = part_of(title, *match.span("name"))
    measure = part_of(title, *match.span("measure"))
    if not is_name(name) or is_unspecific(bare_quantity(name.text)):
        return None
    said: list[_Said] = []
    end = at + 1
    while end < len(printed) and printed[end].group == printed[at].group:
        if (found := _year_and_value(printed[end].line)) is None:
            break
        said.append(found)
        end += 1
    if len(said) < 2 or not _goes_up(said):
        return None
    rows = [FigureRow(value, name, measure=measure, year=year) for year, value in said]
    return Found(lay_figures(rows, (), printed[at:end]), end)


LAYOUTS = (find_sentences,)


def _year_and_value(line: Line) -> _Said | None:
    match = _SENTENCE.fullmatch(line.text)
    if match is None or not is_known_value(match["value"]):
        return None
    return part_of(line, *match.span("year")), part_of(line, *match.span("value"))


def _goes_up(said: Sequence[_Said]) -> bool:
    years = [find_fiscal_year(year.text) for year, _ in said]
    return all(
        one is not None and other is not None and one.year < other.year
        for one, other in pairwise(years)
    )
