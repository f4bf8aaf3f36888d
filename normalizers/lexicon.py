"""Spellings and their meanings: the tables in `vocabulary/`, checked when they are loaded.

A table is a TOML file of sections; in each, a meaning and the ways it is printed::

    [units]
    "か所" = ["ヶ所", "箇所"]

A spelling that means two things in one section, an empty spelling, or one that is printed in a
form that no folded text can have, is an error of the table and stops the program at once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files


class BrokenVocabulary(Exception):
    """A vocabulary file contradicts itself."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way (`printed`, folded) in which `meaning` is written."""

    printed: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The spellings of one section, each once."""

    name: str
    spellings: tuple[Spelling, ...]

    def __iter__(self) -> Iterator[Spelling]:
        """All spellings in the table's order."""
        return iter(self.spellings)

    def pattern(self) -> str:
        """A regular expression of all spellings, the longest first."""
        return alternatives(spelling.printed for spelling in self.spellings)

    def reader(self) -> Callable[[str], str | None]:
        """The function from a folded spelling to its meaning, or None."""
        return {spelling.printed: spelling.meaning for spelling in self.spellings}.get


def alternatives(words: Iterable[str]) -> str:
    """A regular expression that matches any of `words`, the longest first."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered)


def load_lexicon(file_name: str, section: str, fold: Callable[[str], str]) -> Lexicon:
    """Read one section of ``vocabulary/<file_name>``; `fold` brings spellings to matching form."""
    table = tomllib.loads(read_vocabulary(file_name))[section]
    spellings = tuple(_spellings(table, fold))
    _check_distinct(f"{file_name}[{section}]", spellings)
    return Lexicon(section, spellings)


def load_words(file_name: str, key: str, fold: Callable[[str], str]) -> tuple[str, ...]:
    """Read one plain list of words of ``vocabulary/<file_name>``, folded."""
    words = tuple(fold(word) for word in tomllib.loads(read_vocabulary(file_name))[key])
    if len(set(words)) != len(words) or not all(words):
        raise BrokenVocabulary(f"{file_name}: {key} holds an empty or a repeated word")
    return words


def read_vocabulary(file_name: str) -> str:
    """The text of one vocabulary file."""
    return (files("keikaku.normalizers") / "vocabulary" / file_name).read_text(encoding="utf-8")


def _spellings(table: dict[str, list[str]], fold: Callable[[str], str]) -> Iterator[Spelling]:
    for meaning, printed_forms in table.items():
        folded = dict.fromkeys(fold(printed) for printed in printed_forms)
        yield from (Spelling(printed, meaning) for printed in folded)


def _check_distinct(name: str, spellings: tuple[Spelling, ...]) -> None:
    seen: dict[str, str] = {}
    for spelling in spellings:
        if not spelling.printed:
            raise BrokenVocabulary(f"{name}: {spelling.meaning} has an empty spelling")
        other = seen.setdefault(spelling.printed, spelling.meaning)
        if other != spelling.meaning:
            raise BrokenVocabulary(
                f"{name}: {spelling.printed} means {other} and {spelling.meaning}"
            )
