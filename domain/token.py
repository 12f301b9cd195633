"""Tokens: what a program shows to be let in, told once and kept as a digest.

256 random bits cannot be guessed, so a plain SHA-256 keeps them safe: nothing needs to be slow.
"""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum

from domain.errors import Unauthenticated

RANDOM_BYTES = 32
_FORM = re.compile(r"(tfs|tfk)_[A-Za-z0-9_-]{43}", re.ASCII)


class TokenKind(StrEnum):
    """What a token begins with: people and scanners for leaked secrets tell it from other text."""

    SESSION = "tfs"
    API_KEY = "tfk"


@dataclass(frozen=True, slots=True)
class Token:
    """The secret itself; Unauthenticated for text that is no token."""

    text: str = field(repr=False)

    def __post_init__(self) -> None:
        if _FORM.fullmatch(self.text) is None:
            raise Unauthenticated("not a token")

    @classmethod
    def made(cls, kind: TokenKind, random: bytes) -> "Token":
        """A new token of `RANDOM_BYTES` random bytes; ValueError for another count."""
        if len(random) != RANDOM_BYTES:
            raise ValueError("a token is made of 32 random bytes")
        return cls(f"{kind}_{base64.urlsafe_b64encode(random).decode().rstrip('=')}")

    @property
    def kind(self) -> TokenKind:
        return TokenKind(self.text[:3])

    @property
    def sha256(self) -> str:
        """What is kept of it, 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()
