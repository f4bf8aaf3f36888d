"""Names that begin on the line above: 「放課後等デ」 over 「イサービス　98　101」.

A narrow column, or an office's hand, breaks a name, and the first half stands alone. Whatever layout took the
row, half a name is none: where the two lines together are a name that the catalogue knows, or that the document
prints elsewhere, and the second is not, the figures are refused. So they are where another numbered name stands
between the two, or where a name is two places (北部圏域　中央圏域): the figure of the first is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import regex
from keikaku.extractors.document import Notice
from keikaku.extractors.entries import Entry, Label
from keikaku.extractors.ledger import Fate, Ledger
from keikaku.extractors.words import is_place, is_quantity
from keikaku.normalizers.catalogue import indicators_named
from keikaku.normalizers.labels import clean_label, list_number

_ABOVE = regex.compile(r"(?:\A|\n)(?P<words>[^\n]{1,40})\r?\n[ \t　]*\Z")
_FIGURE = regex.compile(r"[0-9０-９][^0-9０-９]{0,3}\Z|[。：:、，]\Z|\A[\s　]*[■◆●□◇▼【〔＜]")
"""A line that ends in a figure, or is a sentence's end or a heading, is not the half of a name."""
_CANNOT_BEGIN = regex.compile("[をんーぁぃぅぇぉっゃゅょァィゥェォッャュョ]")
_FARTHEST = 80
_SHORTEST = 5


def without_torn_names(
    entries: Sequence[Entry], text: str | None, ledger: Ledger
) -> tuple[tuple[Entry, ...], tuple[Notice, ...]]:
    """The entries whose names are whole, and a notice for each of the others."""
    if text is None:
        return tuple(entries), ()
    printed = frozenset(map(clean_label, text.splitlines()))
    kept: list[Entry] = []
    notices: list[Notice] = []
    for entry in entries:
        halves = (
            _half(label, text, printed) or _name_within(label, text) or _second_place(label)
            for label in entry.labels
        )
        torn = next((half for half in halves if half), None)
        if torn is None:
            kept.append(entry)
            continue
        ledger.claim_again(entry.span, Fate.FINDING, "displaced_values")
        detail = f"「{entry.labels[-1].text[:40]}」 goes on with 「{torn[:40]}」: 「{entry.text}」 is not published"
        notices.append(Notice("displaced_values", "warning", detail, entry.span))
    return tuple(kept), tuple(notices)


def _half(label: Label, text: str, lines: frozenset[str]) -> str | None:
    """The line above that the label goes on with."""
    start = label.span.char_start
    above = _ABOVE.search(text, max(0, start - _FARTHEST), start) if start is not None else None
    if above is None or _FIGURE.search(above["words"].rstrip()):
        return None
    own, first = clean_label(label.text), clean_label(above["words"])
    return first if own and first and _is_half(own, first + own, lines) else None


def _name_within(label: Label, text: str) -> str | None:
    """③精神病床における… between ②協議の場への関係者の参加者数 and 入院患者数: another name, of a row that was not taken."""
    start, end = label.span.char_start, label.span.char_end
    if len(label.lines) < 2 or start is None or end is None or list_number(label.lines[0]) is None:
        return None
    between = text[start:end].splitlines()[1:-1]
    own = [line for line in between if not any(part in line for part in label.lines)]
    return next((line.strip() for line in own if list_number(line) is not None), None)


def _second_place(label: Label) -> str | None:
    """北部圏域　中央圏域: two places of one kind on one line."""
    words = [line.split() for line in label.lines]
    pairs = (pair for own in words for pair in pairwise(own) if all(map(is_place, pair)))
    return next((other for one, other in pairs if one[-1] == other[-1]), None)


@lru_cache(maxsize=4_096)
def _is_half(own: str, whole: str, lines: frozenset[str]) -> bool:
    if indicators_named(own) or is_quantity(own):
        return False
    if indicators_named(whole) or _CANNOT_BEGIN.match(own):
        return True
    return len(whole) > _SHORTEST and any(whole in line for line in lines)
