"""Steps of "People sign in, and their programs with keys of their own"."""

from datetime import datetime, timedelta

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from domain.api_key import Scope
from domain.errors import ScopeMissing, SignInRefused, TooManyAttempts, Unauthenticated
from tests.features.door import ANNA, BORIS, CLARA, PASSWORD, Door

scenarios("signing_in.feature")

WRONG = "quite another one 7"
NEW = "a brand new phrase"


@pytest.fixture
def door() -> Door:
    return Door()


@given("Anna has signed up")
@when("Anna signs up")
def _(door: Door) -> None:
    door.try_to(lambda: door.sign_up(ANNA, PASSWORD))


@when(parsers.parse('Anna signs up with the password "{password}"'))
def _(door: Door, password: str) -> None:
    door.try_to(lambda: door.sign_up(ANNA, password))


@when("somebody signs up with Anna's address")
def _(door: Door) -> None:
    door.try_to(lambda: door.sign_up(f" {ANNA.upper()}", "some other password 1"))


@when("Anna signs in")
def _(door: Door) -> None:
    door.try_to(lambda: door.sign_in(ANNA, PASSWORD))


@when("Anna signs in with capitals and spaces around her address")
def _(door: Door) -> None:
    door.try_to(lambda: door.sign_in(f"  {ANNA.title()} ", PASSWORD))


@when("somebody signs in as Anna with a wrong password")
def _(door: Door) -> None:
    door.try_to(lambda: door.sign_in(ANNA, WRONG))


@when("somebody signs in as Boris, who never signed up")
def _(door: Door) -> None:
    door.try_to(lambda: door.sign_in(BORIS, WRONG))


@when(parsers.parse("somebody signs in as Anna with a wrong password {times:d} times"))
def _(door: Door, times: int) -> None:
    for _ in range(times):
        door.pass_time(timedelta(seconds=1))
        door.try_to(lambda: door.sign_in(ANNA, WRONG))


@when(parsers.parse("somebody signs in as Boris, who never signed up, {times:d} times"))
def _(door: Door, times: int) -> None:
    for _ in range(times):
        door.try_to(lambda: door.sign_in(BORIS, WRONG))


@when("Anna mistypes her password 9 times and then signs in, twice over")
def _(door: Door) -> None:
    for _ in range(2):
        for _ in range(9):
            door.try_to(lambda: door.sign_in(ANNA, WRONG))
        door.sign_in(ANNA, PASSWORD)


@when("Anna signs out")
def _(door: Door) -> None:
    door.sign_out(door.authenticate(door.token))


@when(parsers.parse("{days:d} days pass"))
def _(door: Door, days: int) -> None:
    door.pass_time(timedelta(days=days))


@when(parsers.parse("{days:d} days pass twice, and Anna asks for something in between"))
def _(door: Door, days: int) -> None:
    door.pass_time(timedelta(days=days))
    door.authenticate(door.token)
    door.pass_time(timedelta(days=days))


@given(parsers.parse("a key of Anna's that may {scope:w}"))
def _(door: Door, scope: str) -> None:
    made = door.create_key(door.authenticate(door.token), name="mine", scopes=[Scope(scope)])
    door.key = made


@when(parsers.parse("a key that may {scope:w} is made with that key"))
def _(door: Door, scope: str) -> None:
    caller = door.authenticate(door.key.token.text)
    door.try_to(lambda: door.create_key(caller, name="more", scopes=[Scope(scope)]))


@when("Anna revokes the key")
def _(door: Door) -> None:
    door.revoke_key(door.authenticate(door.token), door.key.key.id)


@when("Clara, who has signed up, revokes the key")
def _(door: Door) -> None:
    clara = door.authenticate(door.sign_up(CLARA, PASSWORD).token.text)
    door.try_to(lambda: door.revoke_key(clara, door.key.key.id))


@then("Anna is signed in")
def _(door: Door) -> None:
    caller = door.authenticate(door.token)
    assert (caller.user.name, caller.scopes) == (ANNA, frozenset(Scope))


@then(parsers.parse("that is refused as {code:w}"))
@then(parsers.parse("that is refused as {code:w}, with the time to wait"))
def _(door: Door, code: str) -> None:
    assert [refusal.code for refusal in door.refusals[-1:]] == [code]


@then("at that time Anna can sign in")
def _(door: Door) -> None:
    refusal = door.refusals[-1]
    assert isinstance(refusal, TooManyAttempts)
    free_at = datetime.fromisoformat(str(refusal.fields["free_at"]))
    wait = free_at - door.clock.now()
    assert timedelta(minutes=14) < wait < timedelta(minutes=15)
    door.pass_time(wait - timedelta(seconds=1))
    with pytest.raises(TooManyAttempts):
        door.sign_in(ANNA, PASSWORD)
    door.pass_time(timedelta(seconds=2))
    assert door.sign_in(ANNA, PASSWORD).user.name == ANNA


@then(parsers.parse("both get the same refusal, {code:w}"))
def _(door: Door, code: str) -> None:
    wrong, unknown = door.refusals
    assert (wrong.code, str(wrong), wrong.fields) == (code, str(unknown), unknown.fields)
    assert type(wrong) is type(unknown)


@then("a password was compared for each")
def _(door: Door) -> None:
    assert door.passwords.verified == 2


@when("Anna's password is reset by whoever runs the installation")
def _(door: Door) -> None:
    door.reset_password(ANNA.upper(), NEW)


@then("Anna can sign in with the new password alone")
def _(door: Door) -> None:
    assert door.sign_in(ANNA, NEW).user.name == ANNA
    with pytest.raises(SignInRefused):
        door.sign_in(ANNA, PASSWORD)


@then("Anna's session works no longer")
def _(door: Door) -> None:
    with pytest.raises(Unauthenticated):
        door.authenticate(door.token)


@then("the key is Anna's")
def _(door: Door) -> None:
    assert door.authenticate(door.key.token.text).user.name == ANNA


@then("the key works no longer")
def _(door: Door) -> None:
    with pytest.raises(Unauthenticated):
        door.authenticate(door.key.token.text)


@then(parsers.parse("the key may {scope:w}"))
def _(door: Door, scope: str) -> None:
    door.authenticate(door.key.token.text).require(Scope(scope))


@then("the key may not run, account or administer")
def _(door: Door) -> None:
    caller = door.authenticate(door.key.token.text)
    for scope in (Scope.RUN, Scope.ACCOUNT, Scope.ADMINISTER):
        with pytest.raises(ScopeMissing):
            caller.require(scope)
