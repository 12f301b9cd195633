"""The provider's webhook over real HTTP: whatever comes how often, it is booked at most once."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http import HTTPStatus
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from adapters.local_payments.provider import post_signed
from application.errors import AdapterError
from domain.credits import MAX_KOPECKS, Credits
from domain.errors import PaymentEnded
from domain.payment import PaymentEvent, PaymentId, PaymentOutcome, PaymentState
from domain.webhook_signature import sign
from entrypoints.webhooks.payments import BODY_BYTES_MAX, PaymentWebhook
from tests.ledgers import a_payment, a_top_up
from tests.payments.conftest import SECRET, Till

SUCCEEDED, CANCELLED = "payment.succeeded", "payment.cancelled"


def test_who_pays_has_the_credits(till: Till) -> None:
    """R-608: a confirmed payment books roubles 1:1, once."""
    place = till.started(50_000)
    assert till.balance_kopecks == 0
    assert till.press(place, "succeeded") == HTTPStatus.OK
    assert till.balance_kopecks == 50_000
    assert till.state(place.payment_id) is PaymentState.SUCCEEDED


@pytest.mark.parametrize("word", ["succeeded", "cancelled"])
def test_a_payment_that_has_ended_is_not_paid_again(till: Till, word: str) -> None:
    place = till.started()
    till.press(place, word)
    with pytest.raises(PaymentEnded):
        till.started()
    assert till.bookings == int(word == "succeeded")


def test_who_presses_cancel_has_nothing(till: Till) -> None:
    place = till.started()
    assert till.press(place, "cancelled") == HTTPStatus.OK
    assert till.bookings == 0
    assert till.state(place.payment_id) is PaymentState.CANCELLED


def test_the_same_webhook_twice_books_once(till: Till) -> None:
    place = till.started()
    answers = [till.tell(place.payment_id) for _ in range(3)]
    assert answers == [HTTPStatus.OK] * 3
    assert (till.bookings, till.balance_kopecks) == (1, 50_000)


def test_a_success_told_again_days_later_books_once(till: Till) -> None:
    """Signed anew each time, as providers do when they try again."""
    place = till.started()
    for _ in range(3):
        assert till.tell(place.payment_id) == HTTPStatus.OK
        till.clock.advance(timedelta(days=1))
    assert till.bookings == 1


def test_many_at_once_book_once(till: Till) -> None:
    place = till.started()
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: till.tell(place.payment_id), range(16)))
    assert answers == {HTTPStatus.OK}
    assert (till.bookings, till.balance_kopecks) == (1, 50_000)


def test_a_cancellation_after_a_success_changes_nothing(till: Till) -> None:
    place = till.started()
    assert [till.tell(place.payment_id, event) for event in (SUCCEEDED, CANCELLED)] == [200, 200]
    assert till.balance_kopecks == 50_000
    assert till.state(place.payment_id) is PaymentState.SUCCEEDED


def test_a_success_after_a_cancellation_is_money_and_is_booked_once(till: Till) -> None:
    place = till.started()
    events = (CANCELLED, SUCCEEDED, CANCELLED, SUCCEEDED)
    assert {till.tell(place.payment_id, event) for event in events} == {200}
    assert (till.bookings, till.balance_kopecks) == (1, 50_000)


def test_what_was_overheard_is_not_believed_later(till: Till) -> None:
    """The replay window is five minutes."""
    place = till.started()
    age = timedelta(minutes=5, seconds=1)
    assert till.tell(place.payment_id, age=age) == HTTPStatus.UNAUTHORIZED
    assert till.tell(place.payment_id, age=-age) == HTTPStatus.UNAUTHORIZED
    assert till.bookings == 0
    assert till.tell(place.payment_id, age=timedelta(minutes=5)) == HTTPStatus.OK


def test_a_forged_webhook_books_nothing(till: Till) -> None:
    place = till.started()
    assert till.tell(place.payment_id, secret="guessed" * 9) == HTTPStatus.UNAUTHORIZED
    signed = sign(b"{}", secret=SECRET, now=till.clock.now())
    assert post_signed(till.url, b'{"amount": "1000000.00"}', signed) == HTTPStatus.UNAUTHORIZED
    assert till.post(till.url, b"{}") == HTTPStatus.UNAUTHORIZED
    assert till.bookings == 0


@pytest.mark.parametrize(
    "different",
    [{"amount": "499.99"}, {"amount": "50000.00"}, {"currency": "USD"}, {"currency": "rub"}],
)
def test_other_money_than_was_asked_for_is_refused(till: Till, different: dict[str, Any]) -> None:
    place = till.started()
    assert till.tell(place.payment_id, **different) == HTTPStatus.CONFLICT
    assert till.bookings == 0
    assert till.tell(place.payment_id) == HTTPStatus.OK


def test_other_money_told_of_a_payment_that_was_booked_is_refused_too(till: Till) -> None:
    place = till.started()
    assert till.tell(place.payment_id) == HTTPStatus.OK
    assert till.tell(place.payment_id, amount="700.00") == HTTPStatus.CONFLICT
    assert till.balance_kopecks == 50_000


@pytest.mark.parametrize("event", [SUCCEEDED, CANCELLED])
def test_a_payment_that_nobody_started_is_unknown(till: Till, event: str) -> None:
    assert till.tell(PaymentId(uuid4()), event) == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "different",
    [
        {"event": "payment.refunded"},
        {"event": None},
        {"payment_id": "1"},
        {"payment_id": 5},
        {"amount": 500},
        {"amount": float("nan")},
        {"amount": "-500.00"},
        {"amount": str(2**63 - 1)},
        {"currency": None, "amount": ""},
        {"note": "x" * BODY_BYTES_MAX},
    ],
)
def test_what_is_no_event_is_refused_though_it_is_signed(
    till: Till, different: dict[str, Any]
) -> None:
    """Hardening 38."""
    place = till.started()
    told = {"payment_id": place.payment_id, **different}
    event = told.pop("event", SUCCEEDED)
    identity = told.pop("payment_id")
    assert till.tell(identity, event, **told) == HTTPStatus.BAD_REQUEST
    assert till.bookings == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 9000])
def test_what_is_no_object_is_refused_though_it_is_signed(till: Till, body: bytes) -> None:
    signed = sign(body, secret=SECRET, now=till.clock.now())
    assert post_signed(till.url, body, signed) == HTTPStatus.BAD_REQUEST


def test_members_that_nobody_knows_are_ignored(till: Till) -> None:
    place = till.started()
    assert till.tell(place.payment_id, card={"last4": "4242"}, version=2) == HTTPStatus.OK
    assert till.bookings == 1


def test_a_payment_that_would_outgrow_any_amount_is_refused_and_stays_unbooked(till: Till) -> None:
    with till.units() as work:
        work.ledger.top_up(a_top_up(till.user_id, MAX_KOPECKS - 100))
        work.commit()
    place = till.started()
    assert till.tell(place.payment_id) == HTTPStatus.CONFLICT
    assert (till.bookings, till.state(place.payment_id)) == (1, PaymentState.WAITING)


def test_a_failure_that_may_pass_asks_the_provider_to_tell_again(till: Till) -> None:
    def fail(_: PaymentEvent) -> None:
        raise AdapterError("down", code="database_unavailable", retryable=True)

    broken: Any = fail
    webhook = PaymentWebhook(confirm=broken, clock=till.clock, secret=SECRET)
    body = b'{"event": "payment.succeeded", "payment_id": "%s", "amount": "1", "currency": "RUB"}'
    body %= str(uuid4()).encode()
    answer = webhook(body, sign(body, secret=SECRET, now=till.clock.now()))
    assert (answer.status, answer.code) == (503, "database_unavailable")


def test_nothing_private_is_logged(till: Till, caplog: pytest.LogCaptureFixture) -> None:
    """Logs hold sizes and codes: no secret, no name, no id, no sum."""
    with caplog.at_level(logging.DEBUG):
        place = till.started(50_000)
        till.press(place, "succeeded")
        till.tell(place.payment_id, secret="guessed" * 9)
        till.tell(place.payment_id, amount="700.00")
        till.tell(PaymentId(uuid4()))
    # A library may tell of something else meanwhile: of us alone is counted.
    ours = [record for record in caplog.records if record.name.startswith("entrypoints.")]
    assert len(ours) == 4
    assert "code=payment_mismatch" in caplog.text
    private = [SECRET, "Вера", str(till.user_id), str(place.payment_id), "500.00", "700.00", "v1="]
    assert [word for word in private if word in caplog.text] == []
    assert SECRET not in repr(till.webhook)


def test_the_page_shows_the_sum_and_knows_its_payments_alone(till: Till) -> None:
    place = till.started()
    target = urlsplit(place.url)
    found = []
    for path in (target.path, f"/pay/{uuid4()}", "/pay/x", "/"):
        connection = HTTPConnection(target.netloc, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        found.append((answer.status, b"500.00 RUB" in answer.read()))
        connection.close()
    assert found == [(200, True), (404, False), (404, False), (404, False)]
    assert till.press(place, "refunded") == HTTPStatus.NOT_FOUND


def test_a_webhook_that_nobody_answers_is_told_to_who_pressed(till: Till) -> None:
    till.provider._webhook_url = "http://127.0.0.1:9/webhooks/payments"
    place = till.started()
    assert till.press(place, "succeeded") == HTTPStatus.BAD_GATEWAY
    with pytest.raises(AdapterError) as failure:
        till.provider.tell(place.payment_id, PaymentOutcome.SUCCEEDED)
    assert failure.value.retryable
    assert till.bookings == 0


def test_a_payment_created_again_is_paid_at_the_same_place(till: Till) -> None:
    payment = a_payment(Credits(5).kopecks)
    assert till.provider.create(payment) == till.provider.create(payment)
