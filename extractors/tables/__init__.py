"""Reading a Grid: which words are heads, which cells are figures, and what each figure is.

A table is read by what its heads and labels say, whatever drew it: years or measures may stand over
the columns or beside the rows, the unit in a column, in a head, in a label or over the table.
The steps, a module each: head rows → columns → for each body row its labels, then its cells. A row
whose labels take a place of the values (an OCR table that lost a column), or that is shorter than
its head, is put back where that is certain and marked `repaired`; otherwise it is refused with a
notice.
"""

from keikaku.extractors.tables.columns import Column
from keikaku.extractors.tables.context import TableContext
from keikaku.extractors.tables.slots import slots_of
from keikaku.extractors.tables.table import TableReading, read_table

__all__ = ["Column", "TableContext", "TableReading", "read_table", "slots_of"]
