"""One printed line of a cell: figures, marks and words outside brackets, and the brackets after them.

( ) and （ ） hold another unit, a part, last year's figure, a year, or a remark (速報値, 設置済); [ ] and 〔 〕
mostly a part (内数). What a bracket says of the figure before it (provisional, year, unit, words) is
joined to that figure; a figure in a bracket is a value of its own. A parenthesis that restates a
target (``1.27倍以上（126人）``) has its comparator; a part (``うち``, a label, a year, a change) has not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from keikaku.normalizers.errors import Reason, UnreadCell
from keikaku.normalizers.figures import (
    FIGURE,
    RELATIVE,
    TAIL,
    WHEN,
    WORDS,
    Qualifiers,
    fold_spelling,
    read_figure,
    read_qualifiers,
    tail_words,
)
from keikaku.normalizers.folding import Traced, joined
from keikaku.normalizers.lexicon import alternatives, load_words
from keikaku.normalizers.marks import find_mark
from keikaku.normalizers.phrases import find_phrase, is_free_phrase, why_refused
from keikaku.normalizers.units import CONTINUOUS, TIMES, canonical_unit
from keikaku.normalizers.values import Comparator, Standing, Value
from keikaku.normalizers.year_names import NO_CONTEXT, find_whole

_SEGMENT = re.compile(
    r"\((?P<parenthesis>[^()\[\]〔〕【】]*)\)"
    r"|[\[〔【](?P<bracket>[^()\[\]〔〕【】]*)[\]〕】]"
    r"|(?P<text>[^()\[\]〔〕【】]+)"
)
_WRAPPED = re.compile(r"【[^【】]*\([^【】]*】|\[[^\[\]]*\([^\[\]]*\]|〔[^〔〕]*\([^〔〕]*〕")
"""【平成32年度 30人 (1.5倍)】: one bracket around the whole, another inside."""
_ONE_NOTE = "[※*]+[0-9]{0,2}|[※*]*注[0-9]{0,2}|[※*]*[¹²³⁰⁴-⁹①-⑳⑴-⒇]+"
_NOTE = rf"(?>{_ONE_NOTE})(?>[,、・](?:{_ONE_NOTE}))*+"
"""A footnote mark; its digits never stand before a unit."""
_NOTES_AT_END = re.compile(rf"(?>{_NOTE})++$")
_NOTES = re.compile(rf"(?>{_NOTE})++")
_GLUED_LABELS = alternatives(load_words("labels.toml", "glued", fold_spelling))
_SURE_LABELS = frozenset((*load_words("labels.toml", "glued", fold_spelling), None))
_REFUSED_LABELS = frozenset(load_words("labels.toml", "refused", fold_spelling))
_LABEL = re.compile(
    rf"(?P<list>[①-⑳])?(?P<part>(?:うち|内|再掲|内訳)(?:、|,|:)?(?=\D))?"
    rf"(?:(?P<named>(?!ー)[^\W\d_][^\d:/、,;。 ①-⑳]{{0,20}}):"
    rf"|(?P<glued>{_GLUED_LABELS})[でに]?(?=[^一-龥ぁ-んァ-ヶー]|[一二三四五六七八九十百千])"
    rf"|(?P<words>{WORDS})(?=[\d▲]))?"
)
_WORDS = re.compile(WORDS)
_SEPARATOR = re.compile("[/、,;・]")
_SAYS_WHEN = re.compile(rf"{WHEN}|(?:[0-9]{{1,2}}月)(?:末|現在|時点|末現在|末時点)+|{RELATIVE}")
_PLAIN_DIGITS = frozenset("0123456789")
_JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿]")
_LIST_MARKS = 21
_SPOKEN = re.compile(
    "[、,]?(?:カッコ|かっこ)[、,]?(?P<content>[^、,。()]+?)(?:(?:カッコ|かっこ)とじ|とじ(?:カッコ|かっこ))?(?=[、,。]|$)"
)
_OVER_YEARS = re.compile(
    rf"(?P<when>{WHEN}(?:(?:から|~|-)(?:{WHEN}))?)(?:まで)?の(?P<after>累計値?|平均値?|実人数)"
)
"""(R3年度からR5年度の累計): the years that a figure adds up."""
_OVER_MONTHS = re.compile(
    r"[0-9]{1,2}月?(?:から|~|-)[0-9]{1,2}月(?:末|分)?(?:まで)?の?(?:月|月間)?(?P<after>平均値?|累計値?|実人数)?"
)
"""(4~1月平均), (4月から9月まで): the months of the year that a figure counts so far."""
_CHANGES = frozenset({"increase", "decrease", "new", "subset"})


def read_line(traced: Traced, *, gap: bool, column_unit: str | None) -> tuple[Value, ...]:
    """All values of one line (or of lines that belong together), or UnreadCell."""
    wrapped = _WRAPPED.fullmatch(traced.text)
    if wrapped is None:
        return _Line(traced, gap=gap, column_unit=column_unit).read()
    inner = joined(traced, 1, len(traced.text) - 1, frozenset())
    values = _Line(inner, gap=gap, column_unit=column_unit).read()
    return tuple(_in_bracket(value) for value in values)


def _in_bracket(value: Value) -> Value:
    return replace(value, standing=Standing.BRACKET) if value.standing is Standing.MAIN else value


def with_spoken_brackets(traced: Traced) -> Traced:
    """``317人、カッコ123人`` of an edition for reading aloud as 317人(123人)."""
    if "ッコ" not in traced.text and "かっこ" not in traced.text:
        return traced
    text, position = "", 0
    starts: list[int] = []
    ends: list[int] = []
    for spoken in _SPOKEN.finditer(traced.text):
        first, last = spoken.span("content")
        text += f"{traced.text[position : spoken.start()]}({spoken['content']})"
        for places, bound in ((starts, traced.starts), (ends, traced.ends)):
            places += bound[position : spoken.start()]
            places += (bound[first], *bound[first:last], bound[last - 1])
        position = spoken.end()
    text += traced.text[position:]
    starts += traced.starts[position:]
    ends += traced.ends[position:]
    return Traced(traced.source, text, tuple(starts), tuple(ends))


class _Line:
    """One line while it is being read: what was found so far, and the remarks that wait for a figure."""

    def __init__(self, traced: Traced, *, gap: bool, column_unit: str | None) -> None:
        self.traced = traced
        self.text = traced.text
        self.gap = gap
        self.column_unit = column_unit
        self.values: list[Value] = []
        self.waiting: list[tuple[int, int]] = []

    def read(self) -> tuple[Value, ...]:
        """Segment after segment, nothing left over."""
        position = 0
        while position < len(self.text):
            segment = _SEGMENT.match(self.text, position)
            if segment is None:
                raise self.refuse(position, position + 1, Reason.UNBALANCED)
            self._read_segment(segment)
            position = segment.end()
        if self.waiting or not self.values or canonical_unit(self.text):
            raise self.refuse(0, len(self.text), why_refused(self.text))
        first = self.values[0]
        if _is_list_mark(first):
            raise self.refuse(0, len(self.text), Reason.LIST_MARK)
        if (
            first.standing is Standing.PARENTHESIS
            and "free_words" in first.flags
            and self.values[1:]
        ):
            raise self.refuse(0, len(self.text), Reason.NOT_UNDERSTOOD)  # (単位千人)3
        return tuple(self.values)

    def refuse(self, start: int, end: int, reason: Reason) -> UnreadCell:
        """The refusal of ``text[start:end]``."""
        source_start, source_end = self.traced.span(start, end) if end > start else (0, 0)
        return UnreadCell(self.traced.source, source_start, source_end, reason)

    def _read_segment(self, segment: re.Match[str]) -> None:
        kind = segment.lastgroup or "text"
        start, end = segment.span(kind)
        if kind == "text":
            self._read_text(start, end, Standing.MAIN)
        elif start == end:
            raise self.refuse(segment.start(), segment.end(), Reason.NOT_UNDERSTOOD)
        elif not self._join_remark(start, end):
            self._read_group(start, end, Standing(kind))

    def _read_group(self, start: int, end: int, standing: Standing) -> None:
        known = len(self.values)
        self._read_text(start, end, standing)
        if known and standing is Standing.PARENTHESIS:
            before = self.values[known - 1]
            self.values[known:] = [_inherited(before, value) for value in self.values[known:]]

    def _read_text(self, start: int, end: int, standing: Standing) -> None:
        note = _NOTES_AT_END.search(self.text, start + 1, end)
        end = note.start() if note else end
        if self.values and standing is Standing.MAIN:
            if self._join_tail(start, end):
                return
            separator = _SEPARATOR.match(self.text, start, end)
            start = separator.end() if separator else start
            if start == end:
                raise self.refuse(start - 1, end, Reason.AMBIGUOUS_SEPARATOR)
        known = len(self.values)
        for value in self._values_of(start, end, standing):
            stands = value.standing is standing
            self.values.append(value if stands else replace(value, standing=standing))
        if note:
            self.values[known] = _flagged(self.values[known], "note")
        self._take_waiting()

    def _take_waiting(self) -> None:
        waiting, self.waiting = self.waiting, []
        for start, end in waiting:
            self._join_remark(start, end)

    def _values_of(self, start: int, end: int, standing: Standing) -> Iterator[Value]:
        is_figure = self.text[start] in _PLAIN_DIGITS  # no phrase begins with a digit
        phrase = None if is_figure else self._find_phrase(start, end)
        if phrase is not None:
            if self.values and standing is Standing.MAIN:
                raise self.refuse(start, end, Reason.NOT_UNDERSTOOD)
            yield phrase
        else:
            before = self._bare_figures() if standing is Standing.MAIN else []
            yield from self._figures(start, end, before)

    def _find_phrase(self, start: int, end: int) -> Value | None:
        phrase = find_phrase(self.text[start:end])
        if phrase is None:
            return None
        first, last = self.traced.span(start, end)
        return Value(
            phrase.status,
            self.traced.source[first:last],
            first,
            last,
            unit=phrase.unit,
            words=phrase.words,
            when=phrase.when,
            flags=phrase.flags,
        )

    def _figures(self, start: int, end: int, before: list[Value]) -> Iterator[Value]:
        """Figures one behind the other: labelled, or each with a unit of its own."""
        position, is_apart = start, True
        words = _WORDS.match(self.text, start, end)
        if words and words.end() < end and self._is_gap(words.end()):  # 設置 1回, as over 設置⏎1回
            yield from filter(None, [self._find_phrase(start, words.end())])
            position = words.end()
        while position < end:
            value, after = self._figure(start, position, end)
            is_apart = is_apart or self._is_gap(position)
            self._check_neighbours(before, value, (position, after), is_apart=is_apart)
            before.append(value)
            yield value
            separator = _SEPARATOR.match(self.text, after, end)
            is_apart = separator is not None
            position = separator.end() if separator else after
            if separator and position == end:
                raise self.refuse(after, end, Reason.AMBIGUOUS_SEPARATOR)

    def _figure(self, start: int, position: int, end: int) -> tuple[Value, int]:
        """The figure (or labelled mark) at `position` and where it ends."""
        match = FIGURE.match(self.text, position, end)
        if match is not None:
            return self._read_figure(match), match.end()
        label = _LABEL.match(self.text, position, end)
        after = label.end() if label else position
        match = FIGURE.match(self.text, after, end)
        if match is not None:
            return self._labelled(self._read_figure(match), label), match.end()
        phrase = self._find_phrase(after, end) if position < after < end else None
        if phrase is None or "free_words" in phrase.flags:
            raise self.refuse(position, end, why_refused(self.text[start:end]))
        return self._labelled(phrase, label), end

    def _read_figure(self, match: re.Match[str]) -> Value:
        return read_figure(self.traced, match, gap=self.gap, column_unit=self.column_unit)

    def _labelled(self, value: Value, label: re.Match[str] | None) -> Value:
        if label is None or label.end() == label.start():
            return value
        name = label["named"] or label["glued"] or label["words"]
        is_code = label["words"] and value.amount is not None and value.unit is None
        if name in _REFUSED_LABELS or is_code:
            raise self.refuse(label.start(), label.end(), Reason.NOT_UNDERSTOOD)
        flagged = _flagged(value, "subset") if label["part"] else value
        return replace(flagged, label=name or label["list"])

    def _is_gap(self, position: int) -> bool:
        """Is a blank printed before ``text[position]``?"""
        return self.traced.ends[position - 1] < self.traced.starts[position]

    def _bare_figures(self) -> list[Value]:
        """The figures outside brackets that no bracket has told apart (2人(児発)、3人(放デイ))."""
        return [v for v in self.values if v.standing is Standing.MAIN and not v.words]

    def _check_neighbours(
        self, before: list[Value], value: Value, place: tuple[int, int], *, is_apart: bool
    ) -> None:
        """Two figures side by side are readable only when labels or units tell them apart."""
        if not before or ("total" in before[0].flags and _is_tagged(value)):
            return
        if _is_upper_end(before[-1], value):
            raise self.refuse(*place, Reason.AMBIGUOUS_SEPARATOR)
        tags = {_is_tagged(figure) for figure in (*before, value)}
        units = [figure.unit for figure in (*before, value)]
        if tags == {True}:
            if not is_apart and units[-2] is None and value.label not in _SURE_LABELS:
                raise self.refuse(*place, Reason.NOT_UNDERSTOOD)  # 2匹放デイ：3: 匹 is no label
            return
        kinds = {(figure.unit, figure.aggregation) for figure in (*before, value)}
        may_be_glued = len(set(units)) < len(units) or not CONTINUOUS.isdisjoint(units)
        is_glued = not is_apart and may_be_glued
        is_clear = None not in units and len(kinds) == len(units) and len(tags) == 1
        if is_glued or not is_clear or any(figure.amount == 1 for figure in before):
            raise self.refuse(*place, Reason.GLUED_FIGURES)
        if not TIMES.isdisjoint(units):
            raise self.refuse(*place, Reason.AGE_OR_DURATION)

    def _join_remark(self, start: int, end: int) -> bool:
        """What a bracket says of its figure without a figure of its own: year, unit, 速報値, ※1."""
        content = self.text[start:end]
        unit, tail = canonical_unit(content), TAIL.fullmatch(content)
        is_year, is_note = _says_when(content), _NOTES.fullmatch(content)
        if not self.values:
            is_over_years = _OVER_YEARS.fullmatch(content)
            waits = is_year or is_note or tail or is_over_years
            self.waiting += [(start, end)] if waits else []
            return bool(self.waiting)
        last = self.values[-1]
        if is_year:
            self.values[-1] = replace(last, when=content)
        elif over := _OVER_YEARS.fullmatch(content):
            qualified = _qualified(last, read_qualifiers(over))
            self.values[-1] = replace(qualified, when=over["when"])
        elif over := _OVER_MONTHS.fullmatch(content):
            qualified = _qualified(last, read_qualifiers(over))
            self.values[-1] = replace(qualified, when=content)
        elif unit and last.unit not in (None, unit) and "/" not in unit and unit not in CONTINUOUS:
            return self._join_words(start, end)
        elif unit:
            self.values[-1] = self._with_unit(last, unit, start, end)
        elif is_note:
            self.values[-1] = _flagged(last, "note")
        elif not (tail and self._join_tail(start, end)):
            return self._join_words(start, end)
        return True

    def _with_unit(self, value: Value, unit: str, start: int, end: int) -> Value:
        if value.amount is None or value.unit not in (None, unit):
            raise self.refuse(start, end, Reason.NOT_UNDERSTOOD)
        return replace(value, unit=unit)

    def _join_words(self, start: int, end: int) -> bool:
        """``1か所(設置済)``, ``0件(実績なし)``: words in a bracket stay beside what they are said of."""
        content, last = self.text[start:end], self.values[-1]
        mark = find_mark(content)
        if not (mark.has_words if mark else canonical_unit(content) or is_free_phrase(content)):
            return False
        if last.amount is not None and not _JAPANESE.search(content):
            raise self.refuse(start, end, Reason.NOT_UNDERSTOOD)  # 5(kg): an unknown unit
        words = f"{last.words}({content})" if last.words else content
        self.values[-1] = replace(last, words=words)
        return True

    def _join_tail(self, start: int, end: int) -> bool:
        """``4人(5.6%)以上``: words behind a bracket belong to every figure before it."""
        tail = TAIL.fullmatch(self.text, start, end)
        if tail is None or self.values[-1].amount is None:
            return False
        qualifiers = read_qualifiers(tail)
        qualified = [_qualified(value, qualifiers) for value in self.values]
        words = (qualified[-1].words or "") + (tail_words(tail) or "")
        self.values = [*qualified[:-1], replace(qualified[-1], words=words or None)]
        return True


def _is_list_mark(first: Value) -> bool:
    """``(1)`` alone or before words may number a list."""
    is_small = first.amount is not None and 0 < first.amount < _LIST_MARKS and first.unit is None
    return is_small and first.standing is Standing.PARENTHESIS and not first.label


def _says_when(content: str) -> bool:
    """A year or date (R8/03/31, 1月末); a bare number is none."""
    if _SAYS_WHEN.fullmatch(content):
        return True
    return not content.isdigit() and find_whole(content, NO_CONTEXT) is not None


def _is_tagged(value: Value) -> bool:
    """Is it said of what the figure is: by a label, a year, うち?"""
    return bool(value.label or (value.when and not value.base) or "subset" in value.flags)


def _is_upper_end(low: Value, high: Value) -> bool:
    """``3人以上5人以下`` is one range, and no two figures."""
    return low.comparator is Comparator.GE and high.comparator in (Comparator.LE, Comparator.LT)


def _qualified(value: Value, qualifiers: Qualifiers) -> Value:
    if value.amount is None:
        return value
    is_open = value.comparator in (None, Comparator.EQ)
    return replace(
        value,
        comparator=(qualifiers.comparator or value.comparator) if is_open else value.comparator,
        aggregation=value.aggregation or qualifiers.aggregation,
        provisional=value.provisional or qualifiers.provisional,
        flags=tuple(dict.fromkeys(value.flags + qualifiers.flags)),
    )


def _inherited(before: Value, value: Value) -> Value:
    is_other = value.label or value.when or value.base or _CHANGES.intersection(value.flags)
    if not is_other and value.comparator is Comparator.EQ and before.comparator is not None:
        return replace(value, comparator=before.comparator)
    return value


def _flagged(value: Value, flag: str) -> Value:
    return replace(value, flags=(*value.flags, flag))
