"""The collector of garbage rests while a document is read, and only then."""

from __future__ import annotations

import gc

import pytest
from keikaku.pipeline.collector import collector_at_rest
from keikaku.pipeline.errors import EmptyDocument
from keikaku.pipeline.journey import Source, read_document


def test_the_collector_works_again_after_a_document_that_fails() -> None:
    with pytest.raises(EmptyDocument):
        read_document(Source("empty.txt", b""))
    assert gc.isenabled()


def test_who_had_switched_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with collector_at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
