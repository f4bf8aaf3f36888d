"""One printed line of a cell: figures, marks and words outside brackets, and the brackets after them.

( ) and （ ） hold another unit, a part, last year's figure, a year, or a remark (速報値, 設置済); [ ] and 〔 〕
mostly a part (内数). What a bracket says of the figure before it (provisional, year, unit, words) is
joined to that figure; a figure in a bracket is a value of its own. A parenthesis that restates a
target (``1.27倍以上（126人）``) has its comparator; a part (``うち``, a label, a year) has not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from keikaku.normalizers.errors import Reason, UnreadCell
from keikaku.normalizers.figures import (
    FIGURE,
    TAIL,
    WHEN,
    WORDS,
    Qualifiers,
    fold_spelling,
    read_figure,
    read_qualifiers,
    tail_words,
)
from keikaku.normalizers.folding import DASHES, Traced
from keikaku.normalizers.lexicon import alternatives, load_words
from keikaku.normalizers.marks import find_mark
from keikaku.normalizers.numerals import NUMERAL
from keikaku.normalizers.units import UNIT, canonical_unit
from keikaku.normalizers.values import Comparator, Standing, Status, Value

_SEGMENT = re.compile(
    r"\((?P<parenthesis>[^()\[\]〔〕【】]*)\)"
    r"|[\[〔【](?P<bracket>[^()\[\]〔〕【】]*)[\]〕】]"
    r"|(?P<text>[^()\[\]〔〕【】]+)"
)
_NOTE = r"(?:[※*]+[0-9]{0,2}|[※*]*注[0-9]{0,2}|[※*]*[¹²³⁰⁴-⁹①-⑳⑴-⒇]+)(?:[,、・](?:[※*]+[0-9]{1,2}|[¹²³⁰⁴-⁹①-⑳]))*"
"""A footnote mark; its digits never stand before a unit."""
_NOTE_AT_END = re.compile(rf"(?:{_NOTE})+$")
_IS_NOTE = re.compile(rf"(?:{_NOTE})+")
_GLUED_LABELS = alternatives(load_words("labels.toml", "glued", fold_spelling))
_ORDINALS = alternatives(load_words("units.toml", "ordinals", fold_spelling))
_AGES = alternatives(load_words("units.toml", "ages_and_durations", fold_spelling))
_REFUSED_LABELS = frozenset(load_words("labels.toml", "refused", fold_spelling))
_LABEL = re.compile(
    rf"(?P<list>[①-⑳])?(?:(?P<label>[^\d\s:/、,;。・~ ①-⑳{re.escape(DASHES)}][^\d:/、,;。 ①-⑳]*):"
    rf"|(?P<glued>(?:{_GLUED_LABELS})(?=[^一-龥ぁ-んァ-ヶー]|[一二三四五六七八九十百千]))|(?P<words>{WORDS})(?=[\d▲]))?"
)
_SEPARATOR = re.compile("[/、,;・ ]")
_MARKED_UNIT = re.compile(rf"(?P<mark>[{re.escape(DASHES)}]+|[○〇◯●]+)(?P<unit>{UNIT})")
_HAS_DIGIT = re.compile(r"\d")
_COUNT_IN_WORDS = re.compile(rf"[一二三四五六七八九十百千万億]+(?:{UNIT})")
_WHEN_ONLY = re.compile(
    rf"{WHEN}|(?:[0-9]{{1,2}}月)(?:末|現在|時点|末現在|末時点)+|(?:前年度|基準年度|現状|現在|当初)"
)
_OTHER_COUNT = re.compile(rf"(?P<ordinal>第)|{NUMERAL}(?:(?P<behind>{_ORDINALS})|(?P<age>{_AGES}))")
_LONGEST_PHRASE = 30
_KNOWN_WORDS = re.compile(rf"{WORDS}。?")
_LETTER = re.compile(r"[^\W\d_]")
_LOOSE_START = re.compile("^[のをがはにでへとも、。]|^(?:以上|以下|以内|未満|程度)")


def read_line(traced: Traced, *, gap: bool) -> tuple[Value, ...]:
    """All values of one line (or of lines that belong together), or UnreadCell."""
    return _Line(traced, gap=gap).read()


class _Line:
    """One line while it is being read: what was found so far, and what waits for its figure."""

    def __init__(self, traced: Traced, *, gap: bool) -> None:
        self.traced = traced
        self.text = traced.text
        self.gap = gap
        self.values: list[Value] = []
        self.waiting: list[tuple[int, int]] = []

    def read(self) -> tuple[Value, ...]:
        position = 0
        while position < len(self.text):
            segment = _SEGMENT.match(self.text, position)
            if segment is None:
                raise self.refuse(position, position + 1, Reason.UNBALANCED)
            self._read_segment(segment)
            position = segment.end()
        if self.waiting or not self.values:
            raise self.refuse(0, len(self.text), Reason.NOT_UNDERSTOOD)
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
        """A bracket with values of its own, or with words about the figure before it."""
        known = len(self.values)
        content = self.text[start:end]
        is_remark = known and not _HAS_DIGIT.search(content) and not find_mark(content)
        if is_remark and self._is_phrase(content):
            self._join_words(start, end)
            return
        self._read_text(start, end, standing)
        if known and standing is Standing.PARENTHESIS:
            self.values[known:] = _inherit(self.values[known - 1], self.values[known:])

    def _read_text(self, start: int, end: int, standing: Standing) -> None:
        note = _NOTE_AT_END.search(self.text, start, end)
        if note and note.start() > start:
            end = note.start()
        found = list(self._values_of(start, end))
        if note:
            found = [_flagged(found[0], "note"), *found[1:]] if found else found
        self._keep([replace(value, standing=standing) for value in found])

    def _keep(self, found: list[Value]) -> None:
        self.values.extend(found)
        waiting, self.waiting = self.waiting, []
        for start, end in waiting:
            self._join_remark(start, end)

    def _values_of(self, start: int, end: int) -> Iterator[Value]:
        content = self.text[start:end]
        if self.values and self._join_tail(start, end):
            return
        whole = self._whole(content, start, end)
        if whole is not None:
            yield whole
            return
        yield from self._figures(start, end)

    def _whole(self, content: str, start: int, end: int) -> Value | None:
        """A mark, a dash before a unit, or words: what is no figure."""
        mark = find_mark(content)
        if mark is not None:
            words = content if mark.has_words else None
            return self._value(start, end, mark.status, words=words, flags=mark.flags)
        marked = _MARKED_UNIT.fullmatch(content)
        if marked:
            flag = {"●": "placeholder"}.get(marked["mark"][0], "circle_or_zero")
            flags = () if marked["mark"][0] in DASHES else (flag,)
            unit = canonical_unit(marked["unit"])
            return self._value(start, end, Status.NOT_REPORTED, unit=unit, flags=flags)
        if _KNOWN_WORDS.fullmatch(content):
            return self._value(start, end, Status.QUALITATIVE, words=content)
        if not _HAS_DIGIT.search(content) and self._is_phrase(content):
            return self._value(start, end, Status.QUALITATIVE, words=content, flags=("free_words",))
        return None

    def _value(
        self,
        start: int,
        end: int,
        status: Status,
        *,
        words: str | None = None,
        unit: str | None = None,
        flags: tuple[str, ...] = (),
    ) -> Value:
        first, last = self.traced.span(start, end)
        printed = self.traced.source[first:last]
        return Value(status, printed, first, last, unit=unit, words=words, flags=flags)

    def _is_phrase(self, content: str) -> bool:
        """Short words of any kind that can stand as a qualitative value."""
        return (
            len(content) <= _LONGEST_PHRASE
            and "。" not in content
            and not _COUNT_IN_WORDS.search(content)
            and not _LOOSE_START.match(content)
            and not canonical_unit(content)
            and bool(_LETTER.search(content))
        )

    def _figures(self, start: int, end: int) -> Iterator[Value]:
        """Figures one behind the other: labelled, or each with a unit of its own."""
        position, joined = start, False
        found: list[Value] = []
        while position < end:
            label = _LABEL.match(self.text, position, end)
            value_start = label.end() if label else position
            match = FIGURE.match(self.text, value_start, end)
            if match is None:
                yield from self._marked_or_refused(label, position, end)
                return
            value = self._labelled(read_figure(self.traced, match, gap=self.gap), label)
            self._check_neighbours(found, value, position, match.end())
            found.append(value)
            yield value
            position = match.end()
            separator = _SEPARATOR.match(self.text, position, end)
            position = separator.end() if separator else position
            joined = separator is not None
        if joined:
            raise self.refuse(end - 1, end, Reason.AMBIGUOUS_SEPARATOR)

    def _marked_or_refused(
        self, label: re.Match[str] | None, start: int, end: int
    ) -> Iterator[Value]:
        """``放デイ：—``: a label before a mark; anything else is refused."""
        if label and label.end() > start and label.end() < end:
            whole = self._whole(self.text[label.end() : end], label.end(), end)
            if whole is not None:
                yield self._labelled(whole, label)
                return
        raise self.refuse(start, end, _why_refused(self.text[start:end]))

    def _labelled(self, value: Value, label: re.Match[str] | None) -> Value:
        if label is None or label.end() == label.start():
            return value
        name = label["label"] or label["glued"] or label["words"] or label["list"]
        if name in _REFUSED_LABELS:
            raise self.refuse(label.start(), label.end(), Reason.NOT_UNDERSTOOD)
        return replace(value, label=name)

    def _check_neighbours(self, found: list[Value], value: Value, start: int, end: int) -> None:
        """Two bare figures side by side are readable only when their units tell them apart."""
        others = [other for other in found if other.label is None and value.label is None]
        if any(
            other.unit is None or other.unit == value.unit or other.amount == 1 for other in others
        ):
            raise self.refuse(start, end, Reason.GLUED_FIGURES)
        if others and value.unit is None:
            raise self.refuse(start, end, Reason.GLUED_FIGURES)

    def _join_remark(self, start: int, end: int) -> bool:
        """What a bracket says of its figure without a figure of its own: year, unit, 速報値, ※1."""
        content = self.text[start:end]
        year = _WHEN_ONLY.fullmatch(content)
        unit = canonical_unit(content)
        tail = TAIL.fullmatch(content)
        if not (year or unit or tail or _IS_NOTE.fullmatch(content)):
            return False
        if not self.values:
            self.waiting.append((start, end))
        elif year:
            self.values[-1] = replace(self.values[-1], when=content)
        elif unit:
            self._join_unit(unit, start, end)
        elif tail:
            self._join_tail(start, end)
        else:
            self.values[-1] = _flagged(self.values[-1], "note")
        return True

    def _join_unit(self, unit: str, start: int, end: int) -> None:
        last = self.values[-1]
        if last.amount is None or last.unit not in (None, unit):
            raise self.refuse(start, end, Reason.NOT_UNDERSTOOD)
        self.values[-1] = replace(last, unit=unit)

    def _join_words(self, start: int, end: int) -> None:
        last = self.values[-1]
        words = f"{last.words}({self.text[start:end]})" if last.words else self.text[start:end]
        self.values[-1] = replace(last, words=words)

    def _join_tail(self, start: int, end: int) -> bool:
        """``4人(5.6%)以上``: words behind a bracket belong to every figure before it."""
        tail = TAIL.fullmatch(self.text, start, end)
        if tail is None:
            return False
        qualifiers = read_qualifiers(tail)
        words = tail_words(tail)
        last = len(self.values) - 1
        for index, value in enumerate(self.values):
            if value.amount is not None:
                is_last = index == last
                self.values[index] = _qualified(value, qualifiers, words if is_last else None)
        return True


def _qualified(value: Value, qualifiers: Qualifiers, words: str | None) -> Value:
    is_open = value.comparator in (None, Comparator.EQ)
    return replace(
        value,
        comparator=(qualifiers.comparator or value.comparator) if is_open else value.comparator,
        aggregation=value.aggregation or qualifiers.aggregation,
        provisional=value.provisional or qualifiers.provisional,
        words=(value.words or "") + (words or "") or None,
        flags=tuple(dict.fromkeys(value.flags + qualifiers.flags)),
    )


def _inherit(before: Value, values: list[Value]) -> list[Value]:
    return [_inherited(before, value) for value in values]


def _inherited(before: Value, value: Value) -> Value:
    restates = value.label is None and value.when is None and "subset" not in value.flags
    if restates and value.comparator is Comparator.EQ and before.comparator is not None:
        return replace(value, comparator=before.comparator)
    return value


def _flagged(value: Value, flag: str) -> Value:
    return replace(value, flags=(*value.flags, flag))


def _why_refused(text: str) -> Reason:
    refused = _OTHER_COUNT.match(text)
    if refused is None:
        return (
            Reason.PROSE if len(text) > _LONGEST_PHRASE or "。" in text else Reason.NOT_UNDERSTOOD
        )
    return Reason.ORDINAL if refused["ordinal"] or refused["behind"] else Reason.AGE_OR_DURATION
