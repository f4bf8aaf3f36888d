"""Phrases: what a cell says without a figure: a mark, a dash before a unit, a status word.

設置, 未実施, 実施体制の構築 and their like are put together from ``vocabulary/words.toml``. Other short words are
kept too (flag `free_words`), unless they hold a digit, look like a part of something (以上, 人, の設置) or
are long enough to be a sentence: prose is the caller's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from keikaku.normalizers.errors import Reason
from keikaku.normalizers.figures import FIGURE, WHEN, WORDS, fold_spelling
from keikaku.normalizers.folding import DASHES
from keikaku.normalizers.lexicon import alternatives, load_words
from keikaku.normalizers.marks import find_mark
from keikaku.normalizers.numerals import NUMERAL
from keikaku.normalizers.quickly_made import quickly_made
from keikaku.normalizers.units import UNIT, canonical_unit
from keikaku.normalizers.values import Status

LONGEST_PHRASE = 30

_KNOWN_WORDS = re.compile(rf"{WORDS}。?")
_MARKED_UNIT = re.compile(rf"(?P<mark>[{re.escape(DASHES)}…・_]+|[○〇◯●]+)(?P<unit>{UNIT})")
_COUNT_IN_WORDS = re.compile(rf"[一二三四五六七八九十百千万億]+(?:{UNIT})")
_WORD = re.compile(r"[「『“\"]?(?!ー)[^\W\d_]")
_LOOKALIKE = re.compile(rf"[lIOoiSBZ]{{1,3}}(?:{UNIT})")
_LOOSE = re.compile("^[のをがはにでへとも、]|^(?:以上|以下|以内|未満|程度)|[、をがは]$")
_ORDINALS = alternatives(load_words("units.toml", "ordinals", fold_spelling))
_AGES = alternatives(load_words("units.toml", "ages_and_durations", fold_spelling))
_OTHER_COUNT = re.compile(
    rf"(?:.*?)(?:(?P<ordinal>第{NUMERAL})|{NUMERAL}(?:(?P<behind>{_ORDINALS})|(?P<age>{_AGES})))"
)

_YEAR = re.compile(rf"(?:{WHEN})(?>[※*]*[0-9¹²³]*)")


_DATED_WORDS = re.compile(rf"(?P<when>{WHEN})(?:まで|より|から|中)?(?:に|の)?(?P<words>{WORDS})。?")


@quickly_made
@dataclass(frozen=True, slots=True)
class Phrase:
    """What a text without a figure reports."""

    status: Status
    words: str | None = None
    unit: str | None = None
    flags: tuple[str, ...] = ()
    when: str | None = None


def find_phrase(folded: str) -> Phrase | None:
    """What the whole of `folded` (see `folding.trace`) says without a figure, or None."""
    mark = find_mark(folded)
    if mark is not None:
        return Phrase(mark.status, folded if mark.has_words else None, flags=mark.flags)
    marked = _MARKED_UNIT.fullmatch(folded)
    if marked is not None:
        return _marked_unit(marked["mark"][0], canonical_unit(marked["unit"]))
    if _KNOWN_WORDS.fullmatch(folded):
        return Phrase(Status.QUALITATIVE, folded)
    dated = _DATED_WORDS.fullmatch(folded)
    if dated is not None:
        return Phrase(Status.QUALITATIVE, dated["words"], when=dated["when"])
    if is_free_phrase(folded):
        return Phrase(Status.QUALITATIVE, folded, flags=("free_words",))
    return None


def is_free_phrase(folded: str) -> bool:
    """Short words of any kind, without a figure and complete in themselves."""
    return (
        len(folded) <= LONGEST_PHRASE
        and not any(character.isdigit() or character in "。:" for character in folded)
        and not _COUNT_IN_WORDS.search(folded)
        and not _LOOSE.search(folded)
        and canonical_unit(folded) is None
        and _WORD.match(folded) is not None
        and _LOOKALIKE.fullmatch(folded) is None
        and not any(find_mark(part) for part in folded.split("/"))
        and FIGURE.fullmatch(folded) is None
    )


def why_refused(folded: str) -> Reason:
    """The best reason why `folded` is neither figure nor phrase."""
    if len(folded) > LONGEST_PHRASE or "。" in folded:
        return Reason.PROSE
    if _YEAR.fullmatch(folded):
        return Reason.YEAR
    if " " in folded:
        return Reason.GLUED_FIGURES
    other = _OTHER_COUNT.match(folded)
    if other is None:
        return Reason.NOT_UNDERSTOOD
    return Reason.AGE_OR_DURATION if other["age"] else Reason.ORDINAL


def _marked_unit(mark: str, unit: str | None) -> Phrase:
    """``—人``: nothing reported. ``〇か所``: a zero, a tick or a gap to be filled; ``●回``: to be filled."""
    if mark in DASHES or mark in "…・_":
        return Phrase(Status.NOT_REPORTED, unit=unit)
    flag = "placeholder" if mark == "●" else "circle_or_zero"
    return Phrase(Status.NOT_REPORTED, unit=unit, flags=(flag,))
