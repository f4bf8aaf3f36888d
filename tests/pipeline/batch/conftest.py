"""Folders of orders to ingest."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch_folders import MakeFolder


@pytest.fixture
def make_folder(tmp_path: Path) -> MakeFolder:
    """Make a folder of documents: file name to orders."""

    def make(name: str = "in", **orders: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        for stem, text in orders.items():
            (folder / f"{stem}.txt").write_text(text, "utf-8")
        return folder

    return make
