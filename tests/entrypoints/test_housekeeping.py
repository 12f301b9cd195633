"""What is done for all machines is done by housekeeping, and by no worker's own sweep."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from domain.identity import RunId
from domain.webhook import DeliveryState
from entrypoints.container import Container
from entrypoints.settings import Settings
from entrypoints.workers.housekeeping import housekeeping
from tests.hooks import a_delivery, a_webhook

RUN = RunId(uuid4())


@pytest.fixture
def container(tmp_path: Path) -> Iterator[Container]:
    found = Container(settings=Settings.read({}, data_dir=tmp_path))
    found.migrate()
    yield found
    found.engine().dispose()


def test_old_pictures_are_looked_for_by_housekeeping_alone(
    container: Container, tmp_path: Path
) -> None:
    """R-703; on a bucket it lists those of a week, which is too much for every worker's minute."""
    pictures = container.pictures()
    pictures.keep(RUN, {0: b"first", 12: b"second"})
    old = (container.clock().now() - timedelta(days=8)).timestamp()
    os.utime(tmp_path / "pictures" / str(RUN) / "0.jpg", (old, old))
    container.sweep()(language="en")
    assert pictures.indices(RUN) == {0, 12}
    ticks = {tick.name: tick for tick in housekeeping(container, "en")}
    ticks["expire_pictures"].act()
    assert pictures.indices(RUN) == {12}


def test_what_a_webhook_was_told_is_forgotten_after_its_days(container: Container) -> None:
    """As long as the setting says; thirty days where it says nothing."""
    now = container.clock().now()
    webhook = a_webhook(created_at=now)
    days = [
        a_delivery(webhook, state=DeliveryState.DELIVERED, next_at=now - timedelta(days=age))
        for age in (29, 31)
    ]
    with container.unit_of_work() as work:
        work.webhooks.add(webhook)
        for delivery in days:
            work.deliveries.add(delivery)
        work.commit()
    ticks = {tick.name: tick for tick in housekeeping(container, "en")}
    ticks["expire_deliveries"].act()
    with container.unit_of_work() as work:
        left = work.deliveries.newest(webhook.user_id, webhook.id, limit=9)
    assert left == days[:1]
