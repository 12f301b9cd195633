"""Tokens: 256 random bits that tell their kind, told once and kept as a digest."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Unauthenticated
from domain.token import RANDOM_BYTES, Token, TokenKind

RANDOM = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)


@given(random=RANDOM, kind=st.sampled_from(TokenKind))
def test_a_token_is_read_back_with_its_kind(random: bytes, kind: TokenKind) -> None:
    made = Token.made(kind, random)
    assert Token(made.text) == made
    assert made.kind is kind
    assert made.text.startswith(f"{kind}_")


@given(one=RANDOM, other=RANDOM)
def test_other_bytes_are_another_token(one: bytes, other: bytes) -> None:
    """Every random bit counts."""
    same = Token.made(TokenKind.SESSION, one) == Token.made(TokenKind.SESSION, other)
    assert same == (one == other)


def test_what_is_kept_is_the_plain_digest() -> None:
    token = Token.made(TokenKind.API_KEY, bytes(range(32)))
    assert token.text == "tfk_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
    assert token.sha256 == hashlib.sha256(token.text.encode()).hexdigest()


def test_a_session_and_a_key_of_the_same_bytes_are_two() -> None:
    session, key = (Token.made(kind, bytes(32)) for kind in TokenKind)
    assert session.sha256 != key.sha256


@pytest.mark.parametrize("count", [0, 16, 31, 33])
def test_fewer_or_more_bytes_make_no_token(count: int) -> None:
    with pytest.raises(ValueError, match="32"):
        Token.made(TokenKind.SESSION, bytes(count))


@pytest.mark.parametrize(
    "text",
    ["", "tfs_", "tfx_" + "A" * 43, "tfs_" + "A" * 42, "tfs_" + "A" * 44, "tfs_" + "й" * 43,
     "tfs_" + "A" * 43 + "\n", "A" * 1_000_000],
)  # fmt: skip
def test_other_text_is_nobodys_token(text: str) -> None:
    with pytest.raises(Unauthenticated):
        Token(text)


def test_a_token_is_never_shown() -> None:
    """R-706."""
    token = Token.made(TokenKind.SESSION, b"\x07" * 32)
    assert token.text[4:] not in f"{token!r} {token}"
