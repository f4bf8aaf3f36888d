"""The samples ingested once for a test run: text and PDF editions of both municipalities together."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from keikaku.pipeline.ingest import IngestOptions, ingest

SAMPLES = Path(__file__).parents[2] / "samples"


@cache
def _holder() -> tempfile.TemporaryDirectory[str]:
    holder = tempfile.TemporaryDirectory(prefix="keikaku-")
    done = ingest(
        [str(SAMPLES)], IngestOptions(output=str(Path(holder.name) / "output"), workers=1)
    )
    if done.exit_code != 0:
        raise AssertionError(f"the samples are not ingested: {done}")
    return holder


def ingested_samples() -> Path:
    """The output folder; read it, do not write into it."""
    return Path(_holder().name) / "output"
