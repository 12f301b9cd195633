"""How much memory a piece of work took."""

from typing import Protocol


class MemoryMeter(Protocol):
    """Measures this process from one moment to another."""

    def begin(self) -> None:
        """Forgets the peak of what was done before."""
        ...

    def peak_mib(self) -> int:
        """The most memory that was resident at once since `begin`, in MiB; 0: not known here.

        What had stayed from before (the libraries, say) is part of it.
        """
        ...
