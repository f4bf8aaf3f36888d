"""The house stands: what is installed equals what is on disk, and imports keep their direction.

An unlisted package works in an editable install and is missing from the wheel; a bare
``import pipeline`` loads a second copy whose classes are strangers to the first. Both are silent,
so both are tested here. These tests read the source tree and do not run against the wheel.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parents[1]
HOUSE = ("extractors", "normalizers", "pipeline")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def folders_on_disk() -> set[str]:
    """Every folder of the house that holds modules, vocabulary or municipalities."""
    found = {"keikaku"}
    for top in HOUSE:
        for path in (ROOT / top).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                found.add(".".join(("keikaku", *path.parent.relative_to(ROOT).parts)))
    return found


def run_tool(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], capture_output=True, text=True, cwd=ROOT, check=False
    )


def test_the_package_list_equals_the_folders_on_disk() -> None:
    assert set(PYPROJECT["tool"]["setuptools"]["packages"]) == folders_on_disk()


def sources_in_c() -> set[str]:
    """What the compiled modules are made of."""
    modules = PYPROJECT["tool"]["setuptools"]["ext-modules"]
    return {path for module in modules for path in [*module["sources"], *module["depends"]]}


def is_built(path: Path) -> bool:
    """A compiled module that an editable install laid beside its source."""
    name = ".".join(("keikaku", *path.relative_to(ROOT).with_name(path.name.split(".")[0]).parts))
    modules = PYPROJECT["tool"]["setuptools"]["ext-modules"]
    is_library = path.name.endswith(tuple(EXTENSION_SUFFIXES))
    return is_library and name in {module["name"] for module in modules}


def test_every_source_in_c_is_there_and_has_its_types() -> None:
    assert sorted(path for path in sources_in_c() if not (ROOT / path).is_file()) == []
    for module in PYPROJECT["tool"]["setuptools"]["ext-modules"]:
        stub = ROOT.joinpath(*module["name"].split(".")[1:]).with_suffix(".pyi")
        assert stub.is_file()


def test_every_data_file_is_packaged() -> None:
    patterns = PYPROJECT["tool"]["setuptools"]["package-data"]
    lost = [
        str(path.relative_to(ROOT))
        for top in HOUSE
        for path in (ROOT / top).rglob("*")
        if path.is_file()
        and path.suffix not in {".py", ".pyc"}
        and not path.name.startswith(".")
        and str(path.relative_to(ROOT)) not in sources_in_c()
        and not is_built(path)
        and not any(
            path.match(pattern)
            for pattern in patterns.get(
                ".".join(("keikaku", *path.parent.relative_to(ROOT).parts)), []
            )
        )
    ]
    assert lost == []


def library_name(requirement: str) -> str:
    """`Camelot_py[base]>=2,<3` is camelot-py."""
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def pinned_names(lock: str) -> set[str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {library_name(line) for line in lines if "==" in line}


@pytest.mark.parametrize(
    ("lock", "groups"),
    [("requirements.lock", ["build"]), ("requirements-dev.lock", ["build", "dev"])],
)
def test_every_library_is_pinned(lock: str, groups: list[str]) -> None:
    wanted = list(PYPROJECT["project"]["dependencies"])
    for group in groups:
        wanted += PYPROJECT["dependency-groups"][group]
    lost = {library_name(requirement) for requirement in wanted} - pinned_names(lock)
    assert lost == set(), "run: make lock"


def test_every_pin_has_hashes() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        pins = re.split(r"\n(?=[a-z0-9])", text.partition("\n")[2])
        bare = [pin for pin in pins if "==" in pin and "--hash=sha256:" not in pin]
        assert bare == []


def test_the_root_package_has_no_modules_of_its_own() -> None:
    """The root is the package `keikaku`: a stray module there would ship under that name."""
    assert {path.name for path in ROOT.glob("*.py")} == {"__init__.py"}


@pytest.mark.parametrize("package", HOUSE)
def test_a_bare_import_is_banned(package: str, tmp_path: Path) -> None:
    offender = tmp_path / "offender.py"
    offender.write_text(f"from {package} import anything\n", encoding="utf-8")
    config = str(ROOT / "pyproject.toml")
    result = run_tool("ruff", "check", "--config", config, "--select", "TID251", str(offender))
    assert result.returncode == 1, result.stdout + result.stderr
    assert "TID251" in result.stdout


def test_a_keikaku_import_is_not_banned(tmp_path: Path) -> None:
    innocent = tmp_path / "innocent.py"
    innocent.write_text("from keikaku.pipeline import errors\n", encoding="utf-8")
    config = str(ROOT / "pyproject.toml")
    result = run_tool("ruff", "check", "--config", config, "--select", "TID251", str(innocent))
    assert result.returncode == 0, result.stdout + result.stderr


def imported_names(path: Path) -> set[str]:
    """Every module that a file imports, at its top or inside a function."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


FORBIDDEN = {
    "normalizers": {"keikaku.extractors", "keikaku.pipeline"}
    | {"pandas", "pyarrow", "pdfplumber", "camelot", "pypdfium2"},
    "extractors": {"keikaku.pipeline", "pandas", "pyarrow"},
}


@pytest.mark.parametrize("folder", sorted(FORBIDDEN))
def test_imports_never_go_upward(folder: str) -> None:
    """Beside import-linter: holds for imports inside functions and conditions as well."""
    broken = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / folder).rglob("*.py")
        for name in imported_names(path)
        for banned in FORBIDDEN[folder]
        if name == banned or name.startswith(f"{banned}.")
    }
    assert broken == set()


def test_import_linter_guards_the_same_borders() -> None:
    contracts = PYPROJECT["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    assert layers == ["keikaku.pipeline", "keikaku.extractors", "keikaku.normalizers"]
    forbidden = {
        contract["source_modules"][0]: set(contract["forbidden_modules"])
        for contract in contracts
        if contract["type"] == "forbidden"
    }
    assert forbidden["keikaku.normalizers"] >= {"pandas", "pyarrow", "pdfplumber", "camelot"}
    assert forbidden["keikaku.extractors"] >= {"pandas", "pyarrow"}


def test_every_module_opens_with_the_domain() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for top in HOUSE
        for path in (ROOT / top).rglob("*.py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


TEXT = {"type": "string", "minLength": 1}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "properties": {"name": TEXT}, "required": ["name"]},
}
CITATION = {
    "type": "object",
    "required": ["cff-version", "message", "title", "authors"],
    "additionalProperties": False,
    "properties": {
        **dict.fromkeys(("message", "title", "abstract"), TEXT),
        "cff-version": {"const": "1.2.0"},
        "type": {"enum": ["software", "dataset"]},
        "version": {"const": PYPROJECT["project"]["version"]},
        "license": {"const": PYPROJECT["project"]["license"]},
        "authors": AUTHORS,
        "keywords": {"type": "array", "items": TEXT, "uniqueItems": True},
        "references": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "title", "authors"],
                "additionalProperties": False,
                "properties": {
                    "type": {"enum": ["data", "government-document", "report", "software"]},
                    "title": TEXT,
                    "authors": AUTHORS,
                },
            },
        },
    },
}
"""What the Citation File Format 1.2.0 allows, as far as we use it. A work that is cited is `data`;
only the work itself may be a `dataset`."""


def test_the_citation_is_valid() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    checker = jsonschema.validators.validator_for(CITATION)(CITATION)
    assert [error.message for error in checker.iter_errors(yaml.safe_load(text))] == []
