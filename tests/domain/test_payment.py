"""A payment succeeds once, for the money that was asked for; a cancellation takes nothing back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.credits import Credits
from domain.errors import IdempotencyConflict, InvalidAmount, InvalidText, PaymentMismatch
from domain.ledger import GrantKind
from domain.payment import Payment, PaymentEvent, PaymentOutcome, PaymentState, payment_id
from tests.builders import NOON
from tests.ledgers import a_payment, a_user

LATER = NOON + timedelta(hours=1)


def paid(payment: Payment, *, kopecks: int = 50_000, currency: str = "RUB") -> PaymentEvent:
    return PaymentEvent(
        payment_id=payment.id,
        outcome=PaymentOutcome.SUCCEEDED,
        amount=Credits(kopecks),
        currency=currency,
    )


@pytest.mark.parametrize("state", [PaymentState.WAITING, PaymentState.CANCELLED])
def test_money_that_came_in_is_the_users_even_after_a_cancellation(state: PaymentState) -> None:
    payment = a_payment(state=state)
    ended = payment.succeeded(paid(payment), now=LATER)
    assert ended == replace(payment, state=PaymentState.SUCCEEDED, ended_at=LATER)


def test_a_second_success_and_a_late_cancellation_change_nothing() -> None:
    payment = a_payment()
    ended = payment.succeeded(paid(payment), now=NOON)
    assert ended.succeeded(paid(payment), now=LATER) == ended
    assert ended.cancelled(now=LATER) == ended


def test_a_cancelled_payment_is_cancelled_at_its_moment() -> None:
    ended = a_payment().cancelled(now=LATER)
    assert (ended.state, ended.ended_at) == (PaymentState.CANCELLED, LATER)
    assert ended.cancelled(now=LATER + timedelta(1)) == ended


@pytest.mark.parametrize("wrong", [{"kopecks": 49_999}, {"kopecks": 50_001}, {"currency": "USD"}])
@pytest.mark.parametrize("state", PaymentState)
def test_other_money_than_was_asked_for_is_refused(
    wrong: dict[str, Any], state: PaymentState
) -> None:
    payment = a_payment(state=state)
    with pytest.raises(PaymentMismatch):
        payment.succeeded(paid(payment, **wrong), now=LATER)


def test_roubles_become_credits_one_to_one_under_one_key() -> None:
    """R-608."""
    payment = a_payment(12_345)
    order = payment.top_up(now=NOON)
    assert (order.user_id, order.amount, order.kind, order.expires_at) == (
        payment.user_id,
        Credits(12_345),
        GrantKind.PAID,
        None,
    )
    assert order.key == payment.top_up(now=LATER).key
    assert order.key != a_payment(12_345).top_up(now=NOON).key


def test_the_same_request_of_one_user_is_one_payment() -> None:
    one, two = a_user(), a_user()
    ids = {payment_id(one, "a"), payment_id(one, "b"), payment_id(two, "a")}
    assert len(ids) == 3
    assert payment_id(one, "a") in ids
    with pytest.raises(InvalidText):
        payment_id(one, "")


def test_a_payment_of_nothing_or_of_another_amount_is_refused() -> None:
    with pytest.raises(InvalidAmount):
        a_payment(0)
    a_payment(5).must_be_of(Credits(5))
    with pytest.raises(IdempotencyConflict):
        a_payment(5).must_be_of(Credits(6))
