"""Fonts that a file does not bring: every machine reads the same, and pictures show real letters."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from pathlib import Path

import pytest
from keikaku.extractors.pdf.fonts import bar_font, no_fonts_of_the_machine
from PIL import ImageFont
from pypdfium2 import PdfDocument

from .conftest import FILES, document

WORDS = FILES / "spans.pdf"
"""Its font, HeiseiMin-W3, is named only."""
DRAW = """
import hashlib, pathlib, sys, pypdfium2
page = pypdfium2.PdfDocument(pathlib.Path(sys.argv[1]))[0]
print(hashlib.sha256(page.render().to_numpy().tobytes()).hexdigest())
"""


def drawn(path: Path) -> str:
    pdf = PdfDocument(path)
    try:
        return hashlib.sha256(pdf[0].render().to_numpy().tobytes()).hexdigest()
    finally:
        pdf.close()


@pytest.mark.parametrize("character", ["区", "―", "a", "ｱ", "▲", "𠮷"])
def test_every_character_has_an_outline(character: str) -> None:
    font = ImageFont.truetype(io.BytesIO(bar_font()), size=1000)
    left, top, right, bottom = font.getmask(character).getbbox()
    assert (right - left, bottom - top) == (100, 970)


def test_runs_without_an_outline_are_read() -> None:
    """Without a Japanese font on the machine PDFium leaves ― and turned words out."""
    pdf = PdfDocument(FILES / "rotate_90.pdf")
    with no_fonts_of_the_machine():
        words = pdf[0].get_textpage().get_text_range()
    pdf.close()
    assert {"区分", "移行者数", "入所者数"} <= set(words.split())


def test_pictures_are_drawn_with_the_fonts_of_the_machine() -> None:
    document("spans")
    alone = subprocess.run(
        [sys.executable, "-c", DRAW, str(WORDS)], capture_output=True, text=True, check=True
    )
    assert drawn(WORDS) == alone.stdout.strip()


def test_bars_are_taken_only_within() -> None:
    with no_fonts_of_the_machine():
        bars = drawn(WORDS)
    assert bars != drawn(WORDS)
