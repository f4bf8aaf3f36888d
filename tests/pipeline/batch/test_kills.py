"""Killed at random moments, an ingest loses nothing (the short form; sixty kills are a stress)."""

from __future__ import annotations

from pathlib import Path

from batch_kills import kill_often


def test_three_kills_lose_nothing(tmp_path: Path) -> None:
    assert kill_often(tmp_path, kills=3, documents=25, seed=7).kills == 3
