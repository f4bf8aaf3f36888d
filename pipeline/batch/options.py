"""What the command line says, checked and turned into options."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from keikaku.pipeline.batch.workers import Limits
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.ingest import IngestOptions
from keikaku.pipeline.sources import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable


def read_options(
    *,
    output: str,
    municipality_code: str | None,
    formats: Iterable[str],
    workers: int | None,
    refresh: bool,
    password: str | None,
    shard: str,
    scheduler: str | None,
    follow_symlinks: bool,
    max_seconds: float,
    max_memory_mib: int,
    report: Path | None,
) -> IngestOptions:
    """The options of a run; what cannot be used is a UsageError."""
    return IngestOptions(
        output=output,
        municipality_code=None if municipality_code is None else read_code(municipality_code),
        formats=read_formats(formats),
        workers=workers,
        refresh=refresh,
        password=password,
        shard=read_shard(shard),
        scheduler=scheduler,
        follow_symlinks=follow_symlinks,
        limits=Limits(max_seconds, max_memory_mib << 20),
        report=report,
    )


def read_formats(formats: Iterable[str]) -> frozenset[str]:
    """The formats to read; none given means all."""
    wanted, known = frozenset(formats), frozenset(FORMATS.values())
    unknown = sorted(wanted - known)
    if unknown:
        raise UsageError(
            f"there is no format {unknown[0]!r}", hint=f"formats are {', '.join(sorted(known))}"
        )
    return wanted


def read_shard(shard: str) -> tuple[int, int]:
    """A shard as (i, n).

    >>> read_shard("2/8")
    (2, 8)
    """
    matched = re.fullmatch(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})", shard)
    if matched is None or int(matched[1]) > int(matched[2]):
        raise UsageError(
            f"{shard!r} is no shard", hint="give --shard I/N with I from 1 to N, such as 2/8"
        )
    return int(matched[1]), int(matched[2])


def read_code(code: str) -> str:
    """A municipality code as the code table writes it; UsageError unless it is there."""
    from keikaku.normalizers import municipalities

    try:
        return municipalities.by_code(code).code
    except municipalities.UnknownMunicipality as error:
        raise UsageError(
            str(error), hint="give the six digits with check digit, such as 132071 for 昭島市"
        ) from error
