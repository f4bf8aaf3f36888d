"""PDFium's raw calls: the characters and the strokes of one page, as arrays.

What is slow in reading a PDF from Python is not PDFium but one Python call per character. So two
functions have a twin in C (`_calls.c`). Where it could not be built, the calls hold the GIL, take
bare addresses and are driven by `map`, which brings one call to about 0.2 µs; the results land in
numpy arrays. PDFium honours /ActualText, so that Chromium's 月
(drawn with the glyph of the radical ⽉) comes out as 月.
"""

from __future__ import annotations

import ctypes
import operator
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from ctypes import PYFUNCTYPE, c_float, c_int, c_uint, c_void_p
from itertools import compress, repeat
from math import sqrt
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from keikaku.extractors.document import Box
from keikaku.extractors.pdf.compiled import address_of, compiled
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Handle = int
"""The address of a page or a text page of PDFium."""

IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f of PDF: x' = a x + c y + e, y' = b x + d y + f."""

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
LINE_TO, CURVE_TO, MOVE_TO = 0, 1, 2
DEEPEST_FORM = 8
"""A form (XObject) within so many others is not entered."""


class _Number:
    """A C int as it stands, where an address follows; c_int makes an object first."""

    from_param = staticmethod(operator.index)


def _bind(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A call by bare address. Numbers behind the last argument named here ctypes passes as C ints
    by itself, which is faster than to name them."""
    return PYFUNCTYPE(result, *arguments)(address_of(function))


_count_chars = _bind(pdfium.FPDFText_CountChars, c_int, c_void_p)
_get_text = _bind(pdfium.FPDFText_GetText, c_int, c_void_p, c_int, c_int, c_void_p)
_get_unicode = _bind(pdfium.FPDFText_GetUnicode, c_uint, c_void_p)
_get_origin = _bind(pdfium.FPDFText_GetCharOrigin, c_int, c_void_p, _Number, c_void_p, c_void_p)
_get_box = _bind(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, _Number, c_void_p)
_get_angle = _bind(pdfium.FPDFText_GetCharAngle, c_float, c_void_p)
_is_generated = _bind(pdfium.FPDFText_IsGenerated, c_int, c_void_p)
_count_objects = _bind(pdfium.FPDFPage_CountObjects, c_int, c_void_p)
_get_object = _bind(pdfium.FPDFPage_GetObject, c_void_p, c_void_p)
_count_form_objects = _bind(pdfium.FPDFFormObj_CountObjects, c_int, c_void_p)
_get_form_object = _bind(pdfium.FPDFFormObj_GetObject, c_void_p, c_void_p)
_get_type = _bind(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
_get_bounds = _bind(
    pdfium.FPDFPageObj_GetBounds, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p
)
_get_matrix = _bind(pdfium.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
_get_pen = _bind(pdfium.FPDFPageObj_GetStrokeWidth, c_int, c_void_p, c_void_p)
_get_draw_mode = _bind(pdfium.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
_count_segments = _bind(pdfium.FPDFPath_CountSegments, c_int, c_void_p)
_get_segment = _bind(pdfium.FPDFPath_GetPathSegment, c_void_p, c_void_p)
_get_point = _bind(pdfium.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)
_get_segment_type = _bind(pdfium.FPDFPathSegment_GetType, c_int, c_void_p)
_get_close = _bind(pdfium.FPDFPathSegment_GetClose, c_int, c_void_p)


def _drain(calls: Iterable[object]) -> None:
    deque(calls, maxlen=0)


def _addresses(array: NDArray[Any]) -> list[range]:
    """For each column of the array the address of its place in every row."""
    rows, columns = array.shape
    start, size = array.ctypes.data, array.itemsize
    step = columns * size
    firsts = range(start, start + step, size)
    return [range(first, first + step * rows, step) for first in firsts]


def handle_of(handle: Any) -> Handle:
    """What is behind a handle of pypdfium2."""
    return ctypes.addressof(handle.contents)


class TextLayer:
    """The printable characters of one page, in the order of the content stream, in page space.

    `indices` are their numbers in PDFium's text page. `boxes` have left, top, right and bottom; it is
    the advance box, or the glyph's for /ActualText. `unmapped` characters have no Unicode value.
    """

    __slots__ = ("boxes", "codes", "handle", "indices", "unmapped")

    def __init__(self, handle: Handle) -> None:
        self.handle = handle
        self.indices, self.codes, self.boxes, self.unmapped = _read_characters(handle)

    def origins(self, indices: Integers) -> Floats:
        """x and y of the origin on the baseline of each of these characters."""
        origins = np.zeros((len(indices), 2))
        _drain(map(_get_origin, repeat(self.handle), indices.tolist(), *_addresses(origins)))
        return origins

    def angles(self, indices: Integers) -> Floats:
        """The angle in radians by which each character is turned, counter-clockwise."""
        return np.array(list(map(_get_angle, repeat(self.handle), indices.tolist())))


@compiled
def _read_characters(handle: Handle) -> tuple[Integers, Integers, Floats, int]:
    """Indices, codes and boxes of the printed characters, and how many are unmapped."""
    codes = _read_codes(handle, count_characters(handle))
    indices = _are_printed(codes, handle).nonzero()[0]
    boxes = np.zeros((len(indices), 4), dtype=np.float32)
    _drain(map(_get_box, repeat(handle), indices.tolist(), _addresses(boxes)[0]))
    unmapped = int(np.count_nonzero((codes == 0) | (codes == 0xFFFD)))
    return indices, codes[indices], boxes.astype(np.float64), unmapped


def _are_printed(codes: Integers, handle: Handle) -> Flags:
    """Line breaks and blanks that PDFium makes up are left out, but for those between Latin letters:
    elsewhere the gap itself tells whether a blank shows.
    """
    printed: Flags = (codes >= 0x20) & (codes != 0xFFFE) & (codes != 0xFFFF) & (codes != 0xAD)
    blanks = (codes == 0x20).nonzero()[0]
    if len(blanks):
        generated = np.array(list(map(_is_generated, repeat(handle), blanks.tolist())))
        before = codes[np.maximum(blanks - 1, 0)]
        after = codes[np.minimum(blanks + 1, len(codes) - 1)]
        printed[blanks] = (generated == 0) | (_are_letters(before) & _are_letters(after))
    return printed


def _are_letters(codes: Integers) -> Flags:
    letters: Flags = (codes >= 0x41) & (codes < 0x250)
    return letters


def count_objects(page: Handle) -> int:
    """How many objects the page draws; those inside a form count as one."""
    return max(int(_count_objects(page)), 0)


def count_characters(handle: Handle) -> int:
    """How many characters the text page holds, without reading them."""
    return max(int(_count_chars(handle)), 0)


def _read_codes(handle: Handle, count: int) -> Integers:
    """One code point a character; the bulk call is right unless it dropped or split one."""
    buffer = np.zeros(count + 1, dtype="<u2")
    written = _get_text(handle, 0, count, buffer.ctypes.data)
    codes: Integers = buffer[:count].astype(np.int64)
    if written == count + 1 and not ((codes >= 0xD800) & (codes < 0xE000)).any():
        return codes
    return np.fromiter(map(_get_unicode, repeat(handle), range(count)), np.int64, count)


class Strokes:
    """What is drawn on a page: line segments, in page space, and how much of it is images."""

    __slots__ = ("image_boxes", "is_cut", "object_count", "segments")

    def __init__(self, page: Handle, max_objects: int) -> None:
        self.is_cut = count_objects(page) > max_objects
        self.segments, self.image_boxes, self.object_count = _read_strokes(page, max_objects)
        """x0, y0, x1, y1 and pen width; a thin filled bar counts as the line along its middle."""


@compiled
def _read_strokes(page: Handle, max_objects: int) -> tuple[Floats, list[Box], int]:
    """Segments, boxes of images, and how many objects there are, those in forms too."""
    objects = list(map(_get_object, repeat(page), range(min(count_objects(page), max_objects))))
    drawing = _Drawing(max_objects)
    drawing.collect(objects, IDENTITY, 0)
    segments = np.concatenate(drawing.segments) if drawing.segments else np.empty((0, 5))
    return segments, drawing.image_boxes, drawing.object_count


class _Drawing:
    """What is drawn on a page, while it is collected."""

    def __init__(self, max_objects: int) -> None:
        self.max_objects = max_objects
        self.object_count = 0
        self.image_boxes: list[Box] = []
        self.segments: list[Floats] = []

    def collect(self, objects: list[int], matrix: Matrix, depth: int) -> None:
        """The paths and images of a level, then what its forms hold."""
        self.object_count += len(objects)
        types = bytes(map(_get_type, objects))
        paths = list(compress(objects, types.translate(_IS_PATH)))
        if paths:
            self.segments.append(_transform(_read_paths(paths, self.max_objects), matrix))
        if IMAGE in types:
            images = [shape for shape, kind in zip(objects, types, strict=True) if kind == IMAGE]
            boxes = _read_bounds(images)
            corners = _transform(np.pad(boxes, ((0, 0), (0, 1))), matrix)
            self.image_boxes += [(a, b, c, d) for a, b, c, d, _ in corners.tolist()]
        if FORM in types and depth < DEEPEST_FORM and self.object_count < self.max_objects:
            for shape, kind in zip(objects, types, strict=True):
                if kind == FORM:
                    inner = _read_form(shape, self.max_objects - self.object_count)
                    self.collect(inner, _combine(_read_matrix(shape), matrix), depth + 1)


_IS_PATH = bytes(1 if kind == PATH else 0 for kind in range(256))


def _read_form(form: int, limit: int) -> list[int]:
    count = min(max(_count_form_objects(form), 0), max(limit, 0))
    return list(map(_get_form_object, repeat(form), range(count)))


def _read_matrix(shape: int) -> Matrix:
    values = np.zeros((1, 6), dtype=np.float32)
    _get_matrix(shape, values.ctypes.data)
    a, b, c, d, e, f = values[0].tolist()
    return (a, b, c, d, e, f)


def _combine(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _transform(segments: Floats, matrix: Matrix) -> Floats:
    if matrix == IDENTITY or not len(segments):
        return segments
    a, b, c, d, e, f = matrix
    x, y = segments[:, 0:4:2], segments[:, 1:4:2]
    moved = np.empty_like(segments)
    moved[:, 0:4:2] = a * x + c * y + e
    moved[:, 1:4:2] = b * x + d * y + f
    moved[:, 4] = segments[:, 4] * sqrt(abs(a * d - b * c))
    return moved


def _read_bounds(shapes: Sequence[int]) -> Floats:
    """left, bottom, right, top of each object; strokes make it wider by about a pen."""
    boxes = np.zeros((len(shapes), 4), dtype=np.float32)
    _drain(map(_get_bounds, shapes, *_addresses(boxes)))
    return boxes.astype(np.float64)


THIN = 3.0
"""A filled bar not thicker than this many points is a rule (罫線)."""


def _read_paths(paths: list[int], max_objects: int) -> Floats:
    """Segments of all paths: lines by their ends, filled bars by their bounds, the rest walked."""
    counts = np.fromiter(map(_count_segments, paths), np.int64, len(paths))
    modes = np.zeros((len(paths), 2), dtype=np.int32)
    _drain(map(_get_draw_mode, paths, *_addresses(modes)))
    filled, stroked = modes[:, 0] != 0, modes[:, 1] != 0
    line = stroked & (counts == 2)
    bar = ~stroked & filled & ((counts == 4) | (counts == 5))
    found = [np.empty((0, 5))]
    if line.any():
        found.append(_lines_by_ends(list(compress(paths, line.tolist()))))
    if bar.any():
        found.append(_bars_by_bounds(list(compress(paths, bar.tolist()))))
    rest = (stroked | filled) & ~line & ~bar
    budget = max_objects
    for path, count, is_stroked in zip(
        compress(paths, rest.tolist()), counts[rest].tolist(), stroked[rest].tolist(), strict=True
    ):
        budget -= count
        if budget < 0:
            break
        found.append(_walk(path, count, is_stroked))
    return np.concatenate(found)


def _lines_by_ends(paths: list[int]) -> Floats:
    ends = np.zeros((len(paths), 4), dtype=np.float32)
    for k in range(2):
        _read_ends(paths, k, ends)
    return _placed(paths, ends.astype(np.float64))


def _placed(paths: list[int], ends: Floats) -> Floats:
    """Ends of lines in each path's own space, moved by its matrix, with the pen beside them."""
    pens = np.zeros((len(paths), 1), dtype=np.float32)
    _drain(map(_get_pen, paths, _addresses(pens)[0]))
    m = np.zeros((len(paths), 6), dtype=np.float32)
    _drain(map(_get_matrix, paths, _addresses(m)[0]))
    a, b, c, d, e, f = m.astype(np.float64).T
    x0, y0, x1, y1 = ends.T
    pen = pens[:, 0] * np.sqrt(np.abs(a * d - b * c))
    return np.array(
        (
            a * x0 + c * y0 + e,
            b * x0 + d * y0 + f,
            a * x1 + c * y1 + e,
            b * x1 + d * y1 + f,
            pen,
        )
    ).T


def _bars_by_bounds(paths: list[int]) -> Floats:
    left, bottom, right, top = _read_bounds(paths).T
    thin = np.minimum(right - left, top - bottom) <= THIN
    flat = _middle_lines(left[thin], bottom[thin], right[thin], top[thin])
    thick = list(compress(paths, (~thin).tolist()))
    if not thick:
        return flat
    oblique = compress(thick, _are_oblique(thick).tolist())
    slanted = [bar for path in oblique if (bar := _slanted_bar(path)) is not None]
    return np.concatenate((flat, np.array(slanted))) if slanted else flat


def _are_oblique(paths: list[int]) -> Flags:
    """Which filled shapes do not begin like an upright rectangle (a shaded cell does)."""
    corners = np.zeros((len(paths), 6), dtype=np.float32)
    for k in range(3):
        _read_ends(paths, k, corners)
    matrices = np.zeros((len(paths), 6), dtype=np.float32)
    _drain(map(_get_matrix, paths, _addresses(matrices)[0]))
    ends, m = corners.astype(np.float64), matrices.astype(np.float64)
    first = np.minimum(np.abs(ends[:, 2] - ends[:, 0]), np.abs(ends[:, 3] - ends[:, 1])) > 0.1
    second = np.minimum(np.abs(ends[:, 4] - ends[:, 2]), np.abs(ends[:, 5] - ends[:, 3])) > 0.1
    turned = (np.abs(m[:, 1]) > 1e-4) & (np.abs(m[:, 0]) > 1e-4)
    oblique: Flags = first | second | turned
    return oblique


def _read_ends(paths: list[int], number: int, ends: NDArray[np.float32]) -> None:
    """The end of each path's segment of that number, into its two columns."""
    segments = list(map(_get_segment, paths, repeat(number)))
    places = _addresses(ends)[2 * number : 2 * number + 2]
    _drain(map(_get_point, segments, *places))


def _middle_lines(left: Floats, bottom: Floats, right: Floats, top: Floats) -> Floats:
    lying = right - left >= top - bottom
    x, y = (left + right) / 2, (bottom + top) / 2
    return np.array(
        (
            np.where(lying, left, x),
            np.where(lying, y, bottom),
            np.where(lying, right, x),
            np.where(lying, y, top),
            np.minimum(right - left, top - bottom),
        )
    ).T


def _slanted_bar(path: int) -> tuple[float, ...] | None:
    """The long axis of a thin slanted bar drawn as a filled shape; None for a thick shape."""
    points = [(x, y) for _, x, y in _points(path, min(_count_segments(path), 4))]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    area = 0.0
    for k in range(len(xs)):  # `sum` rounds otherwise from Python 3.12 on
        area += xs[k - 1] * ys[k] - xs[k] * ys[k - 1]
    area = abs(area) / 2
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    length = sqrt(wide * wide + high * high)
    if not (length > 0 and area <= THIN * length):
        return None
    return (min(xs), min(ys), max(xs), max(ys), area / length)


def _points(path: int, count: int) -> list[tuple[int, float, float]]:
    """Kind, x and y of each segment's end, in page space (or the form's)."""
    segments = list(map(_get_segment, repeat(path), range(count)))
    kinds = list(map(_get_segment_type, segments))
    ends = np.zeros((count, 2), dtype=np.float32)
    _drain(map(_get_point, segments, *_addresses(ends)))
    a, b, c, d, e, f = _read_matrix(path)
    x, y = ends[:, 0].astype(np.float64), ends[:, 1].astype(np.float64)
    return list(zip(kinds, (a * x + c * y + e).tolist(), (b * x + d * y + f).tolist(), strict=True))


def _walk(path: int, count: int, stroked: bool) -> Floats:
    """Segment by segment: outlines give each straight side, filled shapes their thin bars."""
    figures: list[list[tuple[float, float]]] = []
    sides: list[tuple[float, float, float, float]] = []
    for kind, x, y in _points(path, count):
        if kind == MOVE_TO or not figures:
            figures.append([])
        elif kind == LINE_TO:
            sides.append((*figures[-1][-1], x, y))
        figures[-1].append((x, y))
    if stroked:
        sides += [(*figure[3], *figure[0]) for figure in figures if len(figure) == 4]
        return _with_pen(path, sides)
    bars = [_bounds_of(figure) for figure in figures if 4 <= len(figure) <= 5]
    thin = [box for box in bars if min(box[2] - box[0], box[3] - box[1]) <= THIN]
    return _middle_lines(*np.array(thin).T) if thin else np.empty((0, 5))


def _bounds_of(figure: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in figure], [y for _, y in figure]
    return (min(xs), min(ys), max(xs), max(ys))


def _with_pen(path: int, sides: list[tuple[float, float, float, float]]) -> Floats:
    if not sides:
        return np.empty((0, 5))
    pen = np.zeros((1, 1), dtype=np.float32)
    _get_pen(path, pen.ctypes.data)
    return np.array([(*side, float(pen[0, 0])) for side in sides])
