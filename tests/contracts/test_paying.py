"""Starting and confirming payments, on every keeper of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from sqlalchemy import Engine

from adapters.memory.clock import FixedClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.pauses import NoPauses
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.errors import AdapterError
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from application.use_cases.confirm_payment import ConfirmPayment
from application.use_cases.start_payment import StartPayment
from domain.credits import Credits
from domain.errors import (
    IdempotencyConflict,
    InvalidAmount,
    InvalidText,
    PaymentMismatch,
    PaymentNotFound,
    UserNotFound,
)
from domain.ledger import Account, UserId
from domain.payment import Payment, PaymentEvent, PaymentId, PaymentOutcome, payment_id
from domain.user import User
from tests.builders import NOON
from tests.ledgers import a_user

Units = Callable[[], UnitOfWork]


@dataclass
class Desk:
    """A provider that keeps what it was asked, and is closed when told so."""

    created: list[Payment] = field(default_factory=list)
    closed: bool = False

    def create(self, payment: Payment) -> str:
        if self.closed:
            raise AdapterError("closed", code="provider_unavailable", retryable=True)
        self.created.append(payment)
        return f"https://pay.example/{payment.id}"


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def units(request: pytest.FixtureRequest) -> Units:
    if request.param == "memory":
        database = MemoryDatabase()
        return lambda: MemoryUnitOfWork(database)
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    return lambda: SqlUnitOfWork(engine)


@pytest.fixture
def user_id(units: Units) -> UserId:
    user_id = a_user()
    with units() as work:
        work.users.add(User(id=user_id, name=str(user_id), created_at=NOON))
        work.commit()
    return user_id


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def start(units: Units, desk: Desk) -> StartPayment:
    return StartPayment(unit_of_work=units, provider=desk, clock=FixedClock(NOON))


@pytest.fixture
def confirm(units: Units) -> ConfirmPayment:
    retrying = Retrying(NoPauses())
    return ConfirmPayment(unit_of_work=units, clock=FixedClock(NOON), retrying=retrying)


def told(payment: PaymentId, outcome: str = "succeeded", kopecks: int = 500) -> PaymentEvent:
    return PaymentEvent(
        payment_id=payment,
        outcome=PaymentOutcome(outcome),
        amount=Credits(kopecks),
        currency="RUB",
    )


def bookings(units: Units, user_id: UserId) -> list[int]:
    with units() as work:
        entries = work.ledger.entries(user_id)
    postings = [entry.posting for entry in entries]
    return [posting.kopecks for posting in postings if posting.account is Account.AVAILABLE]


def test_who_starts_a_payment_learns_where_to_pay(
    start: StartPayment, desk: Desk, units: Units, user_id: UserId
) -> None:
    place = start(user_id, Credits(500), key="one")
    assert place.url == f"https://pay.example/{place.payment_id}"
    with units() as work:
        assert desk.created == [work.payments.get(place.payment_id)]
    assert bookings(units, user_id) == []


def test_the_same_request_again_is_the_same_payment(
    start: StartPayment, desk: Desk, user_id: UserId
) -> None:
    places = {start(user_id, Credits(500), key="one") for _ in range(2)}
    assert len(places) == 1
    assert len({payment.id for payment in desk.created}) == 1
    with pytest.raises(IdempotencyConflict):
        start(user_id, Credits(501), key="one")
    assert start(user_id, Credits(501), key="two") not in places


def test_a_double_click_starts_one_payment(start: StartPayment, user_id: UserId) -> None:
    with ThreadPoolExecutor(6) as pool:
        places = set(pool.map(lambda _: start(user_id, Credits(500), key="one"), range(6)))
    assert len(places) == 1


def test_what_cannot_be_paid_is_refused(start: StartPayment, desk: Desk, user_id: UserId) -> None:
    with pytest.raises(InvalidAmount):
        start(user_id, Credits(0), key="one")
    with pytest.raises(InvalidText):
        start(user_id, Credits(5), key="")
    with pytest.raises(UserNotFound):
        start(a_user(), Credits(5), key="one")
    assert desk.created == []


def test_a_payment_whose_provider_failed_is_started_by_the_same_request_again(
    start: StartPayment, desk: Desk, user_id: UserId
) -> None:
    desk.closed = True
    with pytest.raises(AdapterError):
        start(user_id, Credits(500), key="one")
    desk.closed = False
    assert start(user_id, Credits(500), key="one").payment_id == payment_id(user_id, "one")


def test_a_payment_that_succeeded_is_booked_once(
    start: StartPayment, confirm: ConfirmPayment, units: Units, user_id: UserId
) -> None:
    """R-608; hardening 30: also when it is told many times at once."""
    place = start(user_id, Credits(500), key="one")
    with ThreadPoolExecutor(6) as pool:
        ends = list(pool.map(confirm, [told(place.payment_id)] * 6))
    assert len(set(ends)) == 1
    assert bookings(units, user_id) == [500]


def test_two_payments_are_booked_each(
    start: StartPayment, confirm: ConfirmPayment, units: Units, user_id: UserId
) -> None:
    for key in ("one", "two"):
        confirm(told(start(user_id, Credits(500), key=key).payment_id))
    assert bookings(units, user_id) == [500, 500]


def test_what_is_refused_books_nothing(
    start: StartPayment, confirm: ConfirmPayment, units: Units, user_id: UserId
) -> None:
    place = start(user_id, Credits(500), key="one")
    with pytest.raises(PaymentMismatch):
        confirm(told(place.payment_id, kopecks=501))
    with pytest.raises(PaymentNotFound):
        confirm(told(payment_id(user_id, "another")))
    confirm(told(place.payment_id, "cancelled"))
    assert bookings(units, user_id) == []
