"""The data dictionary as Markdown, from the one definition of the columns in `records`."""

from __future__ import annotations

from enum import StrEnum

from keikaku.pipeline.columns import SCHEMA_VERSION, Column, columns_of
from keikaku.pipeline.records import TABLES


class Language(StrEnum):
    """In which language a column is explained."""

    ENGLISH = "en"
    JAPANESE = "ja"


HEADS = {
    Language.ENGLISH: ("column", "type", "meaning"),
    Language.JAPANESE: ("列", "型", "意味"),
}
ONE_OF = {Language.ENGLISH: "One of", Language.JAPANESE: "値は"}
KEY = {Language.ENGLISH: "key", Language.JAPANESE: "主キー"}
INTRODUCTION = {
    Language.ENGLISH: (
        "What the tables in this folder hold, schema version {version}. This file is generated from "
        "the definition of the columns (`make generated`); everything else in this folder is "
        "written by `keikaku ingest` and not kept in the repository."
    ),
    Language.JAPANESE: (
        "このフォルダに書き出される表の各列の意味（スキーマ版 {version}）。このファイルは列の定義から"
        "自動生成される（`make generated`）。ほかのファイルは `keikaku ingest` が書き出すもので、"
        "リポジトリには含めない。"
    ),
}


def tables_markdown(language: Language, level: int = 3) -> str:
    """Every table's columns, each table under a heading of the given level."""
    parts = []
    for table, record_type in TABLES.items():
        parts += [f"{'#' * level} {table}", "", _row(HEADS[language]), _row(("---",) * 3)]
        parts += [
            _row((f"`{name}`", _type(column, language), _meaning(column, language)))
            for name, column in columns_of(record_type).items()
        ]
        parts.append("")
    return "\n".join(parts)


def dictionary_markdown() -> str:
    """The whole dictionary, Japanese after English, as it stands in ``output/README.md``."""
    titles = {Language.ENGLISH: "Data dictionary", Language.JAPANESE: "データ辞書"}
    parts = []
    for language in Language:
        introduction = INTRODUCTION[language].format(version=SCHEMA_VERSION)
        parts += [f"# {titles[language]}", "", introduction, ""]
        parts.append(tables_markdown(language, level=2))
    return "\n".join(parts)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _type(column: Column, language: Language) -> str:
    return f"{column.kind}, {KEY[language]}" if column.key else column.kind


def _meaning(column: Column, language: Language) -> str:
    sentence = column.english if language is Language.ENGLISH else column.japanese
    if not column.enum:
        return sentence
    return f"{sentence} {ONE_OF[language]}: {', '.join(f'`{value}`' for value in column.enum)}."
