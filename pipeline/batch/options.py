"""What the command line says, checked: each function reads one option, or raises UsageError."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from keikaku.pipeline.batch.workers import Limits
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.sources import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable


def read_formats(given: Iterable[str]) -> frozenset[str]:
    """The formats to read; none given means all."""
    wanted, known = frozenset(given), frozenset(FORMATS.values())
    unknown = sorted(wanted - known)
    if unknown:
        raise UsageError(
            f"there is no format {unknown[0]!r}", hint=f"formats are {', '.join(sorted(known))}"
        )
    return wanted


def read_shard(given: str) -> tuple[int, int]:
    """A shard as (i, n).

    >>> read_shard("2/8")
    (2, 8)
    """
    matched = re.fullmatch(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})", given)
    if matched is None or int(matched[1]) > int(matched[2]):
        raise UsageError(
            f"{given!r} is no shard", hint="give --shard I/N with I from 1 to N, such as 2/8"
        )
    return int(matched[1]), int(matched[2])


def read_code(given: str) -> str:
    """A municipality code as the code table writes it."""
    from keikaku.normalizers import municipalities

    try:
        return municipalities.by_code(given).code
    except municipalities.UnknownMunicipality as error:
        raise UsageError(
            str(error), hint="give the six digits with check digit, such as 132071 for 昭島市"
        ) from error


def read_limits(max_seconds: float, max_memory_mib: int) -> Limits:
    """What one document may cost."""
    return Limits(max_seconds, max_memory_mib << 20)


def read_report_file(given: Path | None) -> Path | None:
    """Where the run report goes: looked at before the run, which may take hours."""
    if given is None:
        return None
    if given.is_dir() or not given.name:
        raise UsageError(f"--report {given} is a folder", hint="name a file, such as report.json")
    if not os.access(given.parent, os.W_OK):
        raise UsageError(
            f"--report {given}: the folder {given.parent} is not there, or cannot be written",
            hint="make the folder first",
        )
    return given
