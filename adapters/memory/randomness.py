"""Random bytes that a test can foresee."""

from dataclasses import dataclass


@dataclass(slots=True)
class CountedRandomness:
    """Counts up (port `Randomness`): every call gives other bytes, the same in every test."""

    drawn: int = 0

    def draw(self, count: int) -> bytes:
        self.drawn += 1
        return self.drawn.to_bytes(count, "big")
