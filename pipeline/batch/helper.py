"""A helper process: reads the jobs that come on standard input, each in a guarded worker.

A Dask worker is a daemon and may not have worker processes of its own, but it may start a program.
So each of its threads talks to one helper, and limits, second readings and reasons are the same on
a cluster as on one machine. The helper ends when its standard input does.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from typing import IO, TYPE_CHECKING

from keikaku.pipeline.batch.jobs import Job, Outcome, Reader
from keikaku.pipeline.batch.workers import Limits, Unread, read_all
from keikaku.pipeline.version import software_version

if TYPE_CHECKING:
    from collections.abc import Iterator

_of_thread = threading.local()


class HelperDied(RuntimeError):
    """The helper itself ended: not the document's fault, the job is to be given out again."""


class OtherVersion(RuntimeError):
    """This worker has another keikaku than the one that asks: rows of two versions never mix."""


def read_in_helper(job: Job, reader: Reader, limits: Limits, version: str) -> Outcome | Unread:
    """Read a job in the helper of this thread, for a keikaku of that version."""
    if software_version() != version:
        raise OtherVersion(f"keikaku {software_version()} there, {version} here")
    helper = _helper(reader, limits)
    assert helper.stdin is not None
    assert helper.stdout is not None
    try:
        _send(job, helper.stdin)
        answer: Outcome | Unread = pickle.load(helper.stdout)
    except (BrokenPipeError, EOFError) as error:
        del _of_thread.helper
        helper.kill()
        helper.wait()
        raise HelperDied("the helper process ended") from error
    return answer


def _helper(reader: Reader, limits: Limits) -> subprocess.Popen[bytes]:
    """The running helper of this thread for this reader and these limits."""
    kept = getattr(_of_thread, "helper", None)
    if kept is not None and kept[0] == (reader, limits):
        helper: subprocess.Popen[bytes] = kept[1]
        return helper
    if kept is not None:
        kept[1].stdin.close()
        kept[1].wait()
    helper = subprocess.Popen(
        [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert helper.stdin is not None
    _send((sys.path, reader.__module__, reader.__qualname__, limits), helper.stdin)
    _of_thread.helper = ((reader, limits), helper)
    return helper


def _send(message: object, stream: IO[bytes]) -> None:
    pickle.dump(message, stream)
    stream.flush()


def main() -> None:
    """Serve until standard input ends."""
    import importlib

    sys.path[:], module, name, limits = pickle.load(sys.stdin.buffer)
    reader = getattr(importlib.import_module(module), name)
    answers = read_all(_jobs(sys.stdin.buffer), reader, workers=1, limits=limits)
    for answer in answers:
        _send(answer, sys.stdout.buffer)


def _jobs(stream: IO[bytes]) -> Iterator[Job]:
    while True:
        try:
            yield pickle.load(stream)
        except EOFError:
            return


if __name__ == "__main__":
    main()
