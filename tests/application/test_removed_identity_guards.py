"""The guards of the door, each seen to matter by taking it away (R-902)."""

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from domain.api_key import Scope
from domain.caller import Caller
from domain.errors import DomainError, SignInRefused
from domain.session import SESSION_LIFETIME
from domain.sign_in_attempts import AttemptLimit
from tests.features.door import ANNA, BORIS, CLARA, PASSWORD, Door
from tests.planted import without

WRONG = "some wrong phrase"


class Open(Door):
    """A door one of whose use cases, a member of it, has lost a guard."""

    def __init__(self, member: str, guard: str, instead: str = "pass") -> None:
        super().__init__()
        use_case: Any = getattr(self, member)
        kind = type(use_case)
        planted = getattr(without(kind.__module__, guard, instead), kind.__name__)
        parts = {part.name: getattr(use_case, part.name) for part in fields(use_case)}
        setattr(self, member, planted(**parts))


def compared(door: Door) -> int:
    """How many passwords are compared for an address that nobody has."""
    with pytest.raises(SignInRefused):
        door.sign_in(BORIS, WRONG)
    return door.passwords.verified


def test_nobodys_address_takes_as_long_only_because_a_password_is_compared() -> None:
    guard = "not self.passwords.verify(given, password_hash) or user is None"
    hurried = "user is None or not self.passwords.verify(given, password_hash)"
    assert compared(Door()) == 1
    assert compared(Open("_sign_in", guard, hurried)) == 0


def guesses(door: Door) -> int:
    """How many of thirty guesses are looked at."""
    door.sign_up(ANNA, PASSWORD)
    for _ in range(30):
        door.try_to(lambda: door.sign_in(ANNA, WRONG))
    return door.passwords.verified


def test_guesses_are_few_only_because_they_are_counted() -> None:
    assert guesses(Door()) == AttemptLimit().failures_max
    assert guesses(Open("_sign_in", "self.retrying(lambda: self._count(name))")) == 30


def lets_in_late(door: Door) -> bool:
    """Whether a session works on when its life is over."""
    door.sign_up(ANNA, PASSWORD)
    door.pass_time(SESSION_LIFETIME + timedelta(days=1))
    return not is_refused(door, "unauthenticated", lambda: door.authenticate(door.token))


def test_a_session_ends_only_because_its_life_is_looked_at() -> None:
    assert not lets_in_late(Door())
    assert lets_in_late(Open("authenticate", " or not session.is_live(now)", ""))


def makes_a_mightier_key(door: Door) -> bool:
    caller = replace(signed_in(door), scopes=frozenset({Scope.ACCOUNT}))
    more = [Scope.ACCOUNT, Scope.RUN]
    return not is_refused(
        door, "scope_missing", lambda: door.create_key(caller, name="more", scopes=more)
    )


def test_a_key_stays_as_mighty_as_it_was_made_only_because_scopes_are_compared() -> None:
    assert not makes_a_mightier_key(Door())
    assert makes_a_mightier_key(Open("create_key", ", *sorted(scopes)", ""))


def revokes_without_the_scope(door: Door) -> bool:
    owner = signed_in(door)
    made = door.create_key(owner, name="mine", scopes=[Scope.READ])
    reader = replace(owner, scopes=frozenset({Scope.READ}))
    return not is_refused(door, "scope_missing", lambda: door.revoke_key(reader, made.key.id))


def test_a_key_is_revoked_only_by_who_may_change_the_account() -> None:
    assert not revokes_without_the_scope(Door())
    assert revokes_without_the_scope(Open("revoke_key", "caller.require(Scope.ACCOUNT)"))


def stays_signed_in(door: Door) -> bool:
    """Whether whoever had the old password is still in after it was reset."""
    door.sign_up(CLARA, PASSWORD)
    door.reset_password(CLARA, "a brand new phrase")
    return not is_refused(door, "unauthenticated", lambda: door.authenticate(door.token))


def test_a_reset_ends_sessions_only_because_it_says_so() -> None:
    assert not stays_signed_in(Door())
    assert stays_signed_in(Open("reset_password", "work.sessions.remove_of(user_id)"))


def signed_in(door: Door) -> Caller:
    return door.authenticate(door.sign_up(ANNA, PASSWORD).token.text)


def is_refused(door: Door, code: str, act: Any) -> bool:
    """Whether an act is refused, by this code and no other."""
    before = len(door.refusals)
    door.try_to(act)
    new: list[DomainError] = door.refusals[before:]
    assert [refusal.code for refusal in new] in ([], [code])
    return bool(new)
