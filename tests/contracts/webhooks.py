"""What every keeper of webhooks must do."""

from abc import ABC, abstractmethod
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.errors import DeliveryNotFound, WebhookNotFound
from domain.identity import RunId
from domain.webhook import Webhook, WebhookId
from tests.builders import NOON
from tests.contracts.ledger_acts import LedgerUnits
from tests.hooks import a_delivery, a_webhook
from tests.ledgers import a_user


def added(units: LedgerUnits, *webhooks: Webhook) -> Webhook:
    with units() as work:
        for webhook in webhooks:
            work.webhooks.add(webhook)
        work.commit()
    return webhooks[0]


class WebhooksContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> LedgerUnits: ...

    def test_a_webhook_comes_back_as_it_was_added(self, units: LedgerUnits) -> None:
        webhook = added(units, a_webhook(secrets=("new", "old")), a_webhook())
        with units() as work:
            assert work.webhooks.get(webhook.user_id, webhook.id) == webhook

    def test_a_rotated_secret_is_kept(self, units: LedgerUnits) -> None:
        webhook = added(units, a_webhook())
        with units() as work:
            work.webhooks.save(webhook.rotated("another"))
            work.commit()
        with units() as work:
            assert work.webhooks.get(webhook.user_id, webhook.id) == webhook.rotated("another")

    def test_a_users_webhooks_are_listed_in_the_order_of_registration(
        self, units: LedgerUnits
    ) -> None:
        later = a_webhook(created_at=NOON + timedelta(microseconds=1))
        first = a_webhook()
        added(units, later, first, a_webhook(a_user()))
        with units() as work:
            assert work.webhooks.of_user(first.user_id) == [first, later]
            assert work.webhooks.of_user(a_user()) == []

    def test_anothers_webhook_is_as_unknown_as_one_that_never_was(self, units: LedgerUnits) -> None:
        webhook = added(units, a_webhook())
        stranger = a_user()
        said = []
        with units() as work:
            for webhook_id in (webhook.id, WebhookId(uuid4())):
                with pytest.raises(WebhookNotFound) as refusal:
                    work.webhooks.get(stranger, webhook_id)
                said.append(str(refusal.value))
                with pytest.raises(WebhookNotFound):
                    work.webhooks.remove(stranger, webhook_id)
                with pytest.raises(WebhookNotFound):
                    work.webhooks.save(a_webhook(stranger, id=webhook_id))
        assert said[0] == said[1]
        with units() as work:
            assert work.webhooks.get(webhook.user_id, webhook.id) == webhook

    def test_a_removed_webhook_takes_its_deliveries_along(self, units: LedgerUnits) -> None:
        webhook, other = a_webhook(), a_webhook()
        added(units, webhook, other)
        gone, stays = a_delivery(webhook), a_delivery(other)
        with units() as work:
            work.deliveries.add(gone)
            work.deliveries.add(stays)
            work.webhooks.remove(webhook.user_id, webhook.id)
            work.commit()
        with units() as work:
            assert work.webhooks.of_user(webhook.user_id) == [other]
            assert work.deliveries.get(other.user_id, stays.id) == stays
            with pytest.raises(DeliveryNotFound):
                work.deliveries.get(webhook.user_id, gone.id)

    def test_leaving_without_commit_forgets(self, units: LedgerUnits) -> None:
        webhook = a_webhook()
        with units() as work:
            work.webhooks.add(webhook)
        with units() as work, pytest.raises(WebhookNotFound):
            work.webhooks.get(webhook.user_id, webhook.id)

    def test_callbacks_are_listed_by_their_run_and_not_among_the_registered(
        self, units: LedgerUnits
    ) -> None:
        run_id, other = RunId(uuid4()), RunId(uuid4())
        later = a_webhook(run_id=run_id, created_at=NOON + timedelta(microseconds=1))
        first, registered = a_webhook(run_id=run_id), a_webhook()
        added(units, later, first, registered, a_webhook(run_id=other))
        with units() as work:
            assert work.webhooks.of_run(first.user_id, run_id) == [first, later]
            assert work.webhooks.of_run(a_user(), run_id) == []
            assert work.webhooks.of_user(first.user_id) == [registered]
            assert work.webhooks.get(first.user_id, first.id) == first
