"""Which legend or footnote governs which table.

A legend that names a bracket (※[ ]内は精神障害者の内数) governs the tables with such brackets. A note
that gives a date or a way of averaging (*各年度3月末時点) governs the table it stands right over; notes
gathered at the end of a page govern the tables that carry their mark, or all tables in order when
there are as many notes as tables. A note on averages governs tables counted per month. Where none of
this decides, the note governs nothing and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex
from keikaku.extractors.document import Notice
from keikaku.extractors.entries import Entry, Evidence, Note
from keikaku.extractors.heads import Role
from keikaku.extractors.tables import Column
from keikaku.extractors.words import is_legend
from keikaku.extractors.year_notes import with_years, years_of_note
from keikaku.normalizers.quickly_made import quickly_made
from keikaku.normalizers.units import find_unit

_BRACKET_LEGEND = regex.compile(
    r"[\[［〔(（]\s*[\]］〕)）]\s*(?:内|の中|書き?)|(?:内数|再掲|うち数).{0,12}[\[［〔(（]|(?:カッコ|かっこ|括弧)[、，]?(?:内|の中)"
)
_BRACKETED = regex.compile(
    r"[\[［〔(（]\s*[0-9０-９,，.]+\s*[\]］〕)）]|(?:カッコ|かっこ|括弧)[、，]?[0-9０-９]"
)
_AS_OF = regex.compile(r"時点|現在|平均|累計|末日")
_AVERAGE = regex.compile(r"平均")
_UNIT_NOTE = regex.compile(
    r"[\s　]*[(（]?(?:[※*＊]|注)[\s　0-9０-９）)]*単位[\s　]*(?P<named>は|[:：／/])?[\s　]*[「（(]?"
    r"(?P<unit>[^\s　、。，,「」（）()：:とで]{1,10})[」）)]?(?=[\s　、。，,）)]|で|とする|\Z)"
)
_MARK = regex.compile(r"[*＊※]|[¹²³⁴⁵]")


@quickly_made
@dataclass(frozen=True, slots=True)
class Governed:
    """A table's entries, or a note, at its place among the blocks of a box."""

    at: int
    entries: tuple[Entry, ...]
    columns: tuple[Column, ...]
    note: Note | None


def assign_notes(things: Sequence[Governed]) -> tuple[tuple[Entry, ...], tuple[Notice, ...]]:
    """All entries in order, each with the notes that govern it."""
    tables = [thing for thing in things if thing.note is None]
    notes = [(thing.at, thing.note) for thing in things if thing.note is not None]
    governing: dict[int, list[Note]] = {table.at: [] for table in tables}
    notices = _assign_dates(tables, things, governing)
    units: dict[int, Note] = {}
    years: dict[int, Note] = {}
    for at, note in notes:
        if _BRACKET_LEGEND.search(note.text):
            for table in _bracketed(tables, at, note):
                governing[table.at].append(note)
        elif unit_of_note(note.text) is not None:
            units.update(dict.fromkeys(_right_above(things, at), note))
        elif years_of_note(note.text):
            years.update(dict.fromkeys(_right_above(things, at), note))
    legends = [legend for _, note in notes if (legend := _mark_legend(note)) is not None]
    entries = tuple(
        _with_marked_unit(_governed(entry, governing[table.at]), legends)
        for table in tables
        for entry in with_years(_with_unit(table, units.get(table.at)), years.get(table.at))
    )
    return entries, tuple(notices)


def _governed(entry: Entry, notes: Sequence[Note]) -> Entry:
    return replace(entry, notes=(*entry.notes, *notes)) if notes else entry


def unit_of_note(text: str) -> str | None:
    """The unit that a note gives for the table that it stands under, else None; as printed where the
    vocabulary does not hold it.

    >>> unit_of_note("※単位は人。短期入所は合計。"), unit_of_note("※ 単位：人日分"), unit_of_note("※人を含む")
    ('人', '人日/月', None)
    """
    match = _UNIT_NOTE.match(text)
    if match is None:
        return None
    return find_unit(match["unit"]) or (match["unit"] if match["named"] else None)


def _right_above(things: Sequence[Governed], at: int) -> list[int]:
    """The table that a note stands under, with nothing but other notes between them."""
    before = [thing for thing in things if thing.at < at and thing.note is None]
    return [before[-1].at] if before else []


def _with_unit(table: Governed, note: Note | None) -> tuple[Entry, ...]:
    """The unit of a note under a table that prints none of its own; rates and grades have theirs."""
    unit = unit_of_note(note.text) if note is not None else None
    if note is None or unit is None or any(entry.units for entry in table.entries):
        return table.entries
    evidence = Evidence("unit", "note", note.text, note.span)
    return tuple(
        entry
        if entry.measure in (Role.RATE, Role.GRADE)
        else replace(entry, units=(unit,), evidence=(*entry.evidence, evidence))
        for entry in table.entries
    )


_MARK_LEGEND = regex.compile(
    r"[\s　]*(?P<mark>[*＊※☆★◆●▲△◎])印?(?:は|の.{1,6}は|[:：=＝])[\s　]*(?P<with>[^、。，]{2,24})"
    r"(?:[、,，。][\s　]*(?:無印|印のない(?:もの|サービス)|印なし|その他|それ以外)は(?P<without>[^、。，]{2,24}))?.*",
    regex.DOTALL,
)
_PER_MONTH = regex.compile(r"[1１一]?[\s　]*(?:か|ヶ|カ|ヵ|ケ|箇)?月(?:間|当たり|あたり|平均)の?")


@dataclass(frozen=True, slots=True)
class _MarkLegend:
    """``*印は1月当たりの実利用人数、無印は…``: which unit a mark on a label stands for."""

    mark: str
    with_mark: str | None
    without: str | None
    note: Note


def _mark_legend(note: Note) -> _MarkLegend | None:
    match = _MARK_LEGEND.fullmatch(note.text)
    if match is None:
        return None
    units = [_unit_of_phrase(match[name]) if match[name] else None for name in ("with", "without")]
    if units[0] is None:
        return None
    return _MarkLegend(match["mark"], units[0], units[1], note)


def _unit_of_phrase(phrase: str) -> str | None:
    """The unit that a phrase describes: 1月当たりの延べ利用日数 is 人日/月."""
    return find_unit(phrase) or find_unit(_PER_MONTH.sub("", phrase))


def _with_marked_unit(entry: Entry, legends: Sequence[_MarkLegend]) -> Entry:
    if not legends or entry.units or not entry.labels:
        return entry
    legend = legends[0]
    marked = any(line.rstrip().endswith(legend.mark) for line in entry.labels[-1].lines)
    unit = legend.with_mark if marked else legend.without
    if unit is None:
        return entry
    evidence = Evidence("unit", "legend of a mark", legend.note.text, legend.note.span)
    return replace(entry, units=(unit,), evidence=(*entry.evidence, evidence))


_PART = regex.compile("内数|うち数|再掲")
_HEADING = regex.compile(
    r"[^。（()）\[［]{2,40}[（(](?P<inside>(?:[^()（）]|[（(][\s　]*[)）]){4,80})[)）][\s　]*"
)


def legend_in_heading(text: str) -> str | None:
    """What brackets hold, where a heading says it behind its words: 活動指標（単位：人。［　］内は…の内数）."""
    match = _HEADING.fullmatch(text)
    if match is None or _BRACKET_LEGEND.search(match["inside"]) is None:
        return None
    return match["inside"] if _PART.search(match["inside"]) else None


def _bracketed(tables: Sequence[Governed], at: int, legend: Note) -> list[Governed]:
    """The tables with bracketed figures: the nearest before the legend, else those after it; those after
    a heading. A legend without a mark of its own (※, 注) is one for the table right after it."""
    found = [t for t in tables if any(_BRACKETED.search(entry.text) for entry in t.entries)]
    behind = [table for table in found if table.at > at]
    following = next((table for table in tables if table.at > at), None)
    if legend.is_over or (not is_legend(legend.text) and following in found):
        return behind[:1]
    before = [table for table in found if table.at < at]
    return before[-1:] if before else behind[:1]


def _assign_dates(
    tables: Sequence[Governed], things: Sequence[Governed], governing: dict[int, list[Note]]
) -> list[Notice]:
    dated = [t for t in tables if _has_actuals(t)]
    loose: list[Note] = []
    for number, thing in enumerate(things):
        if thing.note is None or not _AS_OF.search(thing.note.text):
            continue
        if _BRACKET_LEGEND.search(thing.note.text):
            continue
        following = things[number + 1] if number + 1 < len(things) else None
        if following is not None and following.note is None and _has_actuals(following):
            governing[following.at].append(thing.note)
        else:
            loose.append(thing.note)
    free = [table for table in dated if not governing[table.at]]
    return _assign_loose(loose, free, governing)


def _assign_loose(
    loose: Sequence[Note], tables: Sequence[Governed], governing: dict[int, list[Note]]
) -> list[Notice]:
    """Notes gathered at the end of a page."""
    if not loose:
        return []
    marked = [table for table in tables if _is_marked(table)]
    monthly = [table for table in tables if _is_monthly(table)]
    for candidates in (tables, marked):
        if len(candidates) == len(loose):
            for note, table in zip(loose, candidates, strict=True):
                governing[table.at].append(note)
            return []
    if len(loose) == 1 and _AVERAGE.search(loose[0].text) and monthly:
        for table in monthly:
            governing[table.at].append(loose[0])
        return []
    return [
        Notice(
            "note_governs_nothing",
            "warning",
            f"no table could be told for the note 「{note.text}」",
            note.span,
        )
        for note in loose
    ]


def _has_actuals(table: Governed) -> bool:
    return any(entry.measure is Role.ACTUAL for entry in table.entries)


def _is_marked(table: Governed) -> bool:
    return any(_MARK.search(head) for column in table.columns for head in column.heads)


def _is_monthly(table: Governed) -> bool:
    return any("月" in unit for entry in table.entries for unit in entry.units)
