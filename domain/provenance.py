"""Provenance: what a result was made from and when, so that another run may take it over."""

from dataclasses import dataclass
from datetime import datetime

from domain.identity import RunId


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a component's result comes from (architecture, component-level reuse).

    `key` is its reuse key; `content` the SHA-256 of the file that was taken apart; `measured_at`
    the moment it was really measured, also of a result that was taken over since. `reused_from`
    names the run it was taken from where that was the same user's; a stranger's is never named.
    """

    key: str
    content: str
    measured_at: datetime
    is_reused: bool = False
    reused_from: RunId | None = None

    def __post_init__(self) -> None:
        if self.reused_from is not None and not self.is_reused:
            raise ValueError("what was measured here comes from no other run")
