"""What many tests share: the samples, ingested once a session."""

from __future__ import annotations

import os
from pathlib import Path

import generated
import pytest
from hypothesis import settings

# A busy machine is no counterexample: no deadline. CI tries the same examples every time, a
# developer's machine new ones.
settings.register_profile("keikaku", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("keikaku")


@pytest.fixture(scope="session")
def ingested_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose ``output/`` holds the ingested samples; not to be written to."""
    folder = tmp_path_factory.mktemp("samples")
    generated.ingest_samples(folder)
    return folder
