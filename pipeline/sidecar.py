"""The sidecar ``source.toml``: what is declared about the documents of one folder.

Its top level speaks of every document of the folder (municipality_code, licence), its table
``[documents."name"]`` of one (source_uri, title, and again the others). The file and every line of
it may be absent; a key nobody knows is an error, since it is most likely a misspelt one.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.journey import Declaration, Source

SIDECAR = "source.toml"
KEYS = frozenset({"municipality_code", "licence", "source_uri", "title"})


def read_source(path: Path) -> Source:
    """A document's bytes with what the sidecar beside it declares."""
    return Source(path.name, path.read_bytes(), read_declaration(path))


def read_declaration(document: Path) -> Declaration:
    """What the sidecar in the document's folder says of it; an empty Declaration without one."""
    sidecar = document.with_name(SIDECAR)
    if not sidecar.is_file():
        return Declaration()
    declared = _parse(sidecar)
    of_all = {key: value for key, value in declared.items() if key != "documents"}
    of_one = declared.get("documents", {})
    if not isinstance(of_one, dict) or not isinstance(of_one.get(document.name, {}), dict):
        raise _refusal(sidecar, 'documents is not written as [documents."file name"]')
    known = _checked(of_all, sidecar) | _checked(of_one.get(document.name, {}), sidecar)
    return Declaration(
        municipality_code=known.get("municipality_code"),
        source_uri=known.get("source_uri"),
        licence=known.get("licence"),
    )


def _parse(sidecar: Path) -> dict[str, object]:
    try:
        return tomllib.loads(sidecar.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _refusal(sidecar, str(error)) from None


def _checked(declared: dict[str, object], sidecar: Path) -> dict[str, str]:
    for key, value in declared.items():
        if key not in KEYS:
            raise _refusal(sidecar, f"unknown key {key!r}")
        if not isinstance(value, str):
            raise _refusal(sidecar, f"{key} is {value!r}, not a text in quotation marks")
    return {key: value for key, value in declared.items() if isinstance(value, str)}


def _refusal(sidecar: Path, reason: str) -> UsageError:
    hint = f"correct it; known keys: {', '.join(sorted(KEYS))}, each with a text"
    return UsageError(f"{sidecar}: {reason}", hint=hint)
