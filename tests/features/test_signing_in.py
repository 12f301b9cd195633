"""Steps of "People sign in, and their programs with keys of their own"."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from pytest_bdd import given, parsers, scenarios, then, when
from sqlalchemy import URL, text

from adapters.memory.clock import FixedClock
from domain.api_key import Scope
from domain.errors import ScopeMissing, SignInRefused, TooManyAttempts, Unauthenticated
from entrypoints.api import application
from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.features.api_door import ApiDoor
from tests.features.door import ANNA, BORIS, CLARA, PASSWORD, Door
from tests.servers.postgres import made_database
from tests.servers.web import served

scenarios("signing_in.feature")

WRONG = "quite another one 7"
NEW = "a brand new phrase"


AnyDoor = Door | ApiDoor


@pytest.fixture(
    autouse=True,
    params=[
        "memory",
        pytest.param("api", marks=[pytest.mark.e2e, pytest.mark.requires("postgres")]),
    ],
)
def side(request: pytest.FixtureRequest) -> str:
    """Every scenario twice: over memory, and from outside.

    Of itself, since steps ask for their fixtures too late for one of them to have parameters.
    """
    found: str = request.param
    return found


@pytest.fixture
def door(side: str, request: pytest.FixtureRequest) -> AnyDoor:
    found: AnyDoor = request.getfixturevalue(f"{side}_door")
    return found


@pytest.fixture
def memory_door() -> Door:
    return Door()


@pytest.fixture(scope="module")
def served_api(
    postgres_server: URL, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Container, httpx.Client]]:
    """Yield an installation on a database of its own, served to one client."""
    with made_database(postgres_server) as database_url:
        environment = {"TRENDFLOW_DATABASE_URL": database_url}
        settings = Settings.read(environment, data_dir=tmp_path_factory.mktemp("api"))
        container = Container(settings=settings)
        container.migrate()
        with (
            served(application(container, is_open=False)) as url,
            httpx.Client(base_url=url, timeout=30) as http,
        ):
            yield container, http
        container.engine().dispose()


@pytest.fixture
def api_door(served_api: tuple[Container, httpx.Client]) -> ApiDoor:
    """The installation as if nobody had been there."""
    container, http = served_api
    clock = FixedClock()
    container.clock.override(clock)
    with container.engine().begin() as connection:
        connection.execute(text("DELETE FROM users WHERE name <> 'local'"))
        connection.execute(text("DELETE FROM sign_in_attempts"))
    return ApiDoor(container, http, clock)


@given("Anna has signed up")
@when("Anna signs up")
def _(door: Any) -> None:
    door.try_to(lambda: door.sign_up(ANNA, PASSWORD))


@when(parsers.parse('Anna signs up with the password "{password}"'))
def _(door: Any, password: str) -> None:
    door.try_to(lambda: door.sign_up(ANNA, password))


@when("somebody signs up with Anna's address")
def _(door: Any) -> None:
    door.try_to(lambda: door.sign_up(f" {ANNA.upper()}", "some other password 1"))


@when("Anna signs in")
def _(door: Any) -> None:
    door.try_to(lambda: door.sign_in(ANNA, PASSWORD))


@when("Anna signs in with capitals and spaces around her address")
def _(door: Any) -> None:
    door.try_to(lambda: door.sign_in(f"  {ANNA.title()} ", PASSWORD))


@when("somebody signs in as Anna with a wrong password")
def _(door: Any) -> None:
    door.try_to(lambda: door.sign_in(ANNA, WRONG))


@when("somebody signs in as Boris, who never signed up")
def _(door: Any) -> None:
    door.try_to(lambda: door.sign_in(BORIS, WRONG))


IMPOSSIBLE = {
    "an address that is none": ("anna", PASSWORD),
    "Anna's address and a password without end": (ANNA, "x" * 5_000),
    "Anna's address and an empty password": (ANNA, ""),
}


@when(parsers.parse("somebody signs in with {what}"))
def _(door: Any, what: str) -> None:
    door.try_to(lambda: door.sign_in(*IMPOSSIBLE[what.strip()]))


@when(parsers.parse("somebody signs in as Anna with a wrong password {times:d} times"))
def _(door: Any, times: int) -> None:
    for _ in range(times):
        door.pass_time(timedelta(seconds=1))
        door.try_to(lambda: door.sign_in(ANNA, WRONG))


@when(parsers.parse("somebody signs in as Boris, who never signed up, {times:d} times"))
def _(door: Any, times: int) -> None:
    for _ in range(times):
        door.try_to(lambda: door.sign_in(BORIS, WRONG))


@when("Anna mistypes her password 9 times and then signs in, twice over")
def _(door: Any) -> None:
    for _ in range(2):
        for _ in range(9):
            door.try_to(lambda: door.sign_in(ANNA, WRONG))
        door.sign_in(ANNA, PASSWORD)


@given("Anna has signed in on another device, and Clara has signed up")
def _(door: Any) -> None:
    first = door.token
    second = door.sign_in(ANNA, PASSWORD).token.text
    door.tokens = [first, second, door.sign_up(CLARA, PASSWORD).token.text]


@when("Anna signs out everywhere")
def _(door: Any) -> None:
    door.sign_out(door.authenticate(door.tokens[0]), everywhere=True)


@then("no session of Anna's works")
def _(door: Any) -> None:
    for token in door.tokens[:2]:
        with pytest.raises(Unauthenticated):
            door.authenticate(token)


@then("Clara is signed in")
def _(door: Any) -> None:
    assert door.authenticate(door.tokens[2]).user.name == CLARA


@when("Anna signs out")
def _(door: Any) -> None:
    door.sign_out(door.authenticate(door.token))


@when(parsers.parse("{days:d} days pass"))
def _(door: Any, days: int) -> None:
    door.pass_time(timedelta(days=days))


@when(parsers.parse("{days:d} days pass twice, and Anna asks for something in between"))
def _(door: Any, days: int) -> None:
    door.pass_time(timedelta(days=days))
    door.authenticate(door.token)
    door.pass_time(timedelta(days=days))


@given(parsers.parse("a key of Anna's that may {scope:w}"))
def _(door: Any, scope: str) -> None:
    made = door.create_key(door.authenticate(door.token), name="mine", scopes=[Scope(scope)])
    door.key = made


@when(parsers.parse("a key that may {scope:w} is made with that key"))
def _(door: Any, scope: str) -> None:
    caller = door.authenticate(door.key.token.text)
    door.try_to(lambda: door.create_key(caller, name="more", scopes=[Scope(scope)]))


@when("Anna revokes the key")
def _(door: Any) -> None:
    door.revoke_key(door.authenticate(door.token), door.key.key.id)


@when("Clara, who has signed up, revokes the key")
def _(door: Any) -> None:
    clara = door.authenticate(door.sign_up(CLARA, PASSWORD).token.text)
    door.try_to(lambda: door.revoke_key(clara, door.key.key.id))


@then("Anna is signed in")
def _(door: Any) -> None:
    caller = door.authenticate(door.token)
    assert caller.user.name == ANNA
    caller.require(Scope.READ, Scope.RUN, Scope.ACCOUNT)


@then(parsers.parse("that is refused as {code:w}"))
@then(parsers.parse("that is refused as {code:w}, with the time to wait"))
def _(door: Any, code: str) -> None:
    assert [refusal.code for refusal in door.refusals[-1:]] == [code]


@then("at that time Anna can sign in")
def _(door: Any) -> None:
    refusal = door.refusals[-1]
    assert isinstance(refusal, TooManyAttempts)
    free_at = datetime.fromisoformat(str(refusal.fields["free_at"]))
    wait = free_at - door.clock.now()
    assert timedelta(minutes=14) < wait < timedelta(minutes=15)
    door.pass_time(wait - timedelta(seconds=1))
    with pytest.raises(TooManyAttempts):
        door.sign_in(ANNA, PASSWORD)
    door.pass_time(timedelta(seconds=1))
    assert door.sign_in(ANNA, PASSWORD).user.name == ANNA


@then(parsers.parse("both get the same refusal, {code:w}"))
def _(door: Any, code: str) -> None:
    wrong, unknown = door.refusals
    assert (wrong.code, str(wrong), wrong.fields) == (code, str(unknown), unknown.fields)
    assert type(wrong) is type(unknown)


@then("a password was compared for each")
def _(door: Any) -> None:
    assert door.passwords.verified == 2


@when("Anna's password is reset by whoever runs the installation")
def _(door: Any) -> None:
    door.reset_password(ANNA.upper(), NEW)


@then("Anna can sign in with the new password alone")
def _(door: Any) -> None:
    assert door.sign_in(ANNA, NEW).user.name == ANNA
    with pytest.raises(SignInRefused):
        door.sign_in(ANNA, PASSWORD)


@then("Anna's session works no longer")
def _(door: Any) -> None:
    with pytest.raises(Unauthenticated):
        door.authenticate(door.token)


@then("the key is Anna's")
def _(door: Any) -> None:
    assert door.authenticate(door.key.token.text).user.name == ANNA


@then("the key works no longer")
def _(door: Any) -> None:
    with pytest.raises(Unauthenticated):
        door.authenticate(door.key.token.text)


@then(parsers.parse("the key may {scope:w}"))
def _(door: Any, scope: str) -> None:
    door.authenticate(door.key.token.text).require(Scope(scope))


@then("the key may not run, account or administer")
def _(door: Any) -> None:
    caller = door.authenticate(door.key.token.text)
    for scope in (Scope.RUN, Scope.ACCOUNT, Scope.ADMINISTER):
        with pytest.raises(ScopeMissing):
            caller.require(scope)
