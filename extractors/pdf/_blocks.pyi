from keikaku.extractors.document import Block
from keikaku.extractors.pdf.glyphs import TextLine
from keikaku.extractors.pdf.holders import Placed
from keikaku.extractors.pdf.page import Paper

def blocks(paper: Paper, tables: list[Placed], lines: list[TextLine], /) -> tuple[Block, ...]: ...
