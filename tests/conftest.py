"""What many tests share: the samples, ingested once a session."""

from __future__ import annotations

from pathlib import Path

import generated
import pytest


@pytest.fixture(scope="session")
def ingested_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose ``output/`` holds the ingested samples; not to be written to."""
    folder = tmp_path_factory.mktemp("samples")
    generated.ingest_samples(folder)
    return folder
