"""Crops show the figure that the record speaks of, on upright and on turned pages."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pytest
from keikaku.pipeline.evidence import write_crops
from made_records import OBSERVATION
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 400.0, 300.0
FIGURE = (100.0, 50.0, 140.0, 70.0)
"""The box of the figure as the page is shown: x0, top, x1, bottom."""


def one_page(rotation: int) -> bytes:
    """A page with one black box at FIGURE, seen after /Rotate."""
    buffer = io.BytesIO()
    x0, top, x1, bottom = FIGURE
    if rotation == 90:  # shown width and height are swapped on the sheet of paper
        canvas = Canvas(buffer, pagesize=(HEIGHT, WIDTH))
        canvas.setPageRotation(90)
        canvas.rect(top, x0, bottom - top, x1 - x0, stroke=0, fill=1)
    else:
        canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT))
        canvas.rect(x0, HEIGHT - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("rotation", [0, 90])
def test_the_crop_shows_the_figure(tmp_path: Path, rotation: int) -> None:
    figure = dataclasses.replace(OBSERVATION, page=1, bbox=FIGURE)
    beside = dataclasses.replace(
        OBSERVATION, page=1, bbox=(200.0, 50.0, 240.0, 70.0), observation_id="beside"
    )
    crops = list(write_crops(one_page(rotation), (figure, beside), tmp_path / "crops"))
    assert [crop.path.name for crop in crops] == ["p001_observation-0001.png", "p001_beside.png"]
    dark = [share_of_dark(crop.path) for crop in crops]
    assert dark[0] == pytest.approx(40 * 20 / (44 * 24), abs=0.02)
    assert dark[1] == 0


def share_of_dark(path: Path) -> float:
    with Image.open(path) as picture:
        pixels = picture.convert("L").tobytes()
    return sum(pixel < 128 for pixel in pixels) / len(pixels)


def test_what_has_no_place_on_a_page_has_no_crop(tmp_path: Path) -> None:
    assert list(write_crops(one_page(0), (OBSERVATION,), tmp_path)) == []


def test_a_box_over_the_edge_is_cut_at_the_edge(tmp_path: Path) -> None:
    over = dataclasses.replace(OBSERVATION, page=1, bbox=(390.0, 290.0, 450.0, 320.0))
    (crop,) = write_crops(one_page(0), (over,), tmp_path)
    with Image.open(crop.path) as picture:
        assert picture.size == (36, 36)
