"""Folders of orders, and what a run made of them, as bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

MakeFolder = Callable[..., Path]


def many_orders(count: int) -> dict[str, str]:
    """Documents of different sizes, a few of which misbehave."""
    orders = {f"sheet{n:03}": f"rows {n % 13}\nprose {n % 5}\n#{n}" for n in range(count)}
    orders |= {f"refused{n}": f"refuse\n#{n}" for n in range(count // 10)}
    return orders


def tree_bytes(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def table_bytes(output: Path) -> dict[str, bytes]:
    """Every published table file with its bytes."""
    return {
        name: data
        for name, data in tree_bytes(output).items()
        if not name.startswith(".keikaku") and name.endswith(".parquet")
    }
