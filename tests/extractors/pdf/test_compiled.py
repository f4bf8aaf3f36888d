"""The compiled steps and their definitions in Python read the same, to the last bit.

Every PDF of the tests is read twice, in two processes: as it is, and as on a machine where keikaku
was installed without a C compiler. `repr` shows each coordinate with all its digits.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from keikaku.extractors.pdf.compiled import IS_COMPILED

from .conftest import FILES, SAMPLES

READ_ALL = """
import hashlib, json, sys
from pathlib import Path

if sys.argv[1] == "python":
    sys.modules["keikaku.extractors.pdf._calls"] = None

from keikaku.extractors.pdf.compiled import IS_COMPILED
from keikaku.extractors.pdf.reader import read_pdf
from keikaku.pipeline.journey import Source, read_document

assert IS_COMPILED == (sys.argv[1] == "compiled")


def read(name):
    data = Path(name).read_bytes()
    try:
        yield repr(read_pdf(data, name="x", document_id="x"))
        yield repr(read_document(Source("x", data)))
    except Exception as error:
        yield f"{type(error).__name__}: {error}"


digests = {
    name: [hashlib.sha256(text.encode()).hexdigest() for text in read(name)]
    for name in sys.argv[2:]
}
print(json.dumps(digests))
"""


def test_the_steps_are_compiled_here() -> None:
    assert IS_COMPILED, "keikaku was installed without its compiled modules: see docs/pdf.md"


@pytest.fixture(scope="module")
def readings() -> dict[str, dict[str, list[str]]]:
    """What each way reads of each file."""
    files = sorted([*FILES.glob("*.pdf"), *SAMPLES.glob("*/*.pdf")])
    runs = {
        way: subprocess.Popen(
            [sys.executable, "-c", READ_ALL, way, *map(str, files)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for way in ("compiled", "python")
    }
    return {way: json.loads(run.communicate()[0]) for way, run in runs.items()}


def test_both_read_the_same(readings: dict[str, dict[str, list[str]]]) -> None:
    compiled, python = readings["compiled"], readings["python"]
    assert len(compiled) > 30
    assert [name for name in compiled if compiled[name] != python[name]] == []
