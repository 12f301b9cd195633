"""The verifier that we give to receivers believes what is ours and fresh, and nothing else."""

from datetime import timedelta

import pytest

from adapters.memory.webhook_sender import Sent
from application.use_cases.deliver_webhooks import SIGNATURE_HEADER
from tests.believing import believes
from tests.builders import NOON
from tests.hooks import SECRET, URL, a_delivery, a_webhook

WEBHOOK = a_webhook(secrets=(SECRET, "the last one"))
BODY = a_delivery(WEBHOOK).body


def message(*, body: bytes = BODY, header: str = "") -> Sent:
    return Sent(URL, body, {SIGNATURE_HEADER: header or WEBHOOK.signature(BODY, now=NOON)})


@pytest.mark.parametrize("secret", WEBHOOK.secrets)
def test_case_69_either_of_two_secrets_is_enough(secret: str) -> None:
    """Hardening 69."""
    assert believes(message(), secret, now=NOON)


def test_case_69_a_replay_is_refused_after_five_minutes() -> None:
    """Hardening 69."""
    assert believes(message(), SECRET, now=NOON + timedelta(minutes=5))
    assert not believes(message(), SECRET, now=NOON + timedelta(minutes=5, seconds=1))
    assert not believes(message(), SECRET, now=NOON - timedelta(minutes=5, seconds=1))


def test_case_69_the_moment_and_the_body_are_signed_together() -> None:
    """Hardening 69."""
    later = message(header=message().headers[SIGNATURE_HEADER].replace("t=17", "t=18"))
    assert not believes(later, SECRET, now=NOON)
    assert not believes(message(body=BODY + b" "), SECRET, now=NOON)
    assert not believes(message(), "another", now=NOON)


@pytest.mark.parametrize(
    "header", ["-", "t=,v1=", "v1=00", "t=1,t=2", "t=1767355200,v0=00", "t=1767355200,v1=é"]
)
def test_case_69_what_is_no_signature_is_not_believed(header: str) -> None:
    assert not believes(message(header=header), SECRET, now=NOON)
