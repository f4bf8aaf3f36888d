"""Fonts that a PDF names but does not bring (埋め込まれていないフォント, ＭＳ 明朝 before all).

PDFium looks for them on the machine, and where there is no Japanese font it leaves out every run of
characters that has no outline: 区分, 移行者数 and ― are gone without a word, and a server reads
another document than a desk. So no reading asks the machine. PDFium is handed one small font in
which every character is a bar. Only the bar's existence matters: what a character is comes from the
file, and so do its place and its width.

Pictures (`keikaku show --evidence`) are drawn for people, with the fonts of the machine.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

BUILT_IN = (b"Courier", b"Helvetica", b"Times")
"""PDFium has the Latin standard fonts in itself (ISO 32000-1, 9.6.2.2); Arial is asked for as Helvetica."""
EM = 1000
HALF, FULL = 1, 2
WIDTHS = {HALF: EM // 2, FULL: EM}
"""Where a file gives no widths: Latin letters and half-width kana (半角) take half an em."""
BAR = (100, -120, 200, 850)
"""Left, bottom, right, top: as high as kanji, and narrower than any letter."""
GROUPS = (
    (0x20, 0x2AF, HALF),
    (0x2B0, 0xFF60, FULL),
    (0xFF61, 0xFFDC, HALF),
    (0xFFDD, 0x10FFFF, FULL),
)
"""First character, last, and what stands for it."""


@contextmanager
def no_fonts_of_the_machine() -> Iterator[None]:
    """Within, PDFium takes our bars for every font that a file does not bring."""
    fonts = _fonts()
    outer, fonts.are_bars = fonts.are_bars, True
    try:
        yield
    finally:
        fonts.are_bars = outer


@cache
def _fonts() -> _Fonts:
    return _Fonts()


class _Fonts:
    """What PDFium asks for fonts: our bars while `are_bars`, else what it would ask by itself.

    PDFium has one such place in a process and looks through the machine's fonts when it is first
    asked for one; this puts that off until a picture needs it.
    """

    HANDLE = 1
    """Of the bars; handles of the machine's fonts are addresses."""

    def __init__(self) -> None:
        self.are_bars = False
        self.bars = bar_font()
        self.machine = pdfium.FPDF_GetDefaultSystemFontInfo()
        self.mapper: int | None = None
        self.info = pdfium.FPDF_SYSFONTINFO(version=1)
        for name, kind in pdfium.FPDF_SYSFONTINFO._fields_:
            if hasattr(self, name):
                setattr(self.info, name, kind(getattr(self, name)))
        pdfium.FPDF_SetSystemFontInfo(self.info)

    def EnumFonts(self, _: Any, mapper: int) -> None:  # noqa: N802 - PDFium's names
        self.mapper = mapper

    def MapFont(self, _: Any, *asked: Any) -> int | None:  # noqa: N802
        if self.are_bars:
            family = ctypes.cast(asked[4], ctypes.c_char_p).value or b""
            return None if family.startswith(BUILT_IN) else self.HANDLE
        if self.mapper is not None:
            self._ask("EnumFonts", self.mapper)
            self.mapper = None
        return self._ask("MapFont", *asked)

    def GetFont(self, _: Any, family: Any) -> int | None:  # noqa: N802
        return None if self.are_bars else self._ask("GetFont", family)

    def GetFontData(self, _: Any, font: int, table: int, place: Any, size: int) -> int:  # noqa: N802
        if font != self.HANDLE:
            return self._ask("GetFontData", font, table, place, size) or 0
        if table:
            return 0
        if place and size >= len(self.bars):
            ctypes.memmove(place, self.bars, len(self.bars))
        return len(self.bars)

    def GetFaceName(self, _: Any, font: int, place: Any, size: int) -> int:  # noqa: N802
        return 0 if font == self.HANDLE else self._ask("GetFaceName", font, place, size) or 0

    def GetFontCharset(self, _: Any, font: int) -> int:  # noqa: N802
        any_charset = pdfium.FXFONT_DEFAULT_CHARSET
        return any_charset if font == self.HANDLE else self._ask("GetFontCharset", font) or 0

    def DeleteFont(self, _: Any, font: int) -> None:  # noqa: N802
        if font != self.HANDLE:
            self._ask("DeleteFont", font)

    def _ask(self, name: str, *arguments: Any) -> int | None:
        """The same of PDFium's own for this system; None where it has nothing to say."""
        if not self.machine:
            return None
        answer: int | None = getattr(self.machine.contents, name)(self.machine, *arguments)
        return answer


def bar_font() -> bytes:
    """A TrueType font (OpenType 1.9) in which every character is a bar, in 480 bytes."""
    left, bottom, right, top = BAR
    width, height = right - left, top - bottom
    bar = struct.pack(">5h2H", 1, *BAR, 3, 0) + bytes([1] * 4)
    bar += struct.pack(">8h", left, 0, width, 0, bottom, height, 0, -height)
    bar += bytes(-len(bar) % 4)
    groups = b"".join(struct.pack(">3I", *group) for group in GROUPS)
    many_to_one = struct.pack(">2H3I", 13, 0, 16 + len(groups), 0, len(GROUPS)) + groups
    glyphs = len(WIDTHS) + 1
    widths = (EM, *WIDTHS.values())
    magic, dates = 0x5F0F3CF5, (0, 0)
    return _with_directory(
        {
            b"cmap": struct.pack(">4HI", 0, 1, 3, 10, 12) + many_to_one,
            b"glyf": bar * len(WIDTHS),
            b"head": struct.pack(
                ">4I2H2Q4h2H3h", 1 << 16, 0, 0, magic, 3, EM, *dates, *BAR, 0, 8, 2, 1, 0
            ),
            b"hhea": struct.pack(
                ">I3hH11hH", 1 << 16, top, bottom, 0, EM, *BAR[::2], EM, 1, *[0] * 7, glyphs
            ),
            b"hmtx": b"".join(struct.pack(">Hh", width, left) for width in widths),
            b"loca": struct.pack(f">{glyphs + 1}I", 0, *(len(bar) * n for n in range(glyphs))),
            b"maxp": struct.pack(">I14H", 1 << 16, glyphs, 4, 1, 0, 0, 2, *[0] * 8),
        }
    )


def _with_directory(tables: dict[bytes, bytes]) -> bytes:
    """The tables behind their directory, in the order of their names, each on four bytes."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    directory = struct.pack(
        ">I4H", 1 << 16, count, power * 16, power.bit_length() - 1, (count - power) * 16
    )
    start = len(directory) + 16 * count
    body = b""
    for name, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4s3I", name, total, start + len(body), len(table))
        body += padded
    return directory + body
