"""Signed links: a path that one user may use in one way until a moment, without signing in again.

The signature is an HMAC-SHA256 over the verb, the path, the user and the end, so that none of them
can be changed. Who holds the link holds what it opens: it is short-lived, and never logged.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.errors import SignedLinkExpired, SignedLinkInvalid
from domain.ledger import UserId

SECRET_CHARACTERS_MIN = 32
SECRETS_MAX = 2
LINK_LIFETIME = timedelta(minutes=15)
"""Long enough to begin a download, and too short to be passed around."""

_SECONDS = re.compile(r"[0-9]{1,12}", re.ASCII)
_USER = re.compile(r"[0-9a-f]{32}", re.ASCII)
_FORM = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkClaim:
    """What a link allows: `verb` (GET, PUT …) on `path`, for `user_id`, until `expires_at`."""

    verb: str
    path: str
    user_id: UserId
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LinkSigner:
    """Signs links with the first of `secrets` and believes every one, so that they can be rotated.

    Raises ValueError for secrets too short to be any, or too many.
    """

    secrets: tuple[str, ...] = field(repr=False)

    def __post_init__(self) -> None:
        if not 1 <= len(self.secrets) <= SECRETS_MAX:
            raise ValueError(f"one to {SECRETS_MAX} secrets sign links")
        if any(len(secret) < SECRET_CHARACTERS_MIN for secret in self.secrets):
            raise ValueError(f"a secret of links has at least {SECRET_CHARACTERS_MIN} characters")

    def sign(self, claim: LinkClaim) -> str:
        """The path with its signature as a query, whole seconds of the end kept."""
        seconds, user = str(int(claim.expires_at.timestamp())), claim.user_id.hex
        digest = _digest(self.secrets[0], (claim.verb, claim.path, user, seconds))
        return f"{claim.path}?user={user}&expires={seconds}&signature={digest}"

    def check(self, verb: str, path: str, query: Mapping[str, str], *, now: datetime) -> LinkClaim:
        """The claim of a link as it came back.

        Raises SignedLinkInvalid for what was not signed so, and SignedLinkExpired past its end:
        only who had the link learns that it is over.
        """
        user, seconds = query.get("user", ""), query.get("expires", "")
        given = query.get("signature", "")
        if not (_USER.fullmatch(user) and _SECONDS.fullmatch(seconds) and _FORM.fullmatch(given)):
            raise SignedLinkInvalid("the link has no signature of ours")
        signed = (verb, path, user, seconds)
        digests = [_digest(secret, signed) for secret in self.secrets]
        if not any(hmac.compare_digest(given, digest) for digest in digests):
            raise SignedLinkInvalid("the signature is not that of the link")
        if now.timestamp() >= int(seconds):
            raise SignedLinkExpired("the link is over")
        return LinkClaim(
            verb=verb,
            path=path,
            user_id=UserId(UUID(hex=user)),
            expires_at=datetime.fromtimestamp(int(seconds), UTC),
        )


def _digest(secret: str, signed: tuple[str, ...]) -> str:
    # JSON: no two tuples give the same text, whatever stands in a path.
    return hmac.new(secret.encode(), json.dumps(signed).encode(), hashlib.sha256).hexdigest()
