"""Sources: what is found under a path, and what is passed over with a reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from keikaku.pipeline.errors import UsageError
from keikaku.pipeline.sources import (
    Selection,
    declare_municipality,
    find_sources,
    key_of,
)


def found(folder: Path, **selection: object) -> list[str]:
    sources = find_sources([str(folder)], Selection(**selection))  # type: ignore[arg-type]
    return [file.name for file in sources.files]


def reasons(folder: Path, **selection: object) -> dict[str, str]:
    sources = find_sources([str(folder)], Selection(**selection))  # type: ignore[arg-type]
    return {Path(other.location).name: other.reason for other in sources.passed_over}


def test_documents_are_known_by_extension_or_content(tmp_path: Path) -> None:
    for name in ("a.txt", "b.MD", "c.html", "d.htm", "e.csv", "f.PDF", "readme.txt", "g.json"):
        (tmp_path / name).write_text("x")
    (tmp_path / "download").write_bytes(b"%PDF-1.7")
    (tmp_path / ".hidden.txt").write_text("x")
    (tmp_path / "source.toml").write_text("")
    assert found(tmp_path) == ["a.txt", "b.MD", "c.html", "d.htm", "download", "e.csv", "f.PDF"]
    assert reasons(tmp_path) == {
        ".hidden.txt": "hidden",
        "g.json": "other_extension",
        "readme.txt": "readme",
        "source.toml": "sidecar",
    }
    assert found(tmp_path, formats=frozenset({"pdf"})) == ["download", "f.PDF"]


def test_links_are_followed_only_when_asked(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (inside / "a.txt").write_text("x")
    (outside / "secret.txt").write_text("x")
    (inside / "out.txt").symlink_to(outside / "secret.txt")
    (inside / "again.txt").symlink_to(inside / "a.txt")
    (inside / "nowhere.txt").symlink_to(inside / "gone.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    assert found(inside) == ["a.txt"]
    assert reasons(inside) == {
        "again.txt": "link",
        "folder": "linked_folder",
        "loop": "linked_folder",
        "nowhere.txt": "broken_link",
        "out.txt": "link_leads_out",
    }
    assert found(inside, follow_symlinks=True) == ["a.txt", "again.txt", "secret.txt", "out.txt"]


def test_special_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    os.mkfifo(tmp_path / "pipe.txt")
    assert reasons(tmp_path) == {"pipe.txt": "no_regular_file"}


@pytest.mark.parametrize(
    ("on_disk", "published"),
    [
        ("か\u3099.txt".encode(), "が.txt"),
        (b"\x8f\xba\x93\x87.txt", "\ufffd\ufffd\ufffd\ufffd.txt"),
        (b"a\nb\x1b[31m.txt", "a\nb\x1b[31m.txt"),
        (b"x" * 251 + b".txt", "x" * 251 + ".txt"),
        (b"a..%2f..%2fetc.txt", "a..%2f..%2fetc.txt"),
    ],
)
def test_hostile_names_are_published_as_whole_unicode(
    tmp_path: Path, on_disk: bytes, published: str
) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + on_disk)).write_text("x")
    (file,) = find_sources([str(tmp_path)]).files
    assert file.name == published
    key_of(file.location).encode("utf-8")


def test_sidecar_declares_its_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "が.txt").write_text("x")
    (tmp_path / "source.toml").write_text(
        'municipality_code = "132071"\nlicence = "CC BY 4.0"\nnote = "…"\n'
        '[documents."か\u3099.txt"]\nsource_uri = "https://example.jp/"\n'
        'municipality_code = "131091"\n'
        '[documents."../../etc/passwd"]\ntitle = "x"\n',
        "utf-8",
    )
    declared = {file.name: file.declaration for file in find_sources([str(tmp_path)]).files}
    assert (declared["a.txt"].municipality_code, declared["a.txt"].source_uri) == ("132071", None)
    assert declared["が.txt"].municipality_code == "131091"
    assert declared["が.txt"].source_uri == "https://example.jp/"
    assert declared["が.txt"].licence == "CC BY 4.0"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("municipality_code = 132071", "not a text in quotation marks"),
        ("colour = 'red'", "unknown key 'colour'"),
        ("[documents]\n'a.txt' = 3", "is not written as"),
        ("x = = 1", "Invalid value"),
    ],
)
def test_bad_sidecar_is_named(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "source.toml").write_text(text)
    with pytest.raises(UsageError, match=why):
        find_sources([str(tmp_path)])


def test_command_line_may_not_contradict_a_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "source.toml").write_text('municipality_code = "132071"')
    files = find_sources([str(tmp_path)]).files
    assert declare_municipality(files, "132071") == files
    with pytest.raises(UsageError, match="contradicts"):
        declare_municipality(files, "131091")


@pytest.mark.parametrize("bad", ["missing", "", "folder"])
def test_unusable_paths(tmp_path: Path, bad: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/photo.jpg").write_bytes(b"x")
    with pytest.raises(UsageError):
        find_sources([str(tmp_path / bad) if bad else ""])
