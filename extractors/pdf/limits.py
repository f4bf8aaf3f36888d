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

    They are seconds of the processor, for this thread: what is read must not depend on how busy the
    machine is. They cannot be more than those of the clock on the wall, which costs far less to ask.
    """

    def __init__(self, limits: PdfLimits) -> None:
        self.limits = limits
        self._started, self._spent_before = time.monotonic(), time.thread_time()

    @property
    def is_late(self) -> bool:
        """Half of the time is gone: nothing that takes long is begun any more."""
        return self._has_spent(self.limits.max_seconds / 2)

    def check(self, page_number: int) -> None:
        """Called before each page."""
        if self._has_spent(self.limits.max_seconds):
            raise TooLarge(
                f"Page {page_number} was not reached within {self.limits.max_seconds:g} seconds.",
                "Split the file, or raise max_seconds if it is to be trusted.",
            )

    def _has_spent(self, seconds: float) -> bool:
        return (
            time.monotonic() - self._started > seconds
            and time.thread_time() - self._spent_before > seconds
        )
