"""Reading on a Dask cluster: the same jobs, the same outcomes, on many machines.

Only places and packed rows travel. A worker that is lost gives its documents back to the scheduler;
a document that takes its worker down again and again is quarantined like one that crashes here.
"""

from __future__ import annotations

import itertools
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING

from keikaku.pipeline.batch.helper import HelperDied, read_in_helper
from keikaku.pipeline.batch.jobs import Job, Outcome, Reader, Refusal, quarantined
from keikaku.pipeline.batch.workers import Limits, Unread
from keikaku.pipeline.errors import KeikakuError, UsageError
from keikaku.pipeline.version import software_version

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from distributed import Client

_TRIES = 5
_IN_FLIGHT_PER_THREAD = 3
_SECONDS_TO_CONNECT = 20


class ClusterUnfit(KeikakuError):
    """The workers cannot read documents at all, or would read them with another version."""

    exit_code = 3


class SchedulerLost(KeikakuError):
    """The scheduler went away while documents were being read."""

    exit_code = 3


def read_on_dask(
    address: str, jobs: Iterable[Job], reader: Reader, limits: Limits
) -> Generator[Outcome | Unread, None, None]:
    """Read jobs on the cluster whose scheduler is at `address`; SchedulerLost when it goes away."""
    client = _connect(address)
    try:
        with client:
            yield from _read(client, iter(jobs), reader, limits)
    except (OSError, CancelledError) as error:  # time-outs and broken lines are OSErrors too
        raise SchedulerLost(
            f"the Dask scheduler at {address} went away",
            hint="start it again and run the same command: what was read is kept",
        ) from error


def _read(
    client: Client, waiting: Iterator[Job], reader: Reader, limits: Limits
) -> Iterator[Outcome | Unread]:
    from distributed import as_completed

    running = as_completed(raise_errors=False)  # type: ignore[no-untyped-call]  # distributed types itself in part
    of_future: dict[object, Job] = {}
    while True:
        threads = max(1, sum(client.nthreads().values()))  # type: ignore[no-untyped-call]
        room = threads * _IN_FLIGHT_PER_THREAD - len(of_future)
        for job in itertools.islice(waiting, max(0, room)):
            future = client.submit(
                read_in_helper, job, reader, limits, software_version(), pure=False, retries=_TRIES
            )
            of_future[future.key] = job
            running.add(future)  # type: ignore[no-untyped-call]
        if not of_future:
            return
        finished = next(running)
        job = of_future.pop(finished.key)
        if finished.status == "error":
            yield _lost(job, finished.exception())
        else:
            yield finished.result()  # CancelledError when the scheduler has forgotten it


def _lost(job: Job, error: Exception) -> Outcome:
    """What becomes of a document that no worker could read. Another error is not the document's."""
    from distributed import KilledWorker

    if not isinstance(error, KilledWorker | HelperDied):
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise ClusterUnfit(
            f"a Dask worker cannot read documents: {said}",
            hint="install this version of keikaku, with the same libraries, on every worker",
        )
    return quarantined(job, Refusal("crashed", "the reading process died on the cluster"))


def _connect(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            "--scheduler needs Dask", hint="pip install 'keikaku[dask]', here and on every worker"
        ) from error
    try:
        return Client(address, timeout=_SECONDS_TO_CONNECT)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers at {address}: {error}",
            hint="start one with: dask scheduler; its first lines print the address",
        ) from error
