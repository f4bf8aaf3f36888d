"""Signs apart from their figures: a minus with a blank behind it, which a layout may cut off.

``施設入所者数 ▲ 4人`` cut at its blanks is a name, a sign and a figure; without its sign the figure is wrong.
What a blank parts from ▲, △, ▼ or マイナス is not published, nor what stands behind a dash that ended up in
the name of the row: either may be a minus, a mark or a grade, and only the page tells.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex
from keikaku.extractors.document import Notice
from keikaku.extractors.entries import Entry
from keikaku.extractors.ledger import Fate, Ledger
from keikaku.normalizers.folding import DASHES

_DASH = regex.escape(DASHES)
_SIGN_BEFORE = regex.compile(r"(?:[▲△▼]|マイナス)[ 　]?\Z")
_DASH_BEFORE = regex.compile(rf"(?<![^\s　、，,:：])[{_DASH}][ 　]?\Z")
_SIGN_IN_NAME = regex.compile(
    rf"(?:[▲△▼]|(?:\A|(?<=[\s　、，,:：]))[{_DASH}])[\s　]*(?:\Z|[0-9０-９])"
)
_SIGN = regex.compile(rf"[▲△▼]|マイナス|[\s　][{_DASH}][\s　]")
_OPENS_WITH_DIGIT = regex.compile(r"[\s　]*[0-9０-９]")
_REACH = 6
"""Characters before a figure that are looked at: マイナス and a blank."""


def without_loose_signs(
    entries: Sequence[Entry], source: str | None, ledger: Ledger
) -> tuple[tuple[Entry, ...], tuple[Notice, ...]]:
    """The entries but for those whose sign may have been cut off, and a notice for each of these."""
    kept: list[Entry] = []
    notices: list[Notice] = []
    for entry in entries:
        if source is None or not _may_lack_sign(entry, source):
            kept.append(entry)
            continue
        ledger.claim_again(entry.span, Fate.FINDING, "sign_apart")
        detail = f"a minus may stand before 「{entry.text[:60]}」: it is not published"
        notices.append(Notice("sign_apart", "warning", detail, entry.span))
    return tuple(kept), tuple(notices)


def _may_lack_sign(entry: Entry, source: str) -> bool:
    start, end = entry.span.char_start, entry.span.char_end
    if start is None or end is None:
        return False
    if not _OPENS_WITH_DIGIT.match(source, start, end):
        return _SIGN.search(source[start:end]) is not None and _SIGN.search(entry.text) is None
    before = source[max(0, start - _REACH) : start]
    if _SIGN_BEFORE.search(before):
        return True
    names = [line for label in entry.labels for line in label.lines]
    is_behind_dash = _DASH_BEFORE.search(before) is not None
    return is_behind_dash and any(_SIGN_IN_NAME.search(name) for name in names)
