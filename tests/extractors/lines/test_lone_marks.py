"""A line that holds nothing but a mark, as a scanner leaves it: no words, no label, no defect."""

from __future__ import annotations

from pathlib import Path

import pytest
from keikaku.pipeline.journey import Source, read_document

SAMPLES = Path(__file__).parents[3] / "samples"
EVERY = 4


@pytest.mark.parametrize(
    "sample", sorted(SAMPLES.rglob("*.txt")), ids=lambda path: path.parent.name
)
@pytest.mark.parametrize("mark", ["。", "、", "：", "・", "（", "〕", "-", "※", "　"])
def test_lone_marks_between_lines(sample: Path, mark: str) -> None:
    lines = sample.read_text("utf-8").split("\n")
    marked = "".join(
        f"{line}\n{mark}\n" if n % EVERY == 0 else f"{line}\n" for n, line in enumerate(lines)
    )
    assert read_document(Source(sample.name, marked.encode())).narratives
