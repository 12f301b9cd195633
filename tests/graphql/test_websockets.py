"""Following runs and balances over websockets and SSE (hardening 60 to 62)."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import psutil
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from domain.identity import RunId
from domain.run import Run, RunStatus
from entrypoints.graphql import ids
from tests.builders import NOON, a_component_run, a_run
from tests.graphql.house import House, Person

FOLLOW = """
subscription ($run: ID!, $after: Int! = 0) {
  runProgress(run: $run, afterSequence: $after) {
    ... on RunProgress {
      sequence isLast share run { status }
      events { sequence status code stage component componentStatus }
    }
    ... on Refusal { code message }
  }
}
"""
WAIT_S = 20


@pytest.fixture(scope="module")
def ann(house: House) -> Person:
    return house.person("ann@example.org")


@pytest.fixture(scope="module")
def bob(house: House) -> Person:
    return house.person("bob@example.org")


@asynccontextmanager
async def opened(
    house: House, *, protocol: str = "graphql-transport-ws", goodbye_s: float = 10.0
) -> AsyncIterator[Any]:
    """A socket; at its end the server has so long to answer its goodbye."""
    url = str(house.http.base_url).replace("http", "ws") + "/graphql"
    async with connect(
        url, subprotocols=[Subprotocol(protocol)], compression=None, close_timeout=goodbye_s
    ) as socket:
        yield socket


async def said(socket: ClientConnection) -> Any:
    async with asyncio.timeout(WAIT_S):
        return json.loads(await socket.recv())


async def says(socket: ClientConnection, kind: str, **more: Any) -> None:
    await socket.send(json.dumps({"type": kind, **more}))


async def greeted(socket: ClientConnection, person: Person) -> None:
    await says(socket, "connection_init", payload={"authorization": f"Bearer {person.token}"})
    assert (await said(socket))["type"] == "connection_ack"


async def follows(socket: ClientConnection, run: Run, *, after: int = 0, name: str = "1") -> None:
    variables = {"run": ids.encode("Run", run.id), "after": after}
    await says(socket, "subscribe", id=name, payload={"query": FOLLOW, "variables": variables})


async def closed_with(socket: ClientConnection) -> int:
    async with asyncio.timeout(WAIT_S):
        with contextlib.suppress(ConnectionClosed):
            async for _ in socket:
                pass
    assert socket.close_code is not None
    return socket.close_code


def act(house: House, run_id: RunId, *steps: str) -> None:
    """What a worker does to a run, a transaction a step."""
    for step in steps:
        with house.container.unit_of_work() as work:
            run = work.runs.get(run_id)
            lease = work.leases.current(run_id)
            if lease is None:
                lease = work.leases.take(run_id, owner="test", now=NOON)
            match step:
                case "start":
                    run.start(now=NOON)
                case "finish":
                    run.finish(now=NOON)
                case "fail" | "cancel":
                    run.cancel(now=NOON)
                case component:
                    run.end_component(a_component_run(component), now=NOON)
            work.runs.save(run, fence=lease.fence)
            work.commit()


def test_a_run_is_followed_from_where_it_stands_to_its_end(house: House, ann: Person) -> None:
    run = house.keep(a_run(), of=ann)
    steps = ["start", *sorted(run.pending), "finish"]

    async def follow() -> list[Any]:
        messages = []
        async with opened(house) as socket:
            await greeted(socket, ann)
            await follows(socket, run)
            messages.append(await said(socket))
            for step in steps:
                await asyncio.to_thread(act, house, run.id, step)
            while messages[-1]["type"] != "complete":
                messages.append(await said(socket))
        return messages

    messages = asyncio.run(follow())
    told = [message["payload"]["data"]["runProgress"] for message in messages[:-1]]
    assert told[0]["run"]["status"] == "QUEUED"
    assert told[0]["events"] == []
    assert [t["isLast"] for t in told] == [False] * (len(told) - 1) + [True]
    events = [event for t in told for event in t["events"]]
    assert [event["sequence"] for event in events] == list(range(1, len(steps) + 1))
    assert [e["component"] for e in events if e["component"]] == sorted(run.pending)
    assert events[-1]["status"] == RunStatus.OK.name
    assert told[-1]["share"] == 1.0


def test_who_comes_back_misses_nothing(house: House, ann: Person) -> None:
    run = house.keep(a_run(), of=ann)
    first, *rest = sorted(run.pending)
    act(house, run.id, "start", first)

    async def follow(after: int) -> Any:
        async with opened(house) as socket:
            await greeted(socket, ann)
            await follows(socket, run, after=after)
            return (await said(socket))["payload"]["data"]["runProgress"]

    seen = asyncio.run(follow(0))
    act(house, run.id, *rest, "finish")
    missed = asyncio.run(follow(seen["sequence"]))
    assert [e["sequence"] for e in missed["events"]] == [3, 4]
    assert missed["isLast"]
    again = asyncio.run(follow(missed["sequence"]))
    assert again["events"] == []
    assert again["isLast"]


def test_another_persons_run_is_as_unknown_as_none(house: House, ann: Person, bob: Person) -> None:
    """Hardening 59: by subscription."""

    async def told(run: Run) -> Any:
        async with opened(house) as socket:
            await greeted(socket, bob)
            await follows(socket, run)
            return await said(socket), await said(socket)

    hers, unknown = house.keep(a_run(), of=ann), a_run()
    first, second = asyncio.run(told(hers)), asyncio.run(told(unknown))
    assert first == second
    assert first[0]["payload"]["data"]["runProgress"]["code"] == "run_not_found"
    assert first[1]["type"] == "complete"


def test_two_inits_are_one_too_many(house: House, ann: Person) -> None:
    """Hardening 60."""

    async def twice() -> int:
        async with opened(house) as socket:
            await greeted(socket, ann)
            await says(socket, "connection_init")
            return await closed_with(socket)

    assert asyncio.run(twice()) == 4429


@pytest.mark.parametrize("payload", [{}, {"authorization": "Bearer wrong"}, {"authorization": 7}])
def test_a_bad_token_is_shown_out(house: House, payload: dict[str, Any]) -> None:
    """Hardening 60."""

    async def knock() -> int:
        async with opened(house) as socket:
            await says(socket, "connection_init", payload=payload)
            return await closed_with(socket)

    assert asyncio.run(knock()) == 4403


def test_nobody_subscribes_before_they_are_greeted(house: House) -> None:
    """Hardening 60."""

    async def hasty() -> int:
        async with opened(house) as socket:
            await follows(socket, a_run())
            return await closed_with(socket)

    assert asyncio.run(hasty()) == 4401


@pytest.mark.slow
def test_who_says_nothing_is_shown_out(house: House) -> None:
    """Hardening 60: within ten seconds."""

    async def silent() -> int:
        async with opened(house) as socket:
            return await closed_with(socket)

    assert asyncio.run(silent()) == 4408


def test_the_old_protocol_is_not_spoken(house: House) -> None:
    """CVE-2026-35526's way in: only graphql-transport-ws is accepted."""

    async def old() -> int:
        async with opened(house, protocol="graphql-ws") as socket:
            return await closed_with(socket)

    with pytest.raises(Exception, match=r"subprotocol|4406|rejected|negotiat"):
        assert asyncio.run(old()) == 0


@pytest.mark.slow
def test_ten_thousand_subscriptions_on_one_socket_cost_nothing(house: House, ann: Person) -> None:
    """Hardening 61: a limit's error, and memory stays."""
    run = house.keep(a_run(), of=ann)

    async def flood() -> tuple[int, int]:
        async with opened(house) as socket:
            await greeted(socket, ann)
            refused, accepted = 0, 0
            for number in range(10_000):
                await follows(socket, run, name=str(number))
                message = await said(socket)
                refused += message["type"] == "error"
                accepted += message["type"] == "next"
            return accepted, refused

    before = psutil.Process().memory_info().rss
    assert asyncio.run(flood()) == (10, 9_990)
    assert psutil.Process().memory_info().rss - before < 10 << 20


@pytest.mark.slow
def test_who_never_reads_keeps_nobody_waiting(house: House, ann: Person) -> None:
    """Hardening 62: what a slow reader has missed waits in the database, not in our memory."""
    run = house.keep(a_run(), of=ann)
    others = house.keep(a_run(), of=ann)

    async def follow() -> Any:
        # Who reads nothing does not hear the answer to its goodbye either.
        async with opened(house, goodbye_s=0.1) as deaf, opened(house) as socket:
            await greeted(deaf, ann)
            for number in range(10):
                await follows(deaf, run, name=str(number))
            await greeted(socket, ann)
            await follows(socket, others)
            await said(socket)
            await asyncio.to_thread(act, house, run.id, "start", *sorted(run.pending), "finish")
            await asyncio.to_thread(act, house, others.id, "start")
            return await said(socket)

    assert asyncio.run(follow())["payload"]["data"]["runProgress"]["run"]["status"] == "RUNNING"


def test_a_balance_is_followed(house: House) -> None:
    person = house.person(f"{uuid4().hex}@example.org")

    async def follow() -> list[str]:
        async with opened(house) as socket:
            await greeted(socket, person)
            query = {"query": "subscription { balance { available } }"}
            await says(socket, "subscribe", id="1", payload=query)
            seen = [await said(socket)]
            await asyncio.to_thread(house.give, person, "12.50")
            seen.append(await said(socket))
            return [m["payload"]["data"]["balance"]["available"] for m in seen]

    assert asyncio.run(follow()) == ["0.00", "12.50"]


def test_a_run_is_followed_over_sse(house: House, ann: Person) -> None:
    run = house.keep(a_run(), of=ann)
    act(house, run.id, "start", *sorted(run.pending), "finish")
    body = {"query": FOLLOW, "variables": {"run": ids.encode("Run", run.id)}}
    headers = {"authorization": f"Bearer {ann.token}", "accept": "text/event-stream"}
    with house.http.stream("POST", "/graphql", json=body, headers=headers) as answer:
        lines = [line for line in answer.iter_lines() if line.startswith("data: {")]
    told = json.loads(lines[0].removeprefix("data: "))["data"]["runProgress"]
    assert told["isLast"]
    assert len(told["events"]) == 2 + len(run.profile.component_names)
