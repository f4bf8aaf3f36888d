from keikaku.extractors.document import Box
from keikaku.extractors.pdf.engine import Floats, Integers
from keikaku.extractors.pdf.lattice import Extent, Table
from keikaku.extractors.pdf.rules import RuleSet, Stretches

def rules(segments: Floats, /) -> tuple[Stretches, Stretches, list[Box]]: ...
def tables(
    kind: type[Extent], lying: RuleSet, standing: RuleSet, /
) -> tuple[list[Table], Integers, Integers]: ...
