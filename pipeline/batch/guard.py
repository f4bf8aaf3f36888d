"""A guarded worker: one process that reads one document after the other, under limits.

It is forked from a server that has the reader loaded, so a new one is ready within milliseconds. It
has a pipe of its own and shares no lock with anybody: whatever happens to it, happens to it alone.
"""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from keikaku.pipeline.batch.jobs import Job, Outcome, Reader, Refusal, read_job

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess

GIB = 1 << 30
_LEAST_ROOM = 64 << 20
_PR_SET_PDEATHSIG = 1
_READY = "ready"
_FOREVER = float("inf")


PATIENCE = 5
"""A document that waits (for a slow disk, a busy machine) has so many times its seconds by the clock.
What is read must not depend on how much else the machine does."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: seconds of the processor, bytes of private memory."""

    max_seconds: float = 60.0
    max_memory: int = GIB


@dataclass(frozen=True, slots=True)
class Unread:
    """A document whose file could not be read at all now; nothing is committed of it."""

    job: Job
    reason: str


@dataclass(frozen=True, slots=True)
class Death:
    """The worker ended before it had read its document; `signal` or exit code in words."""

    cause: str


Answer = Outcome | Unread | Refusal | Death
"""What came of a job in one process. A Refusal here is of the reader as it ran, not of the sheet."""

MEMORY_LIMIT, TIME_LIMIT = "memory_limit", "time_limit"


@dataclass(slots=True)
class Worker:
    """A running worker as its parent sees it."""

    process: ForkServerProcess
    connection: Connection
    limits: Limits
    job: Job | None = None
    is_ready: bool = False
    tasks: int = 0
    deadline: float = _FOREVER
    given_at: float = 0.0
    spent_before: float = 0.0

    @property
    def is_idle(self) -> bool:
        """Whether it waits for a job."""
        return self.is_ready and self.job is None

    def give(self, job: Job) -> None:
        """Hand it a document; a worker that died meanwhile is found dead by the next look."""
        self.job, self.given_at = job, time.monotonic()
        self.deadline = self.given_at + self.limits.max_seconds
        self.spent_before = _processor_seconds(self.process.pid)
        self.tasks += 1
        try:
            self.connection.send(job)
        except BrokenPipeError:
            return

    def take(self) -> Answer | None:
        """What it has to say, when its pipe stirs or its time is over; None when it got ready."""
        try:
            if not self.connection.poll():
                return self._overdue()
            said: Answer | str = self.connection.recv()
        except (EOFError, OSError):
            self.process.join()
            return Death(_cause(self.process.exitcode))
        if isinstance(said, str):
            self.is_ready = True
            return None
        self.job, self.deadline = None, _FOREVER
        return said

    def _overdue(self) -> Answer | None:
        now, limit = time.monotonic(), self.limits.max_seconds
        if now < self.deadline:
            return None
        spent = _processor_seconds(self.process.pid) - self.spent_before
        longest = self.given_at + PATIENCE * limit
        if spent >= limit or now >= longest:
            return Refusal(TIME_LIMIT, f"not read within {limit:g} seconds")
        self.deadline = min(now + limit - spent, longest)
        return None

    def end(self) -> None:
        """End it, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.connection.close()


def start_worker(reader: Reader, limits: Limits) -> Worker:
    """Start a worker. Mathematical libraries get one thread there: their buffers would count."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "pyarrow", reader.__module__])
    ours, its = context.Pipe()
    process = context.Process(
        target=_serve, args=(its, reader, limits.max_memory, dict(os.environ)), daemon=True
    )
    _start_fork_server()
    process.start()
    its.close()
    return Worker(process, ours, limits)


def _start_fork_server() -> None:
    """Start the server that workers are forked from, deaf to Ctrl-C from the first moment.

    By itself it ignores the keys only when it has loaded the reader, and would end before that with
    a traceback on the terminal. This process hears them as ever. (The resource tracker, which is
    started with the server, lets the signal through again: so it goes first.)
    """
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    connection: Connection, reader: Reader, max_memory: int, environment: Mapping[str, str]
) -> None:
    """The worker's life: read what comes, until the parent hangs up."""
    _guard_this_process(max_memory, environment)
    with suppress(EOFError, ConnectionError):
        connection.send(_READY)
        while True:
            job: Job = connection.recv()
            connection.send(_attempt(job, reader, max_memory))


def _attempt(job: Job, reader: Reader, max_memory: int) -> Answer:
    """Read a job. No exception leaves this process: not every one survives being pickled."""
    try:
        return read_job(job, reader)
    except MemoryError:
        return Refusal(MEMORY_LIMIT, f"reading it needs more than {max_memory >> 20} MiB of memory")
    except RecursionError:
        return Refusal("too_deep", "its parts are nested too deeply")
    except OSError as error:
        return Unread(job, error.strerror or type(error).__name__)
    except Exception as error:  # noqa: BLE001 - a defect of the reader: published with its name
        return Refusal("internal_error", f"{type(error).__name__}: {error}"[:500])


def _guard_this_process(max_memory: int, environment: Mapping[str, str]) -> None:
    """Set up a worker: memory limit, no reaction to Ctrl-C, death with its parent.

    Its environment is the parent's of now, not that of the moment when the fork server started.
    """
    os.environ.update(environment)
    logging.getLogger().addHandler(logging.NullHandler())  # pdfminer tells of each odd object
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = max(max_memory, _data_size() + _LEAST_ROOM)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _processor_seconds(process_id: int | None) -> float:
    """Seconds of the processor that a process has used; where nobody tells, those of the clock."""
    try:
        stat = Path(f"/proc/{process_id}/stat").read_text("ascii", "replace")
    except OSError:
        return time.monotonic()
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _data_size() -> int:
    """Bytes of private writable memory that this process has mapped already."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - no path object
            return int(statm.read().split()[5]) * resource.getpagesize()
    except FileNotFoundError:
        return 0


def _cause(exit_code: int | None) -> str:
    """An exit code in words.

    >>> _cause(-11), _cause(3)
    ('SIGSEGV', 'exit code 3')
    """
    if exit_code is not None and exit_code < 0:
        return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"
