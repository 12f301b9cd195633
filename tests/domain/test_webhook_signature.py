"""A webhook is believed when it was signed with the secret, and not long ago."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import SignatureExpired, SignatureInvalid
from domain.webhook_signature import REPLAY_WINDOW, check_signature, sign
from tests.builders import NOON

SECRET = "a secret of the tests"  # noqa: S105
BODY = b'{"event": "payment.succeeded"}'


def test_the_signature_is_hmac_sha256_over_the_moment_and_the_body() -> None:
    seconds = 1_767_355_200
    assert int(NOON.timestamp()) == seconds
    message = f"{seconds}.".encode() + BODY
    digest = hmac.new(SECRET.encode(), message, hashlib.sha256).hexdigest()
    assert sign(BODY, secret=SECRET, now=NOON) == f"t={seconds},v1={digest}"


def test_a_known_signature_stays_the_same() -> None:
    """Worked out with `openssl dgst -sha256 -hmac`."""
    expected = "059e00e51675319465d8db5d2d86647fe1c561f99cfcad05fda6733a16b73970"
    assert sign(BODY, secret=SECRET, now=NOON).rpartition("=")[2] == expected


@given(st.binary(max_size=50))
def test_what_was_signed_is_believed(body: bytes) -> None:
    check_signature(body, sign(body, secret=SECRET, now=NOON), secret=SECRET, now=NOON)


@pytest.mark.parametrize("off", [REPLAY_WINDOW, -REPLAY_WINDOW])
def test_the_window_is_five_minutes_either_way(off: timedelta) -> None:
    """Architecture 14."""
    header = sign(BODY, secret=SECRET, now=NOON)
    check_signature(BODY, header, secret=SECRET, now=NOON + off)
    with pytest.raises(SignatureExpired):
        check_signature(BODY, header, secret=SECRET, now=NOON + off * 1.01)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: "",
        lambda header: header.replace("v1=", "v0="),
        lambda header: header.replace("t=", "t=1"),
        lambda header: header[:-1] + ("0" if header[-1] != "0" else "1"),
        lambda header: header.upper(),
        lambda header: header + "\n",
        lambda header: header + ",v1=" + "0" * 64,
        lambda header: "t=" + "9" * 400 + header[header.index(",") :],
        lambda header: header.replace("t=", "t=١"),
    ],
)
def test_a_spoiled_signature_is_not_believed(spoil: Callable[[str], str]) -> None:
    header = spoil(sign(BODY, secret=SECRET, now=NOON))
    with pytest.raises(SignatureInvalid):
        check_signature(BODY, header, secret=SECRET, now=NOON)


def test_another_body_and_another_secret_are_not_believed_however_old() -> None:
    header = sign(BODY, secret=SECRET, now=NOON - timedelta(days=1))
    for body, secret in ((BODY + b" ", SECRET), (BODY, "guessed")):
        with pytest.raises(SignatureInvalid):
            check_signature(body, header, secret=secret, now=NOON)
