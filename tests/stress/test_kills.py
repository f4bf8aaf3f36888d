"""Sixty kills at random moments of an ingest whose folder changes meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch_kills import kill_often

pytestmark = pytest.mark.stress


def test_sixty_kills_lose_nothing(tmp_path: Path) -> None:
    toll = kill_often(tmp_path, kills=60, documents=90, seed=11)
    print(f"{toll.kills} kills; plain files split without the ledger: {toll.split_moments}")
    assert toll.kills == 60
