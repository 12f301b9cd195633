"""A round of deliveries: each once, also of two who make it at once, and none is lost."""

import threading
from collections.abc import Callable, Mapping

import pytest
from sqlalchemy import Engine

from adapters.memory.clock import FixedClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.memory.webhook_sender import ACCEPTED, MemoryWebhookSender
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.ports.unit_of_work import UnitOfWork
from application.ports.webhook_sender import WebhookSender
from application.use_cases.deliver_webhooks import (
    BATCH,
    DELIVERY_HEADER,
    OF_A_USER_MAX,
    DeliverWebhooks,
)
from domain.ledger import UserId
from domain.webhook import TRIES_MAX, TRY_LIFETIME, DeliveryState, Reply, Webhook
from tests.hooks import URL, a_webhook, an_ended_run
from tests.ledgers import a_user

Units = Callable[[], UnitOfWork]


class Killed(BaseException):
    """The process is gone in the middle of a try."""


class Deadly:
    """A receiver that takes its sender down each time (port `WebhookSender`)."""

    def send(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> Reply:
        del url, body, headers
        raise Killed


class Slow(MemoryWebhookSender):
    """Lets nobody go before everybody is there."""

    together = threading.Barrier(2, timeout=10)

    def send(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> Reply:
        self.together.wait()
        return super().send(url, body=body, headers=headers)


def told(units: Units, *user_ids: UserId, runs: int = 1) -> list[Webhook]:
    """A webhook of each user's, who have so many ended runs each."""
    now = FixedClock().now()
    made = [a_webhook(user_id, created_at=now) for user_id in user_ids]
    with units() as work:
        for webhook in made:
            work.webhooks.add(webhook)
            for _ in range(runs):
                work.runs.add(an_ended_run(webhook.user_id, at=now))
        work.commit()
    return made


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def units() -> Units:
    database = MemoryDatabase()
    return lambda: MemoryUnitOfWork(database)


def rounds(units: Units, clock: FixedClock, sender: WebhookSender) -> DeliverWebhooks:
    return DeliverWebhooks(
        unit_of_work=units,
        sender=sender,
        clock=clock,
        chance=lambda: 0.5,
    )


def test_a_round_without_ends_sends_nothing(units: Units, clock: FixedClock) -> None:
    sender = MemoryWebhookSender()
    assert rounds(units, clock, sender)() == ()
    assert sender.sent == []


def test_one_user_leaves_the_others_room(units: Units, clock: FixedClock) -> None:
    loud, quiet = told(units, a_user(), a_user(), runs=5)
    sent = rounds(units, clock, MemoryWebhookSender())()
    assert len(sent) == 2 * OF_A_USER_MAX < BATCH
    users = [delivery.end.user_id for delivery in sent]
    assert {users.count(loud.user_id), users.count(quiet.user_id)} == {OF_A_USER_MAX}


def test_a_process_that_dies_in_a_try_leaves_it_to_be_made_again_and_not_for_ever(
    units: Units, clock: FixedClock
) -> None:
    [webhook] = told(units, a_user())
    for tries in range(1, TRIES_MAX + 1):
        with pytest.raises(Killed):
            rounds(units, clock, Deadly())()
        assert rounds(units, clock, MemoryWebhookSender())() == (), "made before its time"
        with units() as work:
            [delivery] = work.deliveries.newest(webhook.user_id, webhook.id, limit=9)
        assert (delivery.tries, delivery.state) == (tries, DeliveryState.WAITING)
        clock.moment += TRY_LIFETIME
    assert rounds(units, clock, Deadly())() == ()
    with units() as work:
        [delivery] = work.deliveries.newest(webhook.user_id, webhook.id, limit=9)
    assert delivery.state is DeliveryState.GIVEN_UP


def test_a_webhook_that_is_deleted_meanwhile_is_told_no_more(
    units: Units, clock: FixedClock
) -> None:
    [webhook] = told(units, a_user())

    class Deleting(MemoryWebhookSender):
        def send(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> Reply:
            del url, body, headers
            with units() as work:
                work.webhooks.remove(webhook.user_id, webhook.id)
                work.commit()
            return ACCEPTED

    assert rounds(units, clock, Deleting())() == []
    assert rounds(units, clock, MemoryWebhookSender())() == ()


def test_two_who_deliver_at_once_share_the_work(postgres_engine: Engine, clock: FixedClock) -> None:
    """On real rows: none is sent twice, and none waits for the other."""

    def units() -> UnitOfWork:
        return SqlUnitOfWork(postgres_engine)

    told(units, a_user(), a_user(), runs=2)
    sender = Slow()
    threads = [threading.Thread(target=rounds(units, clock, sender)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [message.headers[DELIVERY_HEADER] for message in sender.sent]
    assert len(ids) == len(set(ids)) == 4
    assert {message.url for message in sender.sent} == {URL}
