"""Bytes that nobody can foresee."""

from typing import Protocol


class Randomness(Protocol):
    """A source of secrets; every call gives other bytes."""

    def draw(self, count: int) -> bytes: ...
