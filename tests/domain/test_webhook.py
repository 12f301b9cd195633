"""A delivery is tried often enough, ever more seldom, and then no more."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import SignatureInvalid
from domain.webhook import (
    PAUSE_MAX_S,
    PAUSE_MIN_S,
    TRIES_MAX,
    TRY_LIFETIME,
    DeliveryState,
    Outcome,
    Reply,
    RunEnd,
    pause_s,
)
from domain.webhook_signature import check_signature
from tests.builders import NOON, a_run
from tests.hooks import SECRET, a_delivery, a_webhook, an_end, an_ended_run

FAILED = Reply(Outcome.TIMED_OUT)
FINE = Reply(Outcome.ACCEPTED, 200)


def test_pauses_grow_from_ten_seconds_to_six_hours() -> None:
    pauses = [pause_s(tries, chance=0.5) for tries in range(1, TRIES_MAX)]
    known = (10.0, 35.96, 129.27, 464.76, 1670.9, 6007.4, 21600.0)
    assert pauses == pytest.approx(known, rel=1e-3)


@given(st.integers(0, 99), st.floats(0, 1))
def test_chance_spreads_a_pause_by_a_fifth_and_never_past_its_bounds(
    tries: int, chance: float
) -> None:
    usual = pause_s(tries, chance=0.5)
    assert PAUSE_MIN_S <= pause_s(tries, chance=chance) <= PAUSE_MAX_S
    assert pause_s(tries, chance=chance) == pytest.approx(usual, rel=0.2001)


def test_chance_does_spread() -> None:
    assert pause_s(3, chance=1.0) == pytest.approx(1.5 * pause_s(3, chance=0.0))


def test_a_delivery_is_tried_eight_times_and_given_up() -> None:
    delivery, now = a_delivery(a_webhook()), NOON
    for tries in range(1, TRIES_MAX + 1):
        assert delivery.state is DeliveryState.WAITING
        begun = delivery.begun(now=now)
        assert (begun.tries, begun.next_at) == (tries, now + TRY_LIFETIME)
        delivery = begun.after(FAILED, now=now, chance=0.5)
        now = delivery.next_at
    assert (delivery.state, delivery.reply) == (DeliveryState.GIVEN_UP, FAILED)


def test_a_delivery_that_kills_its_worker_every_time_ends_too() -> None:
    delivery = a_delivery(a_webhook())
    for _ in range(TRIES_MAX):
        delivery = delivery.begun(now=NOON)
        assert delivery.state is DeliveryState.WAITING
    ended = delivery.begun(now=NOON)
    assert (ended.state, ended.tries) == (DeliveryState.GIVEN_UP, TRIES_MAX)
    assert ended.reply == Reply(Outcome.INTERRUPTED)


def test_what_was_accepted_is_delivered() -> None:
    delivery = a_delivery(a_webhook()).begun(now=NOON).after(FINE, now=NOON, chance=0.0)
    assert (delivery.state, delivery.reply, delivery.tries) == (DeliveryState.DELIVERED, FINE, 1)


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - {Outcome.ACCEPTED}))
def test_everything_else_is_tried_again(outcome: Outcome) -> None:
    delivery = a_delivery(a_webhook()).begun(now=NOON)
    assert delivery.after(Reply(outcome), now=NOON, chance=0).state is DeliveryState.WAITING


@pytest.mark.parametrize(
    ("state", "tries"), [(DeliveryState.DELIVERED, 0), (DeliveryState.GIVEN_UP, 0)]
)
def test_who_resends_has_all_tries_again(state: DeliveryState, tries: int) -> None:
    later = NOON + timedelta(days=1)
    resent = a_delivery(a_webhook(), state=state, tries=TRIES_MAX).resent(now=later)
    assert (resent.state, resent.tries) == (DeliveryState.WAITING, tries)
    assert resent.next_at == later


def test_who_resends_what_still_waits_does_not_make_it_wait_for_ever() -> None:
    waiting = a_delivery(a_webhook(), tries=5)
    assert waiting.resent(now=NOON).tries == 5


def test_the_body_holds_ids_status_and_code_alone() -> None:
    """R-706."""
    delivery = a_delivery(a_webhook(), end=an_end(status="error", code="timed_out"))
    assert json.loads(delivery.body) == {
        "delivery": str(delivery.id),
        "event": "run.error",
        "run": str(delivery.end.run_id),
        "status": "error",
        "code": "timed_out",
        "at": "2026-01-02T12:00:00+00:00",
    }


@pytest.mark.parametrize("status", ["ok", "error", "cancelled"])
def test_an_end_says_what_the_run_says(status: str) -> None:
    run = an_ended_run(status=status)
    end = RunEnd.of(run)
    assert (end.event, end.run_id, end.user_id, end.at) == (
        f"run.{status}",
        run.id,
        run.user_id,
        NOON,
    )
    assert end.code == {"ok": "", "error": "measurement_failed", "cancelled": "cancelled"}[status]


def test_a_run_that_goes_on_has_no_end() -> None:
    with pytest.raises(ValueError, match="not ended"):
        RunEnd.of(a_run())


def test_with_one_secret_the_signature_is_of_the_plain_form() -> None:
    body = b"{}"
    header = a_webhook().signature(body, now=NOON)
    check_signature(body, header, secret=SECRET, now=NOON)
    with pytest.raises(SignatureInvalid):
        check_signature(body, header, secret="other", now=NOON)  # noqa: S106


def test_two_secrets_at_most() -> None:
    """Hardening 69: rotation keeps two."""
    webhook = a_webhook().rotated("second").rotated("third")
    assert webhook.secrets == ("third", "second")
    assert webhook.signature(b"", now=NOON).count("v1=") == 2
    for secrets in ((), ("a", "b", "c")):
        with pytest.raises(ValueError, match="secrets"):
            a_webhook(secrets=secrets)


def test_a_webhook_does_not_show_its_secrets() -> None:
    assert SECRET not in repr(a_webhook())
