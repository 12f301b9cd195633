"""Classes that are imported, and objects that are made, once they are wanted."""

from collections.abc import Callable
from functools import cached_property
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


class Later:
    """Stands for an object that is made when something is first asked of it.

    For what many hold and few ask: a class of `late` is imported when its first instance is made.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Any:
        return self._make()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made, name)
