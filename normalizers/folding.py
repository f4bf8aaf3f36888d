"""Characters: what a printed character stands for, before any meaning is read.

A PDF's text layer spells 目 as ⽬ (U+2F6C, a Kangxi radical) and 長 as ⻑ (U+2ED1, CJK Radicals
Supplement). NFKC repairs the first, leaves the second, and turns ⼾ (U+2F3E) into 戶, which no
Japanese word uses: the table (Unicode's EquivalentUnifiedIdeograph) goes first, with the Japanese
forms for the few that differ. Dashes are repaired by position, never everywhere: between katakana
a dash is the long vowel ー, elsewhere ー is a dash.

`fold` gives the form in which strings are compared; what is published stays as printed.
`trace` folds for reading figures: it keeps where each character came from, keeps line breaks, and
never makes a digit of something that is none (①, ¹, ½ and ㈠ stay what they are).

>>> fold("⽬ 標\u3000値"), fold("グル－プホ―ム"), fold("Ａ―１")
('目標値', 'グループホーム', 'A-1')
>>> trace("５ 人\\n①").text
'5人\\n①'
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from keikaku.normalizers.lexicon import read_vocabulary
from keikaku.normalizers.quickly_made import quickly_made

JAPANESE_FORMS = {"戶": "戸", "黑": "黒", "靑": "青", "黃": "黄", "麥": "麦", "齒": "歯"}
"""Old forms that the radical table and NFKC give, and the ones that Japanese text uses."""

DASHES = "-‐‑‒–—―−－﹣─━⸺⸻ｰー"
WAVES = "~〜～∼˜∿〰"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d]")
_BLANK = re.compile(rf"[\s{_INVISIBLE}\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d]+")
_KATAKANA = "ァ-ヺヽヾ"
_KANA_DASH = re.compile(rf"(?<=[{_KATAKANA}ー])-(?=[{_KATAKANA}]|[一-鿿]|$|[)\]」』、。])")
_LOOSE_LONG = re.compile(rf"(?<![{_KATAKANA}ぁ-ゖー-])ー+")
_DASH_TABLE = str.maketrans(
    {dash: "-" for dash in DASHES if dash != "ー"} | dict.fromkeys(WAVES, "~")
)


def _radical_table() -> dict[int, str]:
    rows = csv.DictReader(io.StringIO(read_vocabulary("radicals.csv")))
    table = {row["radical"]: row["ideograph"] for row in rows}
    return {ord(radical): JAPANESE_FORMS.get(form, form) for radical, form in table.items()}


def _any_of(table: dict[int, str]) -> re.Pattern[str]:
    """One of the characters that a table replaces; few texts hold any, and looking is cheap."""
    return re.compile(f"[{re.escape(''.join(map(chr, table)))}]")


_RADICALS = _radical_table()
_RADICAL = _any_of(_RADICALS)
_FOLDED_FORMS = _RADICALS | {ord(old): new for old, new in JAPANESE_FORMS.items()}
_OLD_FORM = _any_of(_FOLDED_FORMS)
_DASH = _any_of(_DASH_TABLE)
_LONGEST_REMEMBERED = 60
"""Characters; longer texts are sentences, which come but once."""


def repair_radicals(text: str) -> str:
    """`text` with every radical code point replaced by the ideograph that it stands for."""
    return text.translate(_RADICALS) if _RADICAL.search(text) else text


def fold(text: str) -> str:
    """The form in which two printed strings are compared."""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _folded(text)


@lru_cache(maxsize=16_384)
def _remembered(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    modern = text.translate(_FOLDED_FORMS) if _OLD_FORM.search(text) else text
    plain = _BLANK.sub("", unicodedata.normalize("NFKC", modern))
    if _DASH.search(plain):
        plain = plain.translate(_DASH_TABLE)
    if "-" not in plain and "ー" not in plain:
        return plain
    return _LOOSE_LONG.sub("-", _KANA_DASH.sub("ー", plain))


def drop_blanks(text: str) -> str:
    """`text` without white space, zero-width characters, BOM and variation selectors."""
    return _BLANK.sub("", text)


@quickly_made
@dataclass(frozen=True, slots=True)
class Traced:
    """A folded text that knows where each of its characters is printed.

    ``text[i]`` comes from ``source[starts[i]:ends[i]]``.
    """

    source: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in `source` of ``text[start:end]`` (not empty)."""
        return self.starts[start], self.ends[end - 1]


def trace(text: str) -> Traced:
    """Fold for reading: width, radicals and blanks, with the way back to the printed characters.

    Blanks vanish but for one: between two figures (``15 24``) a blank stays, so that no number is
    made of two. Lines stay apart by one ``\\n``; blank lines vanish.
    """
    if _PLAIN.fullmatch(text):
        size = len(text)
        return Traced(text, text, tuple(range(size)), tuple(range(1, size + 1)))
    return _trace_characters(text)


def _trace_characters(text: str) -> Traced:
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gap = ""
    for match in _RUN_OR_CLUSTER.finditer(text):
        start, end = match.span()
        is_run = match.lastgroup == "run"
        form = match[0] if is_run else fold_character(match[0])
        if form.isspace() or not form:
            gap = _wider_gap(gap, match[0]) if form else gap
            continue
        if gap and folded and (gap == "\n" or (folded[-1] in _FIGURES and form[0] in _FIGURES)):
            folded.append(gap)
            starts.append(start)
            ends.append(start)
        gap = ""
        folded.extend(form)
        starts.extend(range(start, end) if is_run else [start] * len(form))
        ends.extend(range(start + 1, end + 1) if is_run else [end] * len(form))
    return Traced(text, "".join(folded), tuple(starts), tuple(ends))


def _wider_gap(gap: str, blank: str) -> str:
    return "\n" if gap == "\n" or blank in _LINE_BREAKS else " "


@lru_cache(maxsize=20_000)
def fold_character(cluster: str) -> str:
    """The folded form of one printed character (with its voicing mark): "" when invisible.

    A character that is no digit never becomes one: ``①``, ``¹``, ``½``, ``㈠`` and ``㊁`` stay.
    """
    if _VARIATION.match(cluster) or cluster in _INVISIBLE:
        return ""
    repaired = cluster.translate(_FOLDED_FORMS)
    form = unicodedata.normalize("NFKC", repaired)
    if _HOLDS_FIGURE.search(form) and not _IS_FIGURE.match(repaired):
        return cluster
    return _DASH_FORMS.get(form, form)


_FIGURES = frozenset("0123456789一二三四五六七八九十百千万億兆〇.,・")
_HOLDS_FIGURE = re.compile("[0-9一二三四五六七八九十百千万億兆〇]")
_IS_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万億兆〇\uf900-\ufaff]")
_LINE_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")
_DASH_FORMS = dict.fromkeys(WAVES, "~")
_FOLDED_ALREADY = r"0-9A-Za-z%./,:()\[\]▲△一-龥ぁ-ゖァ-ヺ。、"
_PLAIN = re.compile(f"[{_FOLDED_ALREADY}]*")
_VOICING = "゙゚ﾞﾟ"
_RUN_OR_CLUSTER = re.compile(
    f"(?P<run>(?:(?![{''.join(JAPANESE_FORMS)}])[{_FOLDED_ALREADY}])+(?![{_VOICING}]))"
    f"|[^{_VOICING}][{_VOICING}]?|.",
    re.DOTALL,
)
"""Characters in a row that stay as they are, or one (with its voicing mark) that may not."""


def without_breaks(traced: Traced) -> Traced:
    """`traced` with its lines joined: a break between two digits becomes a blank, others go."""
    if "\n" not in traced.text:
        return traced
    return joined(traced, 0, len(traced.text), frozenset(_breaks(traced.text)))


def joined(traced: Traced, start: int, end: int, breaks: frozenset[int]) -> Traced:
    """The part ``[start:end]`` of `traced` with the line breaks at `breaks` taken out."""
    kept = [i for i in range(start, end) if i not in breaks or _ACROSS.match(traced.text, i)]
    characters = "".join(" " if i in breaks else traced.text[i] for i in kept)
    starts = tuple(traced.starts[i] for i in kept)
    return Traced(traced.source, characters, starts, tuple(traced.ends[i] for i in kept))


def _breaks(text: str) -> list[int]:
    return [i for i, character in enumerate(text) if character == "\n"]


_ACROSS = re.compile(r"(?<=[0-9.,])\n(?=[0-9.,])")
