"""What every keeper of deliveries must do."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from domain.errors import DeliveryNotFound, WebhookNotFound
from domain.identity import RunId
from domain.ledger import UserId
from domain.run import Run
from domain.webhook import (
    Delivery,
    DeliveryId,
    DeliveryState,
    Outcome,
    Reply,
    RunEnd,
    Webhook,
    WebhookId,
)
from tests.builders import NOON
from tests.contracts.ledger_acts import LedgerUnits
from tests.contracts.webhooks import added
from tests.hooks import a_delivery, a_webhook, an_end, an_ended_run, kept
from tests.ledgers import a_user

SOON = timedelta(seconds=1)


def put(units: LedgerUnits, *deliveries: Delivery) -> None:
    with units() as work:
        for delivery in deliveries:
            work.deliveries.add(delivery)
        work.commit()


def ended(units: LedgerUnits, *runs: Run) -> None:
    with units() as work:
        kept(work, *runs)
        work.commit()


def owed(
    units: LedgerUnits, *, since: timedelta = -SOON, limit: int = 9
) -> list[tuple[WebhookId, RunEnd]]:
    with units() as work:
        return list(work.deliveries.owed(since=NOON + since, limit=limit))


def due(units: LedgerUnits, *, limit: int = 9, of_a_user: int = 9) -> list[DeliveryId]:
    with units() as work:
        found = work.deliveries.due(NOON, limit=limit, of_a_user=of_a_user)
    return [delivery.id for delivery in found]


def expired(units: LedgerUnits, *, deliveries_before: datetime) -> int:
    """How many deliveries and callbacks of runs that ended before noon went."""
    with units() as work:
        gone = work.deliveries.expire(before=deliveries_before)
        gone += work.webhooks.expire_callbacks(ended_before=NOON)
        work.commit()
    return gone


def ids(deliveries: Iterable[Delivery]) -> list[DeliveryId]:
    return [delivery.id for delivery in deliveries]


class DeliveriesContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> LedgerUnits: ...

    @pytest.fixture
    def webhook(self, units: LedgerUnits) -> Webhook:
        return added(units, a_webhook())

    @pytest.mark.parametrize("state", DeliveryState)
    @pytest.mark.parametrize("reply", [None, *map(Reply, Outcome), Reply(Outcome.REFUSED, 500)])
    def test_a_delivery_comes_back_as_it_was_saved(
        self, units: LedgerUnits, webhook: Webhook, state: DeliveryState, reply: Reply | None
    ) -> None:
        first = a_delivery(webhook, end=an_end(status="error", code="timed_out"))
        put(units, first, a_delivery(webhook))
        later = replace(first, state=state, reply=reply, tries=3, tried_at=NOON, next_at=NOON)
        with units() as work:
            assert work.deliveries.get(webhook.user_id, first.id) == first
            work.deliveries.save(later)
            work.commit()
        with units() as work:
            assert work.deliveries.get(webhook.user_id, first.id) == later

    def test_a_run_has_one_delivery_a_webhook(self, units: LedgerUnits, webhook: Webhook) -> None:
        first = a_delivery(webhook)
        second = replace(first, id=DeliveryId(uuid4()), next_at=NOON + SOON)
        put(units, first, second)
        with units() as work:
            assert work.deliveries.newest(webhook.user_id, webhook.id, limit=9) == [first]

    def test_what_has_gone_with_its_webhook_stays_away(
        self, units: LedgerUnits, webhook: Webhook
    ) -> None:
        delivery = a_delivery(webhook)
        with units() as work:
            work.deliveries.save(delivery)
            work.commit()
        with units() as work, pytest.raises(DeliveryNotFound):
            work.deliveries.get(webhook.user_id, delivery.id)

    def test_anothers_delivery_is_as_unknown_as_one_that_never_was(
        self, units: LedgerUnits, webhook: Webhook
    ) -> None:
        delivery, stranger, said = a_delivery(webhook), a_user(), []
        put(units, delivery)
        with units() as work:
            for delivery_id in (delivery.id, DeliveryId(uuid4())):
                with pytest.raises(DeliveryNotFound) as refusal:
                    work.deliveries.get(stranger, delivery_id)
                said.append(str(refusal.value))
            assert work.deliveries.newest(stranger, webhook.id, limit=9) == []
        assert said[0] == said[1]

    def test_every_end_of_a_run_is_owed_until_there_is_a_delivery(
        self, units: LedgerUnits, webhook: Webhook
    ) -> None:
        """Whoever ended the run: a worker, its owner while it waited, or a reaper."""
        failed = an_ended_run(at=NOON)
        cancelled = an_ended_run(at=NOON + SOON, status="cancelled")
        ended(units, cancelled, failed)
        both = [(webhook.id, RunEnd.of(failed)), (webhook.id, RunEnd.of(cancelled))]
        assert owed(units) == both
        assert owed(units, limit=1) == both[:1]
        put(units, a_delivery(webhook, end=RunEnd.of(failed)))
        assert owed(units) == both[1:]

    def test_each_webhook_of_the_user_is_owed_the_end(
        self, units: LedgerUnits, webhook: Webhook
    ) -> None:
        other = added(units, a_webhook())
        run = an_ended_run()
        ended(units, run)
        put(units, a_delivery(webhook, end=RunEnd.of(run)))
        assert owed(units) == [(other.id, RunEnd.of(run))]

    def test_what_ended_before_the_webhook_or_too_long_ago_is_not_owed(
        self, units: LedgerUnits, webhook: Webhook
    ) -> None:
        ended(units, an_ended_run(at=webhook.created_at - SOON))
        assert owed(units, since=-9 * SOON) == []
        ended(units, an_ended_run(at=webhook.created_at))
        assert len(owed(units, since=timedelta())) == 1
        assert owed(units, since=SOON / 2) == []

    def test_anothers_run_and_one_that_goes_on_are_not_owed(
        self, units: LedgerUnits, webhook: Webhook
    ) -> None:
        del webhook
        going_on = an_ended_run()
        going_on.finished_at = None
        ended(units, an_ended_run(a_user()), going_on)
        assert owed(units) == []

    def test_a_callback_is_owed_the_end_of_its_run_alone(self, units: LedgerUnits) -> None:
        """R-504: beside whoever is told of every run, by the moment of the end."""
        first, second = an_ended_run(), an_ended_run(at=NOON + SOON)
        registered = added(units, a_webhook())
        callback = added(units, a_webhook(run_id=second.id))
        added(units, a_webhook(a_user(), run_id=first.id, created_at=NOON + 2 * SOON))
        ended(units, second, first)
        end, later = RunEnd.of(first), RunEnd.of(second)
        found = owed(units)
        assert found[0] == (registered.id, end)
        assert set(found) == {(registered.id, end), (registered.id, later), (callback.id, later)}
        assert len(owed(units, limit=2)) == 2
        put(units, a_delivery(callback, end=later))
        assert set(owed(units)) == {(registered.id, end), (registered.id, later)}

    def test_a_callback_is_owed_the_end_whatever_the_clocks_of_two_machines_say(
        self, units: LedgerUnits
    ) -> None:
        """It was named before the run began; the worker's clock may be behind the API's."""
        run = an_ended_run(at=NOON - SOON / 2)
        callback = added(units, a_webhook(run_id=run.id, created_at=NOON))
        added(units, a_webhook(a_user(), run_id=run.id))
        ended(units, run)
        assert owed(units) == [(callback.id, RunEnd.of(run))]

    def test_due_is_what_waits_and_whose_time_has_come_the_longest_first(
        self, units: LedgerUnits, webhook: Webhook
    ) -> None:
        now, earlier = a_delivery(webhook), a_delivery(webhook, next_at=NOON - SOON)
        put(
            units,
            now,
            earlier,
            a_delivery(webhook, next_at=NOON + SOON),
            a_delivery(webhook, state=DeliveryState.DELIVERED),
            a_delivery(webhook, state=DeliveryState.GIVEN_UP),
        )
        assert due(units) == [earlier.id, now.id]
        assert due(units, limit=1) == [earlier.id]

    def test_nobody_takes_everybodys_turn(self, units: LedgerUnits, webhook: Webhook) -> None:
        other = added(units, a_webhook(UserId(UUID(int=5))))
        many = [a_delivery(webhook, next_at=NOON - (9 - i) * SOON) for i in range(4)]
        one = a_delivery(other)
        put(units, *many, one)
        assert due(units, of_a_user=2) == [*ids(many[:2]), one.id]

    def test_the_newest_end_is_listed_first(self, units: LedgerUnits, webhook: Webhook) -> None:
        ends = [an_end(at=NOON + i * SOON) for i in range(3)]
        made = [a_delivery(webhook, end=end) for end in ends]
        put(units, made[1], made[0], made[2], a_delivery(added(units, a_webhook())))
        with units() as work:
            found = work.deliveries.newest(webhook.user_id, webhook.id, limit=2)
        assert ids(found) == ids([made[2], made[1]])

    def test_what_ended_before_a_moment_is_forgotten_and_nothing_that_waits(
        self, units: LedgerUnits, webhook: Webhook
    ) -> None:
        old, new = NOON - SOON, NOON
        states = list(DeliveryState)
        made = [a_delivery(webhook, state=state, next_at=old) for state in states]
        fresh = [a_delivery(webhook, state=state, next_at=new) for state in states]
        put(units, *made, *fresh)
        with units() as work:
            assert work.deliveries.expire(before=NOON) == 2
            work.commit()
        with units() as work:
            left = work.deliveries.newest(webhook.user_id, webhook.id, limit=9)
        waiting = made[states.index(DeliveryState.WAITING)]
        assert set(ids(left)) == {waiting.id, *ids(fresh)}

    def test_a_callback_goes_with_the_last_of_what_it_was_told(self, units: LedgerUnits) -> None:
        """It holds a secret; a registered webhook, a run that goes on and a new callback stay."""
        old, going_on = an_ended_run(at=NOON - SOON), an_ended_run()
        going_on.finished_at = None
        ended(units, old, going_on)
        before = NOON - 2 * SOON
        told = added(units, a_webhook(run_id=old.id, created_at=before))
        erased = a_webhook(run_id=RunId(uuid4()), created_at=before)
        stay = (
            a_webhook(created_at=before),
            a_webhook(run_id=going_on.id, created_at=before),
            a_webhook(run_id=old.id, created_at=NOON),
        )
        added(units, erased, *stay)
        delivery = a_delivery(told, state=DeliveryState.DELIVERED, next_at=NOON - SOON)
        put(units, delivery)
        assert expired(units, deliveries_before=NOON - SOON) == 1
        assert expired(units, deliveries_before=NOON) == 2
        with units() as work:
            for webhook in stay:
                assert work.webhooks.get(webhook.user_id, webhook.id) == webhook
            for gone in (told, erased):
                with pytest.raises(WebhookNotFound):
                    work.webhooks.get(gone.user_id, gone.id)
