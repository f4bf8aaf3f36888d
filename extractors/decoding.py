"""Bytes to text: which encoding was this file saved in?

Offices publish text as UTF-8 with or without BOM, as UTF-16 (Windows "Unicode"), as CP932 (the
Shift_JIS of Windows) and, on old servers, as EUC-JP or ISO-2022-JP. Nothing in the file says which,
and one encoding's bytes are often valid in another: EUC-JP kana read as CP932 are half-width
katakana, UTF-8 read as CP932 is a row of rare kanji (障 becomes 髫). So an encoding is
believed only when the whole file decodes strictly and the text then looks like Japanese.

`text` is what ``data.decode(encoding)`` gives, line ends untouched: character offsets count in it.

>>> decode("令和５年度\\t３人".encode("cp932"))
Decoded(text='令和５年度\\t３人', encoding='cp932')
>>> decode("令和５年度\\t３人".encode("euc_jp")).encoding
'euc_jp'
>>> decode(bytes(8))
Traceback (most recent call last):
    ...
keikaku.extractors.decoding.UndecodableText: NUL byte at offset 0: binary data, or UTF-16 without a byte order mark
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
JAPANESE_ENCODINGS = (
    ("cp932",),
    ("euc_jp", "euc_jis_2004"),  # the second also knows ①, Ⅰ and ㈱ (NEC row 13)
)
"""Families of encodings without a mark; within a family the first that fits is taken."""
SEVEN_BIT_JAPANESE = (("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004"),)
_SHIFT_TO_KANJI = re.compile(rb"\x1b\$[@B(]")

PLAUSIBLE_SHARE = 0.7
"""Least share of everyday characters among the non-ASCII ones. The two samples, saved in each
encoding, have over 0.99 in the right one and at most 0.5 in a wrong one, as far as that decodes;
the room between is for documents that write ｻｰﾋﾞｽ in half-width katakana."""
SAMPLE_CHARACTERS = 200_000
CONTROLS_PER_CHARACTER = 1 / 1000
"""PDF-to-text tools leave a stray control character now and then; binary data is full of them."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_KANA_AND_FORMS = re.compile("[\u3000-\u30ff\u2010-\u266f\u3200-\u33ff\uff01-\uff60×÷±°´¨§¶]")


class UndecodableText(ValueError):
    """The bytes are no text in any encoding that we read; the message says why."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, and the Python codec that gives it: ``data.decode(encoding) == text``."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Decode a whole file, or raise UndecodableText."""
    marked = _marked_encoding(data)
    if marked:
        return _believable(_strict(data, marked))
    if 0 in data:
        raise UndecodableText(
            f"NUL byte at offset {data.index(0)}: binary data, or UTF-16 without a byte order mark"
        )
    if data.isascii() and _SHIFT_TO_KANJI.search(data):
        return _most_japanese(data, SEVEN_BIT_JAPANESE)
    if _is_utf8(data):
        return _without_controls(Decoded(data.decode("utf-8"), "utf-8"))
    return _most_japanese(data, JAPANESE_ENCODINGS)


def _marked_encoding(data: bytes) -> str | None:
    return next((encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)), None)


def _strict(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise UndecodableText(
            f"the byte order mark says {encoding}, but {_place(data, error)}"
        ) from None


def _believable(decoded: Decoded) -> Decoded:
    _without_controls(decoded)
    if japanese_share(decoded.text) < PLAUSIBLE_SHARE:
        raise UndecodableText(f"read as {decoded.encoding}, the characters are no Japanese text")
    return decoded


def _without_controls(decoded: Decoded) -> Decoded:
    controls = len(_CONTROL.findall(decoded.text))
    if "\0" in decoded.text or controls > len(decoded.text) * CONTROLS_PER_CHARACTER:
        raise UndecodableText(
            f"read as {decoded.encoding}, {controls} of {len(decoded.text)} characters "
            "are control characters: binary data"
        )
    return decoded


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _most_japanese(data: bytes, families: tuple[tuple[str, ...], ...]) -> Decoded:
    """The one encoding in which the bytes are a Japanese text; two such are refused."""
    found = [decoded for family in families for decoded in _readings(data, family)[:1]]
    if len(found) == 1:
        return found[0]
    if found:
        names = " and ".join(decoded.encoding for decoded in found)
        raise UndecodableText(f"readable as {names} alike: save the file as UTF-8")
    raise UndecodableText(_why_not(data))


def _readings(data: bytes, family: tuple[str, ...]) -> list[Decoded]:
    readings = []
    for encoding in family:
        try:
            readings.append(_believable(Decoded(data.decode(encoding), encoding)))
        except (UnicodeDecodeError, UndecodableText):
            continue  # not this one: _why_not tells the reader if none is left
    return readings


def _why_not(data: bytes) -> str:
    """Why no encoding fits; a UTF-8 file with a broken place is told by how far it reads."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        if not before.isascii():
            return f"UTF-8 text with a broken place: {_place(data, error)}"
    return "the bytes are no text in UTF-8, UTF-16, CP932, EUC-JP or ISO-2022-JP"


def _place(data: bytes, error: UnicodeDecodeError) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    return f"byte 0x{data[error.start]:02x} at offset {error.start} (line {line}) is not: {error.reason}"


def japanese_share(text: str) -> float:
    """Share of everyday Japanese characters among those outside ASCII; 1.0 for pure ASCII.

    Everyday are kana, punctuation, full-width forms and the 2,965 kanji of JIS level 1. Level 2
    kanji and half-width katakana occur in real text, but are all that a wrong encoding gives.

    >>> japanese_share("障害福祉計画")
    1.0
    >>> japanese_share("髫懷ｮｳ遖冗･芽ｨ育判") < 0.5
    True
    """
    counts = Counter(text[:SAMPLE_CHARACTERS])
    foreign = {character: n for character, n in counts.items() if not character.isascii()}
    if not foreign:
        return 1.0
    everyday = sum(n for character, n in foreign.items() if _is_everyday(character))
    return everyday / sum(foreign.values())


def _is_everyday(character: str) -> bool:
    return bool(_KANA_AND_FORMS.match(character)) or _is_level_one_kanji(character)


def _is_level_one_kanji(character: str) -> bool:
    """JIS X 0208 rows 16 to 47, which EUC-JP writes with a first byte of B0 to CF."""
    try:
        encoded = character.encode("euc_jp")
    except UnicodeEncodeError:
        return False
    return len(encoded) == 2 and 0xB0 <= encoded[0] <= 0xCF
