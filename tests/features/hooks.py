"""What the steps about webhooks may do and see, from inside or from outside."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from adapters.memory.clock import FixedClock
from adapters.memory.webhook_sender import MemoryWebhookSender
from domain.callback import Callback
from domain.identity import RunId
from domain.webhook import DeliveryState, Reply

TITLE = "How I film at night"


@dataclass(frozen=True, slots=True)
class ShownHook:
    """An address as its person sees it, with the secret that is shown once."""

    id: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenDelivery:
    """One message and what became of it; `name` is the side's own."""

    id: str
    name: str
    state: DeliveryState
    tries: int
    reply: Reply | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class SeenEnd:
    """A run that has ended, and the code of its error."""

    run_id: RunId
    code: str


class Hooks(Protocol):
    """One installation; the network alone is made."""

    sender: MemoryWebhookSender

    @property
    def clock(self) -> FixedClock: ...

    def as_stranger(self) -> AbstractContextManager[None]:
        """Somebody else acts meanwhile."""

    def register(self, url: str) -> ShownHook: ...

    def rotate(self, hook_id: str) -> ShownHook: ...

    def delete(self, hook_id: str) -> None: ...

    def listed(self) -> Sequence[str]:
        """All that is told of each address of the person."""

    def deliveries(self, hook_id: str) -> Sequence[SeenDelivery]: ...

    def of_the_callback(self, run_id: RunId) -> Sequence[SeenDelivery]: ...

    def resend(self, delivery: SeenDelivery) -> None: ...

    def deliver(self) -> None:
        """Maintenance makes a round."""

    def ends(self, status: str) -> SeenEnd:
        """A run of a video with a title ends like this; nobody was told yet."""

    def waits_with(self, callback: Callback) -> RunId:
        """A run that names a callback waits for a worker."""

    def ends_well(self, run_id: RunId) -> None: ...

    def name_callback(self, url: str, secret: str) -> None:
        """A start names a callback; what refuses it is raised."""
