"""The READMEs say what is: the two commands, the columns, every exit code and command."""

from __future__ import annotations

import pkgutil
from pathlib import Path

import generated
import pytest
from keikaku.pipeline import cli

ROOT = Path(__file__).parents[1]
READMES = generated.READMES


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_tables_of_columns_are_as_generated(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    assert text == generated.with_columns(text), "run: make generated"


def test_the_dictionary_is_as_generated() -> None:
    text = generated.DICTIONARY.read_text(encoding="utf-8")
    assert text == generated.dictionary_markdown(), "run: make generated"


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_examples_print_what_the_readme_shows(readme: Path, ingested_samples: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    assert len(generated.EXAMPLE.findall(text)) == 3
    assert text == generated.with_output(text, ingested_samples), "run: make generated"


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_the_readme_shows_the_commands(readme: Path) -> None:
    text = readme.read_text(encoding="utf-8")
    commands = [module.name.replace("_", "-") for module in pkgutil.iter_modules(cli.__path__)]
    wanted = ["make ingest", "make test", *(f"`keikaku {command}" for command in commands)]
    assert [command for command in wanted if command not in text] == []


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
@pytest.mark.parametrize("code", [0, 1, 2, 3, cli.EXIT_INTERRUPTED, cli.EXIT_PIPE_CLOSED])
def test_the_readme_documents_the_exit_code(readme: Path, code: int) -> None:
    assert f"\n| {code} | " in readme.read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_local_links_lead_somewhere(readme: Path) -> None:
    import re

    links = re.findall(r"\]\(([^)#:]+)\)", readme.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
