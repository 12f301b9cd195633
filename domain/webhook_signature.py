"""Signatures of webhooks: `t=<seconds>,v1=<hex>`, an HMAC-SHA256 over `<seconds>.<body>`.

The moment is signed with the body, so that what was overheard cannot be sent again much later.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.errors import SignatureExpired, SignatureInvalid

REPLAY_WINDOW = timedelta(minutes=5)
"""How far the moment of signing may be from now, either way: clocks differ, and mail is slow."""

_HEADER = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")


def sign(body: bytes, *, secret: str, now: datetime) -> str:
    """What stands in the header beside the body."""
    seconds = str(int(now.timestamp()))
    return f"t={seconds},v1={_digest(body, seconds, secret)}"


def sign_with_each(body: bytes, *, secrets: Sequence[str], now: datetime) -> str:
    """`t=…,v1=…,v1=…`: one digest a secret, while a receiver goes over from one to the next.

    Who knows one of the secrets believes it when any of the digests is theirs.
    """
    seconds = str(int(now.timestamp()))
    return ",".join([f"t={seconds}", *(f"v1={_digest(body, seconds, one)}" for one in secrets)])


def check_signature(body: bytes, header: str, *, secret: str, now: datetime) -> None:
    """Raises SignatureInvalid for what was not signed so, SignatureExpired for what is not fresh.

    Only who knows the secret learns whether the moment fits.
    """
    found = _HEADER.fullmatch(header)
    if found is None:
        raise SignatureInvalid("the signature is not of the form t=…,v1=…")
    seconds, digest = found.groups()
    if not hmac.compare_digest(digest, _digest(body, seconds, secret)):
        raise SignatureInvalid("the signature is not that of the body")
    if abs(now.timestamp() - int(seconds)) > REPLAY_WINDOW.total_seconds():
        raise SignatureExpired("it was signed too long ago, or not yet")


def _digest(body: bytes, seconds: str, secret: str) -> str:
    message = seconds.encode() + b"." + body
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
