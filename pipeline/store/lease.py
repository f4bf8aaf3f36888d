"""The lease of a remote output: one run at a time writes there, and a killed run blocks nobody.

An object store has no locks that end with their process. So a run that writes keeps a file
`.keikaku/lease-00000007.json` and changes it every few seconds; whoever finds it changing stays
away, whoever sees it unchanged for a minute takes over. No clocks are compared.

The number is what makes taking over safe with nothing but "create unless it is there": whoever
creates the next number holds the lease, and only one can. The file of the highest number stays when
its run ends (marked as released), so no number is ever given twice. A run that was asleep for a
minute and wakes up finds a higher number before it publishes, and stops.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import logging
import os
import platform
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace

from keikaku.pipeline.errors import KeikakuError
from keikaku.pipeline.store.remote_folder import RemoteFolder

_PREFIX, _SUFFIX = "lease-", ".json"


class OutputBusy(KeikakuError):
    """Another run writes to this output."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two signs of life, and without any until a lease counts as left behind."""

    renewal: float = 10.0
    patience: float = 60.0


PACE = Pace()


@dataclass(frozen=True, slots=True)
class Note:
    """What a lease file says. `beat` counts signs of life."""

    holder: str
    since: str
    token: str
    beat: int = 0
    released: bool = False

    @classmethod
    def of_this_process(cls) -> Note:
        """A new holder."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        return cls(f"process {os.getpid()} on {platform.node()}", now, uuid.uuid4().hex)

    def to_bytes(self) -> bytes:
        """As written."""
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Note:
        """As read; what cannot be read is nobody's living lease, and judged like any other."""
        try:
            return cls(**json.loads(data))
        except (ValueError, TypeError):
            return cls("somebody", "an unknown time", "")


@dataclass(slots=True)
class Lease:
    """A lease held by this process."""

    folder: RemoteFolder
    state_folder: str
    number: int
    note: Note
    pace: Pace
    _ended: threading.Event = field(default_factory=threading.Event)

    def check(self) -> None:
        """Raise OutputBusy when another run took over meanwhile."""
        newest = _newest_number(self.folder, self.state_folder)
        held = self.folder.read(_name(self.state_folder, self.number))
        if newest != self.number or held is None or Note.from_bytes(held).token != self.note.token:
            raise OutputBusy(
                f"another run took over {self.folder.address}: this one gave no sign of life for"
                f" {self.pace.patience:g} seconds",
                hint="run the same command again when the other has ended",
            )

    @contextlib.contextmanager
    def kept_alive(self) -> Iterator[None]:
        """Give signs of life meanwhile; at the end, release."""
        keeper = threading.Thread(target=self._keep_alive, daemon=True)
        keeper.start()
        try:
            yield
        finally:
            self._ended.set()
            keeper.join()
            with contextlib.suppress(OSError):  # it will count as left behind
                self._write(replace(self.note, released=True))

    def _keep_alive(self) -> None:
        while not self._ended.wait(self.pace.renewal):
            self.note = replace(self.note, beat=self.note.beat + 1)
            with contextlib.suppress(OSError):  # the next sign may arrive
                self._write(self.note)

    def _write(self, note: Note) -> None:
        self.folder.write(_name(self.state_folder, self.number), note.to_bytes())


@contextlib.contextmanager
def leased(folder: RemoteFolder, state_folder: str, pace: Pace | None = None) -> Iterator[Lease]:
    """Hold the lease of an output; OutputBusy while another run does."""
    lease = _take(folder, state_folder, pace or PACE)
    with lease.kept_alive():
        yield lease


def _take(folder: RemoteFolder, state_folder: str, pace: Pace) -> Lease:
    note = Note.of_this_process()
    while True:
        newest = _newest_number(folder, state_folder)
        if newest:
            _wait_until_left(folder, _name(state_folder, newest), pace)
        lease = Lease(folder, state_folder, newest + 1, note, pace)
        is_made = folder.create(_name(state_folder, lease.number), note.to_bytes())
        if is_made and _newest_number(folder, state_folder) == lease.number:
            for number in _numbers(folder, state_folder):
                if number < lease.number:
                    folder.remove(_name(state_folder, number))
            return lease


def _wait_until_left(folder: RemoteFolder, name: str, pace: Pace) -> None:
    """Return when the lease is released or left behind; OutputBusy when its holder is alive."""
    seen = folder.read(name)
    if seen is None or Note.from_bytes(seen).released:
        return
    holder = Note.from_bytes(seen)
    logging.getLogger(__name__).warning(
        "%s: waiting up to %g seconds to see whether another run (%s, since %s) is alive",
        folder.address, pace.patience, holder.holder, holder.since,
    )  # fmt: skip
    until = time.monotonic() + pace.patience
    while time.monotonic() < until:
        time.sleep(pace.renewal / 4)
        now = folder.read(name)
        if now is None or Note.from_bytes(now).released:
            return
        if now != seen:
            raise OutputBusy(
                f"another run writes to {folder.address}: {holder.holder}, since {holder.since}",
                hint="run the same command again when it has ended",
            )


def _newest_number(folder: RemoteFolder, state_folder: str) -> int:
    return max(_numbers(folder, state_folder), default=0)


def _numbers(folder: RemoteFolder, state_folder: str) -> tuple[int, ...]:
    return tuple(
        int(digits)
        for name in folder.names(state_folder)
        if name.startswith(_PREFIX)
        and (digits := name.removeprefix(_PREFIX).removesuffix(_SUFFIX)).isdecimal()
    )


def _name(state_folder: str, number: int) -> str:
    return f"{state_folder}/{_PREFIX}{number:08}{_SUFFIX}"
