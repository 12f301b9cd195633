"""Webhooks of an installation behind its door; only what is sent ends in memory."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

from adapters.memory.clock import FixedClock
from adapters.memory.video_files import MadeVideo
from adapters.memory.webhook_sender import MemoryWebhookSender
from domain.callback import Callback
from domain.errors import WebhookNotFound
from domain.identity import RunId
from domain.webhook import DeliveryState, Outcome, Reply
from tests.features import answers, documents
from tests.features.hooks import TITLE, SeenDelivery, SeenEnd, ShownHook
from tests.features.outside import Outside
from tests.features.seen import SeenRun


class OutsideHooks:
    """One installation with people (protocol `Hooks`)."""

    def __init__(self, app: Outside) -> None:
        self.app = app
        self.sender = MemoryWebhookSender()
        self._deliver = app.at.container.deliver_webhooks

    @property
    def clock(self) -> FixedClock:
        return self.app.at.clock

    @contextmanager
    def as_stranger(self) -> Iterator[None]:
        with self.app.as_stranger():
            yield

    def register(self, url: str) -> ShownHook:
        return _shown(self.app.answer(documents.REGISTER_WEBHOOK, url=url))

    def rotate(self, hook_id: str) -> ShownHook:
        return _shown(self.app.answer(documents.ROTATE_SECRET, id=hook_id))

    def delete(self, hook_id: str) -> None:
        self.app.answer(documents.DELETE_WEBHOOK, id=hook_id)

    def listed(self) -> Sequence[str]:
        return [str(webhook) for webhook in self.app.asks(documents.WEBHOOKS)["webhooks"]]

    def deliveries(self, hook_id: str) -> Sequence[SeenDelivery]:
        """By its id alone: of another's there is nothing, as of one that never was."""
        found = self.app.asks(documents.DELIVERIES, id=hook_id)["node"]
        if found is None:
            raise WebhookNotFound("null")
        return [_seen(one) for one in found["deliveries"]]

    def of_the_callback(self, run_id: RunId) -> Sequence[SeenDelivery]:
        told = self.app.asks(documents.CALLBACKS, run=answers.run_name(run_id))
        [webhook] = told["run"]["callbacks"]
        return [_seen(one) for one in webhook["deliveries"]]

    def resend(self, delivery: SeenDelivery) -> None:
        self.app.answer(documents.RESEND, id=delivery.name)

    def deliver(self) -> None:
        self._deliver(sender=self.sender, chance=lambda: 0.5)()

    def ends(self, status: str) -> SeenEnd:
        names = ("title", "fails") if status == "error" else ("title",)
        run = self.app.submit(MadeVideo(), *names, title=TITLE, required="fails")
        if status == "cancelled":
            self.app.cancel(run.id)
        else:
            self.app.carry_out(run.id)
        ended = self.app.run(run.id)
        assert str(ended.status) == status
        return SeenEnd(ended.id, ended.failure.code if ended.failure else "")

    def waits_with(self, callback: Callback) -> RunId:
        return self._started(callback.url, callback.secret).id

    def ends_well(self, run_id: RunId) -> None:
        self.app.carry_out(run_id)
        assert str(self.app.run(run_id).status) == "ok"

    def name_callback(self, url: str, secret: str) -> None:
        self._started(url, secret)

    def _started(self, url: str, secret: str) -> SeenRun:
        video = self.app.upload(MadeVideo(), title=TITLE)
        told = self.app.answer(
            documents.START_WITH_CALLBACK,
            video=video.id,
            key=str(uuid4()),
            url=url,
            secret=secret,
        )
        return answers.seen_run(told)


def _shown(told: Mapping[str, Any]) -> ShownHook:
    return ShownHook(told["webhook"]["id"], told["secret"])


def _seen(told: Mapping[str, Any]) -> SeenDelivery:
    outcome, next_at = told["outcome"], told["nextAt"]
    return SeenDelivery(
        id=told["deliveryId"],
        name=told["id"],
        state=DeliveryState[told["state"]],
        tries=told["tries"],
        reply=None if outcome is None else Reply(Outcome[outcome], told["httpStatus"]),
        next_at=None if next_at is None else datetime.fromisoformat(next_at),
    )
