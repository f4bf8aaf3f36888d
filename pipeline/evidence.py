"""Evidence: the published figure as a picture, cut from the page it is printed on.

A record's box is in PDF points from the top left of the page as shown, after /Rotate; so is the
picture that PDFium draws, only larger. Cutting the box from it shows the figure, or shows that the
record is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from keikaku.pipeline.records import Observation

PIXELS_PER_POINT = 3.0
MARGIN = 2.0
"""Points around the box, so that the rules of the cell are seen."""


@dataclass(frozen=True, slots=True)
class Crop:
    """A written picture and the observation it proves."""

    path: Path
    observation: Observation


def write_crops(
    pdf: bytes, observations: Iterable[Observation], folder: Path, *, password: str | None = None
) -> Iterator[Crop]:
    """One PNG for each observation with a box, page by page, named by page and observation id."""
    import pypdfium2

    folder.mkdir(parents=True, exist_ok=True)
    document = pypdfium2.PdfDocument(pdf, password=password)
    try:
        for page_number, placed in sorted(_by_page(observations).items()):
            picture = document[page_number - 1].render(scale=PIXELS_PER_POINT).to_pil()
            for observation, box in placed:
                path = folder / f"p{page_number:03d}_{observation.observation_id}.png"
                picture.crop(_pixels(box, picture.size)).save(path)
                yield Crop(path, observation)
    finally:
        document.close()


def _by_page(
    observations: Iterable[Observation],
) -> dict[int, list[tuple[Observation, tuple[float, ...]]]]:
    pages = defaultdict(list)
    for observation in observations:
        if observation.page is not None and observation.bbox is not None:
            pages[observation.page].append((observation, observation.bbox))
    return pages


def _pixels(box: tuple[float, ...], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The box in pixels, within the picture and never empty.

    >>> _pixels((10.0, 20.0, 30.0, 40.0), (600, 800))
    (24, 54, 96, 126)
    """
    x0, top, x1, bottom = box
    left = min(max(int((x0 - MARGIN) * PIXELS_PER_POINT), 0), size[0] - 1)
    upper = min(max(int((top - MARGIN) * PIXELS_PER_POINT), 0), size[1] - 1)
    right = max(min(round((x1 + MARGIN) * PIXELS_PER_POINT), size[0]), left + 1)
    lower = max(min(round((bottom + MARGIN) * PIXELS_PER_POINT), size[1]), upper + 1)
    return left, upper, right, lower
