"""The guards of sockets, each seen to be needed by taking it away (hardening 60, 61).

What strawberry itself does (4401, 4429) is taken out of a copy of its own handler.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.builders import a_run
from tests.graphql.house import House, Person
from tests.graphql.test_websockets import closed_with, follows, greeted, opened, said, says
from tests.planted import without
from tests.servers.web import served

APP = "entrypoints.graphql.app"
HANDLER = "strawberry.subscriptions.protocols.graphql_transport_ws.handlers"
STAYS_S = 1.5
"""Who has not been shown out by then is let stay."""
SHORT = ("INIT_TIMEOUT = timedelta(seconds=10)", "INIT_TIMEOUT = timedelta(seconds=0.2)")

Guard = tuple[str, str]
Stimulus = Callable[[House, Person], Coroutine[Any, Any, object]]


@contextmanager
def opened_without(house: House, *guards: Guard, handler: Guard | None = None) -> Iterator[House]:
    """The same installation behind an application that lacks guards of ours or of the handler."""
    first, *more = [*guards, ('BEARER = "bearer "', 'BEARER = "bearer "')]
    api: Any = without(APP, *first, *more).Api
    if handler is not None:
        kind = without(HANDLER, *handler).BaseGraphQLTransportWSHandler
        api = type("Planted", (api,), {"graphql_transport_ws_handler_class": kind})
    same = "BODY_BYTES_MAX as EVENT_BYTES_MAX"
    make = without("entrypoints.api", same, same, Api=api).application
    with (
        served(make(house.container, is_open=True)) as url,
        httpx.Client(base_url=url, timeout=30) as http,
    ):
        yield House(container=house.container, http=http)


async def staying(socket: Any) -> object:
    """The code that a socket is closed with; None for one that stays open."""
    try:
        async with asyncio.timeout(STAYS_S):
            return await closed_with(socket)
    except TimeoutError:
        return None


async def says_nothing(house: House, person: Person) -> object:
    del person
    async with opened(house) as socket:
        return await staying(socket)


async def says_hello_twice(house: House, person: Person) -> object:
    async with opened(house) as socket:
        await greeted(socket, person)
        shown = {"authorization": f"Bearer {person.token}"}
        await says(socket, "connection_init", payload=shown)
        return await staying(socket)


async def shows_a_bad_token(house: House, person: Person) -> object:
    del person
    async with opened(house) as socket:
        await says(socket, "connection_init", payload={"authorization": "Bearer wrong"})
        return await staying(socket)


async def is_hasty(house: House, person: Person) -> object:
    del person
    async with opened(house) as socket:
        await follows(socket, a_run())
        return await staying(socket)


async def follows_a_dozen(house: House, person: Person) -> object:
    """How many of twelve subscriptions are refused."""
    run = house.keep(a_run(), of=person)
    refused = 0
    async with opened(house) as socket:
        await greeted(socket, person)
        for number in range(12):
            await follows(socket, run, name=str(number))
            refused += (await said(socket))["type"] == "error"
    return refused


async def speaks_the_old_protocol(house: House, person: Person) -> object:
    del person
    async with opened(house, protocol="graphql-ws") as socket:
        return await staying(socket)


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    stimulus: Stimulus
    kept: object
    broken: object
    guards: tuple[Guard, ...] = ()
    handler: Guard | None = None
    always: tuple[Guard, ...] = ()


CASES = [
    Case(
        "60-who-says-nothing",
        says_nothing,
        4408,
        None,
        guards=(("connection_init_wait_timeout=INIT_TIMEOUT,", ""),),
        always=(SHORT,),
    ),
    Case(
        "60-two-inits",
        says_hello_twice,
        4429,
        None,
        handler=(
            "if self.connection_init_received:\n            reason",
            "if False:\n            reason",
        ),
    ),
    Case(
        "60-a-bad-token",
        shows_a_bad_token,
        4403,
        None,
        guards=(("raise ConnectionRejectionError from refusal", "del refusal"),),
    ),
    Case(
        "60-before-the-greeting",
        is_hasty,
        4401,
        None,
        handler=("if not self.connection_acknowledged:", "if False:"),
    ),
    Case(
        "61-subscriptions-of-one-socket",
        follows_a_dozen,
        2,
        0,
        guards=(("max_subscriptions_per_connection=SUBSCRIPTIONS_MAX,", ""),),
    ),
    Case(
        "61-the-old-protocol",
        speaks_the_old_protocol,
        4406,
        None,
        guards=(("(GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL)", '("graphql-ws",)'),),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_without_its_guard_a_socket_would_stay(house: House, case: Case) -> None:
    person = house.person(f"{uuid4().hex}@example.org")
    with opened_without(house, *case.always) as kept:
        assert asyncio.run(case.stimulus(kept, person)) == case.kept
    with opened_without(house, *case.always, *case.guards, handler=case.handler) as broken:
        assert asyncio.run(case.stimulus(broken, person)) == case.broken
