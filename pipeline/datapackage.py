"""Data Package, Croissant and the data dictionary: all from the one definition of the columns.

`datapackage.json` is a Frictionless Data Package v2, `croissant.json` the metadata that dataset
search reads (MLCommons Croissant 1.0), `data_dictionary.ja.md` and `.en.md` the same for people.
No time of writing stands in them: the same tables give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from keikaku.pipeline.columns import SCHEMA_VERSION, Column, columns_of
from keikaku.pipeline.dictionary import Language, tables_markdown
from keikaku.pipeline.records import TABLES

DESCRIPTOR = "datapackage.json"
NAME = "keikaku"
TITLE = "障害福祉計画・障害児福祉計画の目標管理シート / Goal-management sheets of Japanese municipalities"
DESCRIPTION = (
    "Targets, projections, results and evaluations of municipal disability welfare plans, as typed "
    "records that keep the printed quote and its place. A figure may be compared between "
    "municipalities only where the column `comparable` of the joined view says so; what is not "
    "printed is not zero; findings list where a sheet contradicts itself."
)
CITE_AS = (
    "keikaku: goal-management sheets of Japanese municipalities as typed, traceable records, schema "
    f"{SCHEMA_VERSION}; for every figure the municipality's own document, page and quote"
)
TABLE_TITLES = {
    "documents": ("Source files, ingested or quarantined.", "原資料（取り込み・隔離）"),
    "observations": ("One row a printed figure or reported status.", "数値・状態（1行1数値）"),
    "narratives": ("One row a paragraph or list item of prose.", "本文（1行1段落・箇条）"),
    "findings": ("One row a contradiction or doubt.", "指摘（矛盾・疑義）"),
}
FRICTIONLESS_TYPES = {
    "string": "string", "int": "integer", "double": "number", "bool": "boolean", "date": "date",
    "list<string>": "array", "list<double>": "array",
}  # fmt: skip
CROISSANT_TYPES = {
    "string": "sc:Text", "int": "sc:Integer", "double": "sc:Float", "bool": "sc:Boolean",
    "date": "sc:Date", "list<string>": "sc:Text", "list<double>": "sc:Float",
}  # fmt: skip
KEYS_OF_OTHERS = {"document_id": "documents"}
PARQUET = "application/vnd.apache.parquet"
CROISSANT_CONTEXT = {
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column",
    "conformsTo": "dct:conformsTo", "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"}, "dataBiases": "cr:dataBiases",
    "dataCollection": "cr:dataCollection", "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/", "extract": "cr:extract", "field": "cr:field",
    "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject", "fileSet": "cr:fileSet",
    "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField",
    "path": "cr:path", "personalSensitiveInformation": "cr:personalSensitiveInformation",
    "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex",
    "repeated": "cr:repeated", "replace": "cr:replace", "sc": "https://schema.org/",
    "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField",
    "transform": "cr:transform", "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/", "samplingRate": "cr:samplingRate",
    "equivalentProperty": "cr:equivalentProperty",
}  # fmt: skip


def write_descriptions(folder: Path) -> tuple[Path, ...]:
    """Write the four files beside the tables; returns their paths."""
    contents = {
        DESCRIPTOR: _as_json(data_package(folder)),
        "croissant.json": _as_json(croissant(folder)),
        "data_dictionary.ja.md": tables_markdown(Language.JAPANESE, level=1),
        "data_dictionary.en.md": tables_markdown(Language.ENGLISH, level=1),
    }
    for name, content in contents.items():
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
    return tuple(folder / name for name in contents)


def package_bytes(files: Mapping[str, Sequence[str]]) -> bytes:
    """datapackage.json as it lies beside the tables; `files` by table, as paths from there."""
    return _as_json(_package(files)).encode()


def data_package(folder: Path) -> dict[str, Any]:
    """The descriptor of the tables in a folder (Data Package v2)."""
    return _package({name: _files(folder, name) for name in TABLES})


def _package(files: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": NAME,
        "title": TITLE,
        "description": DESCRIPTION,
        "version": SCHEMA_VERSION,
        "keywords": ["障害福祉計画", "障害児福祉計画", "PDCA", "municipality", "Japan"],
        "resources": [_resource(name, files[name]) for name in TABLES if files[name]],
    }


def croissant(folder: Path) -> dict[str, Any]:
    """The same tables for dataset search (Croissant 1.0)."""
    sets = [_croissant_set(name) for name in TABLES if _files(folder, name)]
    return {
        "@context": CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": NAME,
        "description": DESCRIPTION,
        "citeAs": CITE_AS,
        "version": SCHEMA_VERSION,
        "distribution": sets,
        "recordSet": [_croissant_records(name) for name in TABLES if _files(folder, name)],
    }


def _resource(name: str, files: Sequence[str]) -> dict[str, Any]:
    return {
        "name": name,
        "title": TABLE_TITLES[name][1],
        "description": TABLE_TITLES[name][0],
        "path": list(files),
        "format": "parquet",
        "mediatype": PARQUET,
        "schema": _schema(name),
    }


def _schema(name: str) -> dict[str, Any]:
    columns = columns_of(TABLES[name])
    schema: dict[str, Any] = {
        "fields": [_field(column_name, column) for column_name, column in columns.items()],
        "primaryKey": [column_name for column_name, column in columns.items() if column.key],
    }
    foreign = [
        {"fields": [own], "reference": {"resource": other, "fields": [own]}}
        for own, other in KEYS_OF_OTHERS.items()
        if own in columns and other != name
    ]
    return schema | ({"foreignKeys": foreign} if foreign else {})


def _field(name: str, column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.enum:
        constraints["enum"] = list(column.enum)
    if column.key:
        constraints |= {"required": True, "unique": True}
    return {
        "name": name,
        "type": FRICTIONLESS_TYPES[column.kind],
        "title": column.japanese,
        "description": column.english,
        **({"constraints": constraints} if constraints else {}),
    }


def _croissant_set(name: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{name}-files",
        "name": f"{name}-files",
        "encodingFormat": "application/x-parquet",
        "includes": f"{name}/*.parquet",
    }


def _croissant_records(name: str) -> dict[str, Any]:
    columns = columns_of(TABLES[name])
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": TABLE_TITLES[name][0],
        "key": [{"@id": f"{name}/{own}"} for own, column in columns.items() if column.key],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{own}",
                "name": own,
                "description": column.english,
                "dataType": CROISSANT_TYPES[column.kind],
                "repeated": column.kind.startswith("list"),
                "source": {"fileSet": {"@id": f"{name}-files"}, "extract": {"column": own}},
            }
            for own, column in columns.items()
        ],
    }


def _files(folder: Path, name: str) -> list[str]:
    """Parquet files of a table, as paths below the folder."""
    found = sorted((folder / name).rglob("*.parquet"))
    return [path.relative_to(folder).as_posix() for path in found]


def _as_json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
