"""Addresses, sessions, keys, callers and attempts: who people are and what they may."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.api_key import NAME_CHARACTERS_MAX, ApiKey, ApiKeyId, Scope
from domain.caller import ALL_SCOPES, Caller
from domain.errors import (
    InvalidEmail,
    InvalidText,
    NotAdministrator,
    ScopeMissing,
    TooManyAttempts,
)
from domain.ledger import UserId
from domain.session import SESSION_LIFETIME, USE_NOTED_EVERY, Session, SessionId
from domain.sign_in_attempts import AttemptLimit, address_digest
from domain.user import EMAIL_CHARACTERS_MAX, User, email_of

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LONGEST = "a" * 64 + "@" + ".".join(["b" * 61] * 3) + ".com"


@pytest.mark.parametrize(
    ("given_as", "email"),
    [
        ("anna@example.org", "anna@example.org"),
        ("  Anna.B+x@Example.ORG\n", "anna.b+x@example.org"),
        ("o'neil@a-b.co.uk", "o'neil@a-b.co.uk"),
        ("x@xn--e1afmkfd.xn--p1ai", "x@xn--e1afmkfd.xn--p1ai"),
        (LONGEST, LONGEST),
    ],
)
def test_an_address_has_one_spelling(given_as: str, email: str) -> None:
    assert email_of(given_as) == email
    assert len(email) <= EMAIL_CHARACTERS_MAX


@pytest.mark.parametrize(
    "text",
    ["", "anna", "@example.org", "anna@", "anna@example", "a b@example.org", "a@b@example.org",
     "anna@-x.org", "anna@exam_ple.org", "аnna@example.org", "anna@example.org\x00",
     "anna\r\nBcc: x@example.org", "a" * 65 + "@example.org", LONGEST[:65] + "b" + LONGEST[65:],
     "a@" + "b." * 200 + "ru", "x" * 1_000_000],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    """The first letter of one of them is Cyrillic: it would look like another's."""
    with pytest.raises(InvalidEmail) as refused:
        email_of(text)
    assert refused.value.fields == {}
    assert str(refused.value) == "no e-mail address"


@given(st.emails())
def test_the_spelling_of_a_spelling_is_itself(text: str) -> None:
    try:
        email = email_of(text)
    except InvalidEmail:
        return
    assert email_of(email) == email == email.strip().lower()
    assert email_of(f" {text.upper()} ") == email


def test_an_address_is_not_shown_with_its_user() -> None:
    """R-706."""
    assert "anna" not in repr(a_caller().user)
    assert "anna" not in repr(a_caller())


def a_session() -> Session:
    return Session.opened(
        SessionId(uuid4()), user_id=UserId(uuid4()), token_sha256="ab" * 32, now=NOW
    )


def test_a_session_lives_for_its_lifetime_and_not_longer() -> None:
    session = a_session()
    assert session.is_live(NOW + SESSION_LIFETIME - timedelta(microseconds=1))
    assert not session.is_live(NOW + SESSION_LIFETIME)


def test_a_use_prolongs_a_session_and_is_noted_once_an_hour() -> None:
    session = a_session()
    assert session.used(NOW + USE_NOTED_EVERY - timedelta(microseconds=1)) is session
    later = NOW + USE_NOTED_EVERY
    used = session.used(later)
    assert (used.used_at, used.expires_at) == (later, later + SESSION_LIFETIME)
    assert (used.id, used.token_sha256, used.created_at) == (
        session.id,
        session.token_sha256,
        NOW,
    )


def a_key(name: str = "mine", *scopes: Scope) -> ApiKey:
    return ApiKey(
        id=ApiKeyId(uuid4()),
        user_id=UserId(uuid4()),
        name=name,
        scopes=frozenset(scopes or {Scope.READ}),
        token_sha256="ab" * 32,
        created_at=NOW,
    )


@pytest.mark.parametrize("name", ["", "  ", "x" * (NAME_CHARACTERS_MAX + 1), "a\nb", "a\x00"])
def test_a_key_has_a_readable_name(name: str) -> None:
    with pytest.raises(InvalidText):
        a_key(name)


def test_a_key_for_nothing_is_none() -> None:
    with pytest.raises(InvalidText):
        ApiKey(
            id=ApiKeyId(uuid4()),
            user_id=UserId(uuid4()),
            name="mine",
            scopes=frozenset(),
            token_sha256="ab" * 32,
            created_at=NOW,
        )


def test_the_first_use_of_a_key_is_noted_and_then_one_an_hour() -> None:
    used = a_key().used(NOW)
    assert used.used_at == NOW
    assert used.used(NOW + USE_NOTED_EVERY - timedelta(seconds=1)) is used
    assert used.used(NOW + USE_NOTED_EVERY).used_at == NOW + USE_NOTED_EVERY


def a_caller(*, is_administrator: bool = False, scopes: frozenset[Scope] = ALL_SCOPES) -> Caller:
    user = User(
        id=UserId(uuid4()),
        name="anna@example.org",
        created_at=NOW,
        is_administrator=is_administrator,
    )
    return Caller(user=user, scopes=scopes)


@given(scopes=st.frozensets(st.sampled_from(Scope)), wanted=st.sampled_from(Scope))
def test_a_caller_may_do_what_their_scopes_say(scopes: frozenset[Scope], wanted: Scope) -> None:
    caller = a_caller(scopes=scopes)
    if wanted in scopes:
        caller.require(wanted)
        return
    with pytest.raises(ScopeMissing) as refused:
        caller.require(wanted)
    assert refused.value.fields == {"scope": wanted}


def test_only_an_administrator_with_the_scope_administers() -> None:
    a_caller(is_administrator=True).require_administrator()
    with pytest.raises(NotAdministrator):
        a_caller().require_administrator()
    with pytest.raises(ScopeMissing):
        a_caller(is_administrator=True, scopes=frozenset({Scope.READ})).require_administrator()


@given(
    seconds=st.lists(st.integers(0, 36_000).map(lambda tenths: tenths / 10), max_size=40),
    most=st.integers(1, 12),
    window_s=st.integers(1, 3_600),
)
def test_attempts_are_limited_in_every_window(
    seconds: list[float], most: int, window_s: int
) -> None:
    """Whoever tries at every moment gets in `most` times in any window, and at `free_at`."""
    limit = AttemptLimit(failures_max=most, window=timedelta(seconds=window_s))
    passed: list[datetime] = []
    for moment in (NOW + timedelta(seconds=second) for second in sorted(seconds)):
        try:
            limit.check(passed, now=moment)
        except TooManyAttempts as refusal:
            free_at = datetime.fromisoformat(str(refusal.fields["free_at"]))
            assert moment < free_at < moment + limit.window + timedelta(seconds=1)
            too_early = free_at - timedelta(seconds=1)
            if too_early > moment:
                with pytest.raises(TooManyAttempts):
                    limit.check(passed, now=too_early)
            limit.check(passed, now=free_at)
        else:
            passed.append(moment)
            recent = [one for one in passed if one > moment - limit.window]
            assert len(recent) <= most


def test_attempts_are_counted_by_a_digest() -> None:
    """The SHA-256 of "abc", as FIPS 180-2 prints it: no address can be read from it."""
    assert address_digest("abc") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
