"""A user who pays, a provider on this machine, and its webhook over real HTTP."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from adapters.local_payments.provider import LocalPayments, post_signed
from adapters.memory.clock import FixedClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.pauses import NoPauses
from adapters.memory.unit_of_work import MemoryUnitOfWork
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from application.use_cases.confirm_payment import ConfirmPayment
from application.use_cases.start_payment import StartPayment, WhereToPay
from domain.credits import Credits
from domain.ledger import Account, UserId
from domain.payment import PaymentId, PaymentState
from domain.user import User
from domain.webhook_signature import sign
from entrypoints.webhooks.payments import PaymentWebhook
from tests.builders import NOON
from tests.ledgers import a_user
from tests.servers.webhooks import served

SECRET = "a-secret-that-only-tests-and-nobody-else-knows"  # noqa: S105


@dataclass
class Till:
    """All of it together; `units` is where payments and credits are kept."""

    units: Callable[[], UnitOfWork]
    clock: FixedClock
    user_id: UserId
    start: StartPayment
    webhook: PaymentWebhook
    provider: LocalPayments
    url: str

    def started(self, kopecks: int = 50_000, *, key: str = "key") -> WhereToPay:
        return self.start(self.user_id, Credits(kopecks), key=key)

    def press(self, place: WhereToPay, word: str) -> int:
        """What a person does on the provider's page."""
        return self.post(f"{place.url}/{word}", b"")

    def post(self, url: str, body: bytes) -> int:
        target = urlsplit(url)
        connection = HTTPConnection(target.netloc, timeout=10)
        try:
            connection.request("POST", target.path, body)
            return connection.getresponse().status
        finally:
            connection.close()

    def tell(
        self,
        payment_id: PaymentId,
        event: str = "payment.succeeded",
        *,
        age: timedelta = timedelta(0),
        secret: str = SECRET,
        **different: Any,
    ) -> int:
        """A webhook signed by hand; the status of the answer."""
        told = {"event": event, "payment_id": str(payment_id), "amount": "500.00"}
        body = json.dumps({**told, "currency": "RUB", **different}).encode()
        return post_signed(self.url, body, sign(body, secret=secret, now=self.clock.now() - age))

    @property
    def balance_kopecks(self) -> int:
        with self.units() as work:
            return work.ledger.balance(self.user_id).available.kopecks

    @property
    def bookings(self) -> int:
        with self.units() as work:
            entries = work.ledger.entries(self.user_id)
        return sum(entry.posting.account is Account.PAYMENTS for entry in entries)

    def state(self, payment_id: PaymentId) -> PaymentState:
        with self.units() as work:
            return work.payments.get(payment_id).state


@pytest.fixture
def units() -> Callable[[], UnitOfWork]:
    database = MemoryDatabase()
    return lambda: MemoryUnitOfWork(database)


@pytest.fixture
def till(units: Callable[[], UnitOfWork]) -> Iterator[Till]:
    clock, user_id = FixedClock(NOON), a_user()
    with units() as work:
        work.users.add(User(id=user_id, name="Вера", created_at=NOON))
        work.commit()
    confirm = ConfirmPayment(unit_of_work=units, clock=clock, retrying=Retrying(NoPauses()))
    webhook = PaymentWebhook(confirm=confirm, clock=clock, secret=SECRET)
    with (
        served(webhook) as url,
        LocalPayments(webhook_url=url, secret=SECRET, clock=clock) as provider,
    ):
        start = StartPayment(unit_of_work=units, provider=provider, clock=clock)
        yield Till(units, clock, user_id, start, webhook, provider, url)
