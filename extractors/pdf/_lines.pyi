from collections.abc import Sequence

from keikaku.extractors.pdf.engine import Flags, Integers
from keikaku.extractors.pdf.glyphs import Glyphs, TextLine
from keikaku.extractors.pdf.holders import Placed

def off_the_line(glyphs: Glyphs, /) -> Integers: ...
def lines(
    kind: type[TextLine], glyphs: Glyphs, holders: Integers, roomy: Flags, /
) -> list[TextLine]: ...
def innermost(glyphs: Glyphs, placed: Sequence[Placed], /) -> tuple[Integers, Integers]: ...
