"""Who the workers are, so that a dead one's run can be taken over at once."""

from typing import Protocol


class Workers(Protocol):
    """Names of worker processes."""

    @property
    def me(self) -> str:
        """This process, in a form that no other process ever has."""
        ...

    def is_dead(self, owner: str) -> bool:
        """True only when that process surely is gone."""
        ...
