"""Reading a document's bytes from where it lies: a local path, or a URL that fsspec opens."""

from __future__ import annotations

from pathlib import Path


def is_remote(location: str) -> bool:
    """Whether a location is a URL.

    >>> is_remote("s3://bucket/a.pdf"), is_remote("/data/a.pdf")
    (True, False)
    """
    return "://" in location


def read_bytes(location: str) -> bytes:
    """All bytes of a document."""
    if not is_remote(location):
        return Path(location).read_bytes()
    import fsspec

    with fsspec.open(location, "rb") as file:
        return bytes(file.read())
