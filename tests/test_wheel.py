"""Against the wheel, everything comes from the wheel."""

from __future__ import annotations

import os
from importlib import resources
from pathlib import Path

import keikaku
import pytest

from_wheel = pytest.mark.skipif(
    "KEIKAKU_FROM_WHEEL" not in os.environ, reason="run by `make wheel-test`"
)


@from_wheel
def test_the_package_is_the_installed_one() -> None:
    assert Path(str(keikaku.__file__)).parent.parent.name == "site-packages"


@from_wheel
def test_only_the_package_is_in_the_wheel() -> None:
    shipped = {entry.name for entry in resources.files(keikaku).iterdir()} - {"__pycache__"}
    assert shipped == {"__init__.py", "py.typed", "extractors", "normalizers", "pipeline"}


@from_wheel
def test_the_compiled_steps_are_in_the_wheel() -> None:
    from keikaku.extractors.pdf import compiled
    from keikaku.normalizers import quickly_made

    assert compiled.IS_COMPILED
    assert quickly_made.IS_COMPILED
