from collections.abc import Callable
from typing import Any

def make_quickly(
    kind: type,
    names: tuple[str, ...],
    defaults: dict[str, Any],
    factories: dict[str, Callable[[], Any]],
    is_named_only: bool,
    /,
) -> None: ...
