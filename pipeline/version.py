"""The version of this software, as published with every document."""

from __future__ import annotations

import functools
from importlib import metadata


@functools.cache
def software_version() -> str:
    """The installed version of keikaku."""
    return metadata.version("keikaku")
