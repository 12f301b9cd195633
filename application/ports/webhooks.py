"""Webhooks that users have registered, and what is on its way to them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.identity import RunId
from domain.ledger import UserId
from domain.webhook import Delivery, DeliveryId, RunEnd, Webhook, WebhookId


class Webhooks(Protocol):
    """All webhooks, within one unit of work.

    Contract (tests/contracts/webhooks.py): `get` returns what was last saved under that id for
    that user; an unknown id and another user's raise the same `WebhookNotFound`; `of_user` are the
    registered ones and `of_run` the callbacks of one run, each in the order they were added;
    `remove` takes the webhook's deliveries with it; `expire_callbacks` takes those whose run ended
    before a moment, or is not there any more, and that have no delivery left.
    """

    def add(self, webhook: Webhook) -> None: ...

    def get(self, user_id: UserId, webhook_id: WebhookId) -> Webhook: ...

    def of_user(self, user_id: UserId) -> Sequence[Webhook]: ...

    def of_run(self, user_id: UserId, run_id: RunId) -> Sequence[Webhook]: ...

    def save(self, webhook: Webhook) -> None: ...

    def remove(self, user_id: UserId, webhook_id: WebhookId) -> None: ...

    def expire_callbacks(self, *, ended_before: datetime) -> int:
        """Forgets callbacks with their secrets; gives how many went."""
        ...


class Deliveries(Protocol):
    """All deliveries, within one unit of work.

    Contract (tests/contracts/deliveries.py): one delivery a webhook and run, a second `add` changes
    nothing; `owed` finds ends of runs since a moment that a webhook, registered by then, has no
    delivery of; a callback is owed the end of its own run alone, whenever that was; `due` are
    waiting deliveries whose time has come, the longest due first, at most so many of one user,
    locked until the end: what another unit of work is at is left out; `expire` takes none that
    waits.
    """

    def owed(self, *, since: datetime, limit: int) -> Sequence[tuple[WebhookId, RunEnd]]: ...

    def add(self, delivery: Delivery) -> None: ...

    def due(self, now: datetime, *, limit: int, of_a_user: int) -> Sequence[Delivery]: ...

    def get(self, user_id: UserId, delivery_id: DeliveryId) -> Delivery:
        """Locked until the end; `DeliveryNotFound` for an unknown id and another user's alike."""
        ...

    def save(self, delivery: Delivery) -> None:
        """Changes what is there; a delivery that went with its webhook stays away."""
        ...

    def newest(self, user_id: UserId, webhook_id: WebhookId, *, limit: int) -> Sequence[Delivery]:
        """The deliveries of a webhook of this user's, the newest end of a run first."""
        ...

    def expire(self, *, before: datetime) -> int:
        """Forgets those that ended, and could be tried again, before a moment; gives how many."""
        ...
