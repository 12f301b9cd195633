"""Passwords: long enough, whatever they are made of, and nothing that is guessed first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidPassword
from domain.password import CHARACTERS_MAX, CHARACTERS_MIN, Password

EMAIL = "marina@example.org"
GOOD = "correct horse battery"


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "abcde" * 3,
        "длинный пароль по-русски",
        "x1 y2 z3 !@ ",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 one family",
        "a" * 11 + "bcde" + "z" * (CHARACTERS_MAX - 15),
    ],
)
def test_any_characters_make_a_password(text: str) -> None:
    """SP 800-63B, 5.1.1.2: no rules of composition; spaces and any alphabet are fine."""
    Password(text).check_new(email=EMAIL)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "elevenchars",
        "aaaaaaaaaaaaaaaa",
        "abcdabcdabcdabcd",
        "AaBbAaBbAaBbAaBb",
        f"x {EMAIL} 123",
        "I am Marina, 1987",
        "TrendFlow rules ok",
    ],
)
def test_what_is_guessed_first_is_refused(text: str) -> None:
    with pytest.raises(InvalidPassword):
        Password(text).check_new(email=EMAIL)


def test_a_short_name_may_stand_in_a_password() -> None:
    Password("what a long calm day").check_new(email="al@example.org")


@pytest.mark.parametrize(
    "text", ["x" * (CHARACTERS_MAX + 1), "correct\x00horse battery", "correct \ud800 horse x"]
)
def test_what_no_password_can_be_is_refused_at_once(text: str) -> None:
    """Also one of a gigabyte, before anything is computed of it."""
    with pytest.raises(InvalidPassword):
        Password(text)


def test_twelve_characters_are_counted_not_bytes() -> None:
    exact = "пароль двена"
    assert len(exact) == CHARACTERS_MIN
    Password(exact).check_new(email=EMAIL)
    with pytest.raises(InvalidPassword):
        Password(exact[:-1]).check_new(email=EMAIL)


def test_one_password_typed_on_two_keyboards_is_one() -> None:
    """NFKC: é as one character, and as e with an accent."""
    assert Password("caf\u00e9 au lait noir") == Password("cafe\u0301 au lait noir")


@given(st.text(min_size=1, max_size=CHARACTERS_MAX))
def test_a_password_is_never_shown(text: str) -> None:
    """R-706."""
    canary = f"quokka{text}"[:CHARACTERS_MAX]
    try:
        shown = [repr(Password(canary)), str(Password(canary))]
    except InvalidPassword as refusal:
        shown = [repr(refusal), str(refusal)]
    assert not any("quokka" in one for one in shown)
