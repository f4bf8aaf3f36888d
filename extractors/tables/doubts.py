"""Rows that are read and yet not to be trusted: twins that say the same, names that swallowed figures.

A head that was misread gives two figures of one year and one measure in a row. Where lines ran into
each other, or a head was lost, the name of a row ends in what were cells: 生活介護 544 551 553. Neither
is published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import regex
from keikaku.extractors.document import Notice, Span
from keikaku.extractors.entries import Entry, Label, TextBox
from keikaku.extractors.heads import Role
from keikaku.extractors.ledger import Fate, Ledger
from keikaku.extractors.unread import runs_on
from keikaku.extractors.words import is_part
from keikaku.normalizers.cells import is_value_like, parse_cell
from keikaku.normalizers.errors import UnreadText
from keikaku.normalizers.labels import split_marks

Given = Entry | TextBox | Notice
_CLOSES = regex.compile(r"[^(（\[［〔【「]*[)）\]］〕】」].*", regex.DOTALL)
"""／月）: the end of a bracket that opens nowhere."""
_OPENS = regex.compile(r".*[(（\[［〔「][^)）\]］〕」]*", regex.DOTALL)
_UNFINISHED = regex.compile(r"^の|^との|(?:の|及び|および|並びに|又は|または|における|に関する)$")
"""目標設定及び評価の: the rest stood on a line that did not come along."""
_PAGE = regex.compile(r"[-－‐–—―][\s　]*[0-9０-９]{1,3}[\s　]*[-－‐–—―]")
_RUN_IN = regex.compile(
    r"(?:数|率|割合|量)[0-9０-９]{1,2}(?![0-9０-９割％%かヶカヵケ箇歳年月日人以級つ])[^0-9０-９]{4,}"
)
"""配置数16基幹相談支援センターの…: the number of the next item."""
_HALF_OF_CYCLE = regex.compile(r"[(（][PDＰＤ][)）]")
"""計画(P), 実施(D): heads of a form, and part of no name."""
_EVERYWHERE = regex.compile(r"(?:全(?:ての)?|すべての|各)(?=[^0-9０-９]+で[^0-9０-９]+\Z)")
_COUNT = regex.compile(r"[0-9０-９]+(?=[^0-9０-９]+で[^0-9０-９]+\Z)")
_DAMAGED = regex.compile(r"[0-9０-９][□■]|[□■][0-9０-９]")
_DIGITS = regex.compile(r"[0-9０-９]")


def doubt_twins(given: Sequence[Given], ledger: Ledger) -> Iterator[Given]:
    """Two figures of a row that would say the same of the same year: a head was misread, and
    neither is published."""
    keys = [_key(item) for item in given]
    yield from _without_twins(given, keys, ledger)


def doubt_inherited(given: Sequence[Given], ledger: Ledger, *, is_list: bool) -> Iterator[Given]:
    """The figures of a table, but for those of rows under one printed name that say the same twice:
    one of the rows lost its own name. In a list the names are told apart already, and one may have figures
    of several units (居宅介護22人251時間)."""
    own = [_key(item) if _says_what_it_is(item) else None for item in given]
    keys = [
        (*key, _printed_units(item.text)) if is_list and key and isinstance(item, Entry) else key
        for key, item in zip(own, given, strict=True)
    ]
    yield from _without_twins(given, keys, ledger, _behind_lost_name(given, keys))


def _behind_lost_name(
    given: Sequence[Given], keys: Sequence[tuple[object, ...] | None]
) -> frozenset[int]:
    """The figures that go on with a name, or are a part of it, from the row on that says again what was
    said: they are of the name that is lost."""
    said: set[tuple[object, ...]] = set()
    lost: list[tuple[Span, ...]] = []
    found: set[int] = set()
    for number, (item, key) in enumerate(zip(given, keys, strict=True)):
        if not isinstance(item, Entry):
            continue
        spans = _spans(item)
        if key is not None and key in said and spans not in lost:
            lost.append(spans)
        if any(_goes_on_with(item, spans, name) for name in lost):
            found.add(number)
        said |= {key} if key is not None else set()
    return frozenset(found)


def _goes_on_with(item: Entry, spans: tuple[Span, ...], name: tuple[Span, ...]) -> bool:
    """Is the figure of the name, or of a part (うち…) of what the name is a part of?"""
    if not name:
        return False
    of_part = bool(item.labels) and is_part(item.labels[-1].text) and spans[:1] == name[:1]
    return of_part or spans[: len(name)] == name


def _says_what_it_is(item: Given) -> bool:
    """Has a figure name and measure? Upper and lower figures without one are told by a legend."""
    return isinstance(item, Entry) and bool(item.labels) and item.measure is not None


def _without_twins(
    given: Sequence[Given],
    keys: Sequence[tuple[object, ...] | None],
    ledger: Ledger,
    doubted: Collection[int] = (),
) -> Iterator[Given]:
    told = [key for key in keys if key is not None]
    if len(set(told)) == len(told) and not doubted:
        yield from given
        return
    names = {key[0] for key, count in Counter(told).items() if count > 1}
    without_units = Counter(key[:-1] for key in told if key[0] in names)
    for number, (item, key) in enumerate(zip(given, keys, strict=True)):
        is_twin = without_units[key[:-1]] > 1 if key is not None else _compares(item, names)
        is_twin = is_twin or number in doubted
        if not isinstance(item, Entry) or not is_twin:
            yield item
            continue
        ledger.claim_again(item.span, Fate.FINDING, "undecided_columns")
        detail = f"two cells read as the same figure: 「{item.text}」 is not published"
        yield Notice("undecided_columns", "warning", detail, item.span)


def _compares(item: Given, names: Collection[object]) -> bool:
    """A rate, a difference or a grade of rows whose figures are doubted."""
    if not isinstance(item, Entry) or item.measure not in (Role.GAP, Role.RATE, Role.GRADE):
        return False
    return bool(item.labels) and _spans(item) in names


def _spans(entry: Entry) -> tuple[Span, ...]:
    return tuple(label.span for label in entry.labels)


def _key(item: Given) -> tuple[object, ...] | None:
    """What a figure of a year says it is; None for what may stand twice."""
    if not isinstance(item, Entry) or item.measure in (None, Role.GAP, Role.RATE):
        return None
    if item.year is None:
        is_start = item.measure is Role.BASELINE
        return (_spans(item), item.measure, item.series, item.units) if is_start else None
    return (_spans(item), item.measure, item.series, item.year.year, item.year.last, item.units)


def _printed_units(text: str) -> tuple[str, ...]:
    """The units that a figure prints itself."""
    try:
        return tuple(value.unit for value in parse_cell(text) if value.unit is not None)
    except UnreadText:
        return ()


def doubt_counts_in_words(given: Sequence[Given], ledger: Ledger) -> Iterator[Given]:
    """The counts of a row that says in words how far it has come: 1圏域で整備 beside 全圏域で整備."""
    everywhere = {
        (_spans(item), item.text.strip()[match.end() :])
        for item in given
        if isinstance(item, Entry) and (match := _EVERYWHERE.match(item.text.strip())) is not None
    }
    if not everywhere:
        yield from given
        return
    for item in given:
        match = _COUNT.match(item.text.strip()) if isinstance(item, Entry) else None
        if not isinstance(item, Entry) or match is None:
            yield item
            continue
        if (_spans(item), item.text.strip()[match.end() :]) not in everywhere:
            yield item
            continue
        ledger.claim_again(item.span, Fate.FINDING, "unread_figures")
        detail = f"「{item.text}」 says in words how far, not how many: it is not published"
        yield Notice("unread_figures", "warning", detail, item.span)


def doubt_spoilt_names(given: Sequence[Given], ledger: Ledger) -> Iterator[Given]:
    """The figures of a row whose name holds figures: cells of the row, or of another, are in it."""
    for item in given:
        spoilt = _spoilt_name(item) if isinstance(item, Entry) else None
        if not isinstance(item, Entry) or spoilt is None:
            yield item
            continue
        ledger.claim_again(item.span, Fate.FINDING, "displaced_values")
        detail = (
            f"figures stand in the name 「{spoilt.text[:60]}」: 「{item.text}」 is not published"
        )
        yield Notice("displaced_values", "warning", detail, item.span)


def _spoilt_name(entry: Entry) -> Label | None:
    """The first of its labels that holds figures, or the innermost where it is one itself."""
    if entry.labels and _is_figure(entry.labels[-1].text):
        return entry.labels[-1]
    return next(filter(_is_spoilt, entry.labels), None)


def _is_spoilt(label: Label) -> bool:
    return _holds_figures(label.text, label.lines)


@lru_cache(maxsize=4_096)
def _holds_figures(name: str, lines: tuple[str, ...]) -> bool:
    """Does the name end in a figure, or do two stand side by side in it, or a page's number; or has it
    lost its beginning?"""
    if any(_PAGE.fullmatch(line.strip()) for line in lines):
        return True
    if _is_torn(split_marks(name).body):
        return True
    words = [word for line in lines for word in line.split()]
    are_figures = [_is_figure(word) for word in words]
    ends = len(words) > 1 and are_figures[-1]
    several = sum(are_figures[1:]) > 1
    return ends or several or any(one and other for one, other in pairwise(are_figures))


def _is_torn(name: str) -> bool:
    """Has the name lost its beginning or its end, did another run into it, or is it nothing but a dash?"""
    torn = _CLOSES.fullmatch(name) or _OPENS.fullmatch(name) or _UNFINISHED.search(name)
    mixed = (
        _RUN_IN.search(name)
        or _DAMAGED.search(name)
        or _HALF_OF_CYCLE.search(name)
        or runs_on(name)
    )
    return bool(torn or mixed) or not any(character.isalnum() for character in name)


def _is_figure(word: str) -> bool:
    return _DIGITS.search(word) is not None and is_value_like(word)
