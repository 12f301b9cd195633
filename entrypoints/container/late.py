"""Classes that are imported once they are wanted."""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def late(module: str, name: str) -> Callable[..., Any]:
    """A class that is imported when its first instance is wanted.

    These load the libraries that count, draw and fetch: a second of processor time and more, which
    a command that needs none of them should not cost, and one that does can spend beside its child.
    """

    def make(*given: Any, **named: Any) -> Any:
        return getattr(import_module(module), name)(*given, **named)

    return make
