"""A class that is `@quickly_made` gives what it gave before, the errors of a wrong call too."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, InitVar, dataclass, field, replace
from typing import Any, NamedTuple

import pytest
from keikaku.normalizers.quickly_made import IS_COMPILED, quickly_made


def figure() -> type:
    """A dataclass as the records are."""

    @dataclass(frozen=True, slots=True)
    class Figure:
        value: float | None
        unit: str
        raw: str = ""
        flags: tuple[str, ...] = ()

    return Figure


def row() -> type:
    """A dataclass all of whose fields are given by name."""

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Row:
        page: int
        indicator: str
        year: int | None = None

    return Row


def cell() -> type:
    """A dataclass that gathers a field of its own, and has one that a factory fills."""

    @dataclass(frozen=True, slots=True)
    class Cell:
        blocks: tuple[str, ...]
        heads: dict[str, int] = field(default_factory=lambda: {"目標": 1})
        lines: tuple[str, ...] = field(init=False, repr=True)

        def __post_init__(self) -> None:
            if not all(self.blocks):
                raise TypeError("a block without words")
            object.__setattr__(self, "lines", self.blocks * 2)

    return Cell


def words() -> type:
    """A NamedTuple as the lines are."""

    class Words(NamedTuple):
        text: str
        place: tuple[int, int]
        is_item: bool = False

    return Words


PLAIN: dict[str, Any] = {make.__name__: make() for make in (figure, row, cell, words)}
QUICK: dict[str, Any] = {make.__name__: quickly_made(make()) for make in (figure, row, cell, words)}


def outcome(kind: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> str:
    """The record, or the error, as it is shown."""
    try:
        return repr(kind(*arguments, **named))
    except TypeError as error:
        return f"TypeError: {error}"


def test_records_are_filled_in_one_step_here() -> None:
    assert IS_COMPILED, "keikaku was installed without its compiled modules: see docs/pdf.md"


@pytest.mark.parametrize(
    ("name", "arguments", "named"),
    [
        ("figure", (74.0, "人"), {}),
        ("figure", (None, "人", "―", ("dash",)), {}),
        ("figure", (74.0,), {"flags": ("a",), "unit": "人"}),
        ("figure", (), {"".join(("un", "it")): "人", "value": 1.0}),
        ("figure", (74.0,), {}),
        ("figure", (74.0, "人", "", (), 5), {}),
        ("figure", (74.0, "人"), {"unit": "名"}),
        ("figure", (74.0, "人"), {"colour": "red"}),
        ("row", (), {"page": 1, "indicator": "施設入所者"}),
        ("row", (), {"year": 2023, "indicator": "施設入所者", "page": 1}),
        ("row", (1,), {"indicator": "施設入所者"}),
        ("row", (), {"page": 1}),
        ("cell", (("目標",),), {}),
        ("cell", (("目標",), {}), {}),
        ("cell", (), {"heads": {"実績": 2}, "blocks": ()}),
        ("cell", (("目標", ""),), {}),
        ("cell", (("目標",),), {"lines": ()}),
        ("words", ("評価", (1, 2)), {}),
        ("words", ("評価",), {"is_item": True, "place": (1, 2)}),
        ("words", ("評価",), {}),
        ("words", ("評価", (1, 2), True, None), {}),
        ("words", ("評価", (1, 2)), {"text": "改善"}),
    ],
)
def test_each_call_gives_what_it_gave(
    name: str, arguments: tuple[Any, ...], named: dict[str, Any]
) -> None:
    assert outcome(QUICK[name], arguments, named) == outcome(PLAIN[name], arguments, named)


def test_the_class_stays_what_it_is() -> None:
    printed = QUICK["figure"](74.0, "人")
    assert replace(printed, raw="74人") == QUICK["figure"](74.0, "人", "74人")
    assert hash(printed) == hash(PLAIN["figure"](74.0, "人"))
    assert copy.copy(printed) == printed
    with pytest.raises(FrozenInstanceError):
        printed.value = 75.0
    told = QUICK["words"]("評価", (1, 2))
    assert (told, told._replace(text="改善").text) == (("評価", (1, 2), False), "改善")


def test_records_are_pickled() -> None:
    from keikaku.extractors.document import Line, Span
    from keikaku.extractors.entries import Label

    label = Label("施設入所者", ("施設入所者",), Span(0, 5))
    line = Line("施設入所者", Span(page=1, bbox=(0.0, 1.0, 2.0, 3.0)))
    assert pickle.loads(pickle.dumps((label, line))) == (label, line)


def test_a_class_below_makes_its_own() -> None:
    class Marked(QUICK["words"]):  # type: ignore[misc]
        def __new__(cls, text: str) -> Any:
            return super().__new__(cls, f"・{text}", (0, 0))

    assert Marked("評価") == ("・評価", (0, 0), False)


@dataclass(frozen=True)
class Open:
    """Has no slots."""

    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """A call gives more than it keeps."""

    text: str
    source: InitVar[str]

    def __post_init__(self, source: str) -> None:
        assert source


@dataclass(frozen=True, slots=True)
class Counted:
    """No call gives a field that has a default."""

    text: str
    count: int = field(init=False, default=1)


@pytest.mark.parametrize("kind", [Open, Told, Counted])
def test_what_is_filled_otherwise_is_refused(kind: type) -> None:
    with pytest.raises(TypeError, match="in more ways"):
        quickly_made(kind)
