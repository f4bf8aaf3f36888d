"""The examples in docstrings are true, in the installed package under its own name."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import keikaku
import pytest


def module_names() -> list[str]:
    """Every module of the three folders; the root holds the tests and the samples beside them."""
    tops = ("extractors", "normalizers", "pipeline")
    return [
        found.name
        for top in tops
        for found in pkgutil.walk_packages(
            importlib.import_module(f"keikaku.{top}").__path__, f"keikaku.{top}."
        )
    ]


def test_the_modules_are_found() -> None:
    assert {"keikaku.normalizers.values", "keikaku.extractors.document"} <= set(module_names())
    assert keikaku.__doc__


@pytest.mark.parametrize("name", module_names())
def test_the_examples_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0, f"{result.failed} of {result.attempted} examples fail: {name}"
