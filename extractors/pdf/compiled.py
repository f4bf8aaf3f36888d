"""Which steps of reading a page are compiled: chosen here, once, when the reader is imported.

A page has some thousand characters and a hundred strokes, and what is asked of each costs more in
Python, or in an array of numpy, than PDFium needs for the whole page. So the innermost functions
have a twin in C: `_calls.c` calls PDFium, `_lines.c` makes lines of characters, `_tables.c` tables
of strokes, `_blocks.c` the blocks of the page. A function that is marked `@compiled` is the
definition; where keikaku was installed without a C compiler it also does the work. Both give the
same records to the last bit (tests/extractors/pdf/test_compiled.py).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, TypeVar

import pypdfium2.raw as pdfium

try:
    from keikaku.extractors.pdf import _blocks, _calls, _lines, _tables
except ImportError:  # installed without a C compiler
    _MODULES: tuple[Any, ...] = ()
else:
    _MODULES = (_blocks, _calls, _lines, _tables)

IS_COMPILED = bool(_MODULES)
"""Whether the twins in C are there."""

Function = TypeVar("Function", bound=Callable[..., object])


def address_of(function: Any) -> int:
    """Where a function of PDFium is."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address is not None
    return address


def compiled(function: Function) -> Function:
    """The twin of this name (without its underscore), or the function itself where none was built."""
    name = function.__name__.removeprefix("_")
    twins = [getattr(module, name) for module in _MODULES if hasattr(module, name)]
    if IS_COMPILED and not twins:
        raise ImportError(f"the compiled modules lack {name}: install keikaku again")
    return twins[0] if twins else function


if IS_COMPILED:
    _calls.bind({name: address_of(getattr(pdfium, name)) for name in _calls.NAMES})
