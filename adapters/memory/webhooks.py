"""Webhooks and their deliveries in memory."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from adapters.memory.database import Kept
from domain.errors import DeliveryNotFound, WebhookNotFound
from domain.identity import RunId
from domain.ledger import UserId
from domain.webhook import Delivery, DeliveryId, DeliveryState, RunEnd, Webhook, WebhookId


class MemoryWebhooks:
    """Webhooks in a dictionary (port `Webhooks`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def add(self, webhook: Webhook) -> None:
        self._kept.webhooks[webhook.id] = webhook

    def get(self, user_id: UserId, webhook_id: WebhookId) -> Webhook:
        webhook = self._kept.webhooks.get(webhook_id)
        if webhook is None or webhook.user_id != user_id:
            raise WebhookNotFound("no webhook has this id")
        return webhook

    def of_user(self, user_id: UserId) -> Sequence[Webhook]:
        return self._of(user_id, None)

    def of_run(self, user_id: UserId, run_id: RunId) -> Sequence[Webhook]:
        return self._of(user_id, run_id)

    def save(self, webhook: Webhook) -> None:
        self.get(webhook.user_id, webhook.id)
        self._kept.webhooks[webhook.id] = webhook

    def remove(self, user_id: UserId, webhook_id: WebhookId) -> None:
        self.get(user_id, webhook_id)
        del self._kept.webhooks[webhook_id]
        kept = self._kept.deliveries
        for delivery in [one for one in kept.values() if one.webhook_id == webhook_id]:
            del kept[delivery.id]

    def expire_callbacks(self, *, ended_before: datetime) -> int:
        told = {one.webhook_id for one in self._kept.deliveries.values()}
        live = {
            run.id
            for run in self._kept.runs.values()
            if run.finished_at is None or run.finished_at >= ended_before
        }
        gone = [
            webhook
            for webhook in self._kept.webhooks.values()
            if webhook.run_id is not None
            and webhook.created_at < ended_before
            and webhook.run_id not in live
            and webhook.id not in told
        ]
        for webhook in gone:
            del self._kept.webhooks[webhook.id]
        return len(gone)

    def _of(self, user_id: UserId, run_id: RunId | None) -> Sequence[Webhook]:
        mine = [
            webhook
            for webhook in self._kept.webhooks.values()
            if (webhook.user_id, webhook.run_id) == (user_id, run_id)
        ]
        return sorted(mine, key=lambda webhook: (webhook.created_at, webhook.id.hex))


class MemoryDeliveries:
    """Deliveries in a dictionary (port `Deliveries`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def owed(self, *, since: datetime, limit: int) -> Sequence[tuple[WebhookId, RunEnd]]:
        told = {(one.webhook_id, one.end.run_id) for one in self._kept.deliveries.values()}
        ends = [RunEnd.of(run) for run in self._kept.runs.values() if run.finished_at is not None]
        owed = [
            (webhook.id, end)
            for webhook in self._kept.webhooks.values()
            for end in ends
            if end.user_id == webhook.user_id
            and end.at >= since
            and (
                webhook.run_id == end.run_id
                or (webhook.run_id is None and end.at >= webhook.created_at)
            )
            and (webhook.id, end.run_id) not in told
        ]
        return sorted(owed, key=lambda pair: pair[1].at)[:limit]

    def add(self, delivery: Delivery) -> None:
        new = (delivery.webhook_id, delivery.end.run_id)
        told = {(one.webhook_id, one.end.run_id) for one in self._kept.deliveries.values()}
        if new not in told:
            self._kept.deliveries[delivery.id] = delivery

    def due(self, now: datetime, *, limit: int, of_a_user: int) -> Sequence[Delivery]:
        waiting = [
            one
            for one in self._kept.deliveries.values()
            if one.state is DeliveryState.WAITING and one.next_at <= now
        ]
        seen: Counter[UserId] = Counter()
        due = []
        for one in sorted(waiting, key=lambda one: (one.next_at, one.id.hex)):
            seen[one.end.user_id] += 1
            if seen[one.end.user_id] <= of_a_user:
                due.append(one)
        return due[:limit]

    def get(self, user_id: UserId, delivery_id: DeliveryId) -> Delivery:
        delivery = self._kept.deliveries.get(delivery_id)
        if delivery is None or delivery.end.user_id != user_id:
            raise DeliveryNotFound("no delivery has this id")
        return delivery

    def save(self, delivery: Delivery) -> None:
        if delivery.id in self._kept.deliveries:
            self._kept.deliveries[delivery.id] = delivery

    def newest(self, user_id: UserId, webhook_id: WebhookId, *, limit: int) -> Sequence[Delivery]:
        found = [
            one
            for one in self._kept.deliveries.values()
            if one.webhook_id == webhook_id and one.end.user_id == user_id
        ]
        found.sort(key=lambda one: (one.end.at, one.id.hex), reverse=True)
        return found[:limit]

    def expire(self, *, before: datetime) -> int:
        kept = self._kept.deliveries
        gone = [
            one
            for one in kept.values()
            if one.state is not DeliveryState.WAITING and one.next_at < before
        ]
        for one in gone:
            del kept[one.id]
        return len(gone)
