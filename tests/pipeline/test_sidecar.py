"""Sidecars: whole, partial, absent, and wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.journey import Declaration, Source
from keikaku.pipeline.sidecar import read_declaration, read_source

SAMPLES = Path(__file__).parents[2] / "samples"


def declared(folder: Path, toml: str) -> Declaration:
    (folder / "source.toml").write_text(toml, encoding="utf-8")
    return read_declaration(folder / "a.txt")


def test_a_document_without_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("計画".encode())
    assert read_source(tmp_path / "a.txt") == Source("a.txt", "計画".encode(), Declaration())


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ("", Declaration()),
        ('municipality_code = "132071"', Declaration("132071")),
        (
            'licence = "CC BY"\n[documents."a.txt"]\nsource_uri = "https://example.org/a"',
            Declaration(None, "https://example.org/a", "CC BY"),
        ),
        ('[documents."b.txt"]\nsource_uri = "https://example.org/b"', Declaration()),
        (
            'municipality_code = "132071"\n[documents."a.txt"]\nmunicipality_code = "131091"',
            Declaration("131091"),
        ),
    ],
)
def test_what_is_declared(tmp_path: Path, toml: str, expected: Declaration) -> None:
    assert declared(tmp_path, toml) == expected


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ('municipalty_code = "132071"', "unknown key 'municipalty_code'"),
        ("municipality_code = 132071", "municipality_code is 132071, not a text"),
        ("municipality_code = ", "source.toml: "),
        ('documents = "a.txt"', "documents is not written as"),
        ('[documents]\n"a.txt" = "x"', "documents is not written as"),
    ],
)
def test_a_wrong_sidecar_is_an_error(tmp_path: Path, toml: str, reason: str) -> None:
    with pytest.raises(UsageError) as refused:
        declared(tmp_path, toml)
    assert reason in refused.value.message
    assert "known keys" in refused.value.hint


def test_the_samples_declare_their_municipality() -> None:
    for folder in SAMPLES.iterdir():
        documents = [path for path in folder.iterdir() if path.name != "source.toml"]
        assert documents
        for document in documents:
            code = read_declaration(document).municipality_code
            assert code == folder.name.partition("_")[0]
