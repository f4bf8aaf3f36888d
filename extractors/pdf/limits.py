"""How much of a PDF is read: bounds that keep a hostile or damaged file from stopping a run.

A management sheet (管理シート) has 5 to 40 pages with about 1,000 characters each; the bounds leave
room for a whole plan of several hundred pages.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from keikaku.extractors.pdf.errors import TooLarge


@dataclass(frozen=True, slots=True)
class PdfLimits:
    """`max_objects` and `max_characters` hold for one page, the others for the whole file."""

    max_pages: int = 2_000
    max_seconds: float = 120.0
    max_characters: int = 100_000
    max_objects: int = 200_000


class Watch:
    """Counts the seconds of one document; `check` raises TooLarge when they are over.

    They are seconds of the processor: what is read of a page must not depend on how busy the
    machine is.
    """

    def __init__(self, limits: PdfLimits) -> None:
        self.limits = limits
        self._end = time.process_time() + limits.max_seconds

    @property
    def is_late(self) -> bool:
        """Half of the time is gone: nothing that takes long is begun any more."""
        return time.process_time() > self._end - self.limits.max_seconds / 2

    def check(self, page_number: int) -> None:
        """Called before each page."""
        if time.process_time() > self._end:
            raise TooLarge(
                f"Page {page_number} was not reached within {self.limits.max_seconds:g} seconds.",
                "Split the file, or raise max_seconds if it is to be trusted.",
            )
