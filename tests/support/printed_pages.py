"""A text printed as it stands, a line a line in letters of one width: the PDF edition of a text edition."""

from __future__ import annotations

import io
import unicodedata
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "HeiseiKakuGo-W5"
SIZE = 9.0
MARGIN = 40.0
BLANKS = " \u3000"


@cache
def _font() -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return FONT


def as_pdf(text: str) -> bytes:
    """The pages (form feeds part them), wide enough for the longest line. Runs of blanks are free paper, as
    between the columns of a table; a single one is a character."""
    widest = max(_width(line) for line in text.splitlines())
    page = max(595.0, widest * SIZE / 2 + 2 * MARGIN), 842.0
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=page, invariant=1)
    for sheet in text.split("\f"):
        y = page[1] - MARGIN
        canvas.setFont(_font(), SIZE)
        for line in sheet.splitlines():
            if y < MARGIN:
                canvas.showPage()
                canvas.setFont(_font(), SIZE)
                y = page[1] - MARGIN
            _draw(canvas, line, y)
            y -= 1.5 * SIZE
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Canvas, line: str, y: float) -> None:
    column = 0
    for at, character in enumerate(line):
        if character not in BLANKS or not _is_free(line, at):
            canvas.drawString(MARGIN + column * SIZE / 2, y, character)
        column += _width(character)


def _is_free(line: str, at: int) -> bool:
    return line[at - 1 : at] in ("", *BLANKS) or line[at + 1 : at + 2] in ("", *BLANKS)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
