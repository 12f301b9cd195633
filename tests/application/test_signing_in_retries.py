"""A database that fails for a moment: whoever signs up, in or out is helped, and only once."""

import pytest

from application.ports.unit_of_work import UnitOfWork
from application.queries.list_api_keys import ListApiKeys
from domain.api_key import API_KEYS_MAX, Scope
from domain.errors import EmailTaken, SignInRefused, TooManyKept, Unauthenticated
from tests.application.flaky import FlakyUnitOfWork, Harm, Weather
from tests.features.door import ANNA, PASSWORD, Door

SESSION_OPENS = 3
"""The unit of a sign-in that keeps the session, after counting the attempt and reading."""

EVERY_HARM = pytest.mark.parametrize("harm", Harm)


class FlakyDoor(Door):
    """A door whose database meets the weather."""

    def __init__(self) -> None:
        self.weather = Weather()
        super().__init__()

    def unit_of_work(self) -> UnitOfWork:
        return FlakyUnitOfWork(self.database, self.weather)

    def struck(self, unit: int, harm: Harm) -> None:
        """From now on, the unit of this number meets a harm."""
        self.weather = Weather({unit: harm})


@EVERY_HARM
def test_signing_up_is_done_once_whatever_becomes_of_a_unit(harm: Harm) -> None:
    """The answer to the commit was lost: the second try finds the user, and takes no offence."""
    door = FlakyDoor()
    door.struck(0, harm)
    signed = door.sign_up(ANNA, PASSWORD)
    assert door.authenticate(signed.token.text).user == signed.user
    with pytest.raises(EmailTaken):
        door.sign_up(ANNA, PASSWORD)


@EVERY_HARM
@pytest.mark.parametrize("unit", [0, 2])
def test_signing_in_opens_one_session_whatever_becomes_of_a_unit(unit: int, harm: Harm) -> None:
    """Unit 0 counts the attempt, 1 reads, 2 opens the session."""
    door = FlakyDoor()
    door.sign_up(ANNA, PASSWORD)
    door.struck(unit, harm)
    signed = door.sign_in(ANNA, PASSWORD)
    assert door.authenticate(signed.token.text).session_id == signed.session.id
    with door.unit_of_work() as work:
        assert work.sessions.expire(signed.session.expires_at) == 2


@EVERY_HARM
def test_a_key_is_made_once_whatever_becomes_of_a_unit(harm: Harm) -> None:
    door = FlakyDoor()
    caller = door.authenticate(door.sign_up(ANNA, PASSWORD).token.text)
    door.struck(0, harm)
    made = door.create_key(caller, name="mine", scopes=[Scope.READ])
    with door.unit_of_work() as work:
        assert list(work.api_keys.of(caller.user.id)) == [made.key]


@EVERY_HARM
def test_signing_out_is_done_whatever_becomes_of_a_unit(harm: Harm) -> None:
    door = FlakyDoor()
    signed = door.sign_up(ANNA, PASSWORD)
    caller = door.authenticate(signed.token.text)
    door.struck(0, harm)
    door.sign_out(caller)
    with pytest.raises(Unauthenticated):
        door.authenticate(signed.token.text)


class Overtaken(Door):
    """A door at which the password is reset just when somebody has been let in by the old one."""

    def __init__(self) -> None:
        super().__init__()
        self.units = 0
        self.resets = False

    def unit_of_work(self) -> UnitOfWork:
        self.units += self.resets
        if self.units == SESSION_OPENS:
            self.resets = False
            self.units += 1
            self.reset_password(ANNA, "another good phrase")
        return super().unit_of_work()


def test_a_password_that_was_reset_meanwhile_lets_nobody_in() -> None:
    """Whoever stole it may be signing in at that very moment."""
    door = Overtaken()
    door.sign_up(ANNA, PASSWORD)
    door.resets = True
    with pytest.raises(SignInRefused):
        door.sign_in(ANNA, PASSWORD)
    assert not door.resets
    assert door.sign_in(ANNA, "another good phrase").user.name == ANNA


def test_a_key_has_no_session_to_sign_out_of() -> None:
    door = Door()
    caller = door.authenticate(door.sign_up(ANNA, PASSWORD).token.text)
    made = door.create_key(caller, name="mine", scopes=[Scope.READ])
    with pytest.raises(Unauthenticated):
        door.sign_out(door.authenticate(made.token.text))


def test_a_user_has_only_so_many_keys() -> None:
    door = Door()
    caller = door.authenticate(door.sign_up(ANNA, PASSWORD).token.text)
    made = [
        door.create_key(caller, name=f"mine {number}", scopes=[Scope.READ]).key.id
        for number in range(API_KEYS_MAX)
    ]
    with pytest.raises(TooManyKept):
        door.create_key(caller, name="one more", scopes=[Scope.READ])
    listed = ListApiKeys(door.unit_of_work)(caller.user.id)
    assert {key.id for key in listed} == set(made)


def test_a_cheap_hash_is_made_anew_at_the_next_sign_in() -> None:
    """Costs rise with the years; a password is known only while somebody types it."""
    door = Door()
    user = door.sign_up(ANNA, PASSWORD).user
    door.passwords.cost = 2
    for _ in range(2):
        door.sign_in(ANNA, PASSWORD)
        with door.unit_of_work() as work:
            kept = work.credentials.of(user.id)
        assert kept is not None
        assert not door.passwords.needs_rehash(kept)


def test_a_use_within_the_hour_writes_nothing() -> None:
    door = FlakyDoor()
    signed = door.sign_up(ANNA, PASSWORD)
    door.weather = Weather()
    door.authenticate(signed.token.text)
    assert door.weather.begun == 1
