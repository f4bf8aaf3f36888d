from collections.abc import Sequence

from keikaku.extractors.document import Box
from keikaku.extractors.pdf.engine import Flags, Floats, Integers
from keikaku.extractors.pdf.glyphs import Glyphs, TextLine
from keikaku.extractors.pdf.holders import Placed
from keikaku.extractors.pdf.lattice import Extent, Table
from keikaku.extractors.pdf.rules import RuleSet, Stretches

def off_the_line(glyphs: Glyphs, /) -> Integers: ...
def lines(
    kind: type[TextLine], glyphs: Glyphs, holders: Integers, roomy: Flags, /
) -> list[TextLine]: ...
def rules(segments: Floats, /) -> tuple[Stretches, Stretches, list[Box]]: ...
def tables(
    kind: type[Extent], lying: RuleSet, standing: RuleSet, /
) -> tuple[list[Table], Integers, Integers]: ...
def innermost(glyphs: Glyphs, placed: Sequence[Placed], /) -> tuple[Integers, Integers]: ...
