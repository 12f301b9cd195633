"""The guards of pages, strangers, slow senders and listeners, each taken away (hardening E).

Of a client that never reads (62) nothing is kept: what is taken away is that a bell, which rings
once for whatever has happened, is no queue.
"""

import asyncio
from collections.abc import Callable
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from dependency_injector import providers
from graphql import parse
from starlette.types import Message, Receive, Scope, Send

from adapters.memory.database import Kept
from application.queries.read_runs import PAGE_MAX, ReadRuns
from domain.errors import InvalidPage, RunNotFound
from domain.ledger import UserId
from entrypoints.graphql import ids
from tests.builders import NOON, a_run
from tests.graphql.house import House
from tests.graphql.test_websockets import follows, greeted, opened, said
from tests.planted import without

CURSORS, LIMITS = "entrypoints.graphql.cursors", "entrypoints.graphql.limits"


def is_no_page(act: Callable[[], object]) -> bool:
    try:
        act()
    except InvalidPage:
        return True
    return False


@pytest.mark.parametrize("first", [0, -1, PAGE_MAX + 1, 1_000_000])
def test_case_56_without_its_guard_a_page_would_have_any_size(first: int) -> None:
    guard = "if not 1 <= first <= PAGE_MAX:"
    assert is_no_page(lambda: without(CURSORS, guard, guard).Cursor.limit(first))
    assert not is_no_page(lambda: without(CURSORS, guard, "if False:").Cursor.limit(first))


@pytest.mark.parametrize(
    ("guard", "instead", "foreign"),
    [
        ("found[0] == _KIND", "True", ids.encode("Entry", f"{NOON.isoformat()} {uuid4()}")),
        (
            "place.created_at.tzinfo is not None",
            "True",
            ids.encode("Place", f"2026-01-01 {uuid4()}"),
        ),
        (
            "except ValueError:\n                pass",
            "except ValueError:\n                return found",
            ids.encode("Place", "x"),
        ),
    ],
    ids=["of-another-list", "without-a-zone", "no-moment"],
)
def test_case_56_without_its_guard_any_cursor_would_do(
    guard: str, instead: str, foreign: str
) -> None:
    assert is_no_page(lambda: without(CURSORS, guard, guard).Cursor.read(foreign))
    assert not is_no_page(lambda: without(CURSORS, guard, instead).Cursor.read(foreign))


def walked(guard: str, instead: str, document: str) -> int:
    """How many selections are looked at to measure a document."""
    looks = list[int]()
    count = ("total = Demand()", "looks.append(1)\n        total = Demand()")
    planted = without(LIMITS, guard, instead, count, looks=looks)
    fragments = planted._Fragments(parse(document))
    fragments._of_fragment("F0")
    return len(looks)


def test_case_54_without_its_guard_fragments_that_double_would_be_walked() -> None:
    parts = [f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(12)]
    document = " ".join([*parts, "fragment F12 on Query { __typename }"])
    guard = "if name not in self._measured:"
    assert walked(guard, guard, document) == 13
    assert walked(guard, "if True:", document) == 2**13 - 1


KINDS = [
    ("adapters.memory.run_history", "if run is None or run.user_id != user_id:", "if run is None:"),
    (
        "adapters.sql.run_history",
        "columns.id == run_id, columns.user_id == user_id",
        "columns.id == run_id",
    ),
]


def test_case_59_without_its_guard_anothers_run_would_be_found_in_memory() -> None:
    module, guard, instead = KINDS[0]
    run, another = a_run(), UserId(uuid4())
    kept = Kept(runs={run.id: run})
    with pytest.raises(RunNotFound):
        without(module, guard, guard).MemoryRunHistory(kept).of(another, run.id)
    assert without(module, guard, instead).MemoryRunHistory(kept).of(another, run.id).id == run.id


def test_case_59_without_its_guard_anothers_run_would_be_shown(house: House) -> None:
    """By `node`, by `run`, and by a subscription."""
    module, guard, instead = KINDS[1]
    history = without(module, guard, instead).SqlRunHistory
    same = "class SqlUnitOfWork:"
    units = without("adapters.sql.unit_of_work", same, same, SqlRunHistory=history).SqlUnitOfWork
    hers = house.keep(a_run(), of=house.person(f"{uuid4().hex}@example.org"))
    bob = house.person(f"{uuid4().hex}@example.org")
    asked = {"id": ids.encode("Run", hers.id)}
    by_node, by_run = (
        f"query ($id: ID!) {{ {name}(id: $id) {{ id }} }}" for name in ("node", "run")
    )

    async def followed() -> Any:
        async with opened(house) as socket:
            await greeted(socket, bob)
            await follows(socket, hers)
            return (await said(socket))["payload"]["data"]["runProgress"]

    assert bob.asks(by_node, **asked) == {"node": None}
    assert bob.asks(by_run, **asked) == {"run": None}
    assert asyncio.run(followed())["code"] == "run_not_found"
    reader = ReadRuns(lambda: units(house.container.engine()))
    with house.container.read_runs.override(providers.Object(reader)):
        assert bob.asks(by_node, **asked) == {"node": asked}
        assert bob.asks(by_run, **asked) == {"run": asked}
        assert asyncio.run(followed())["run"]["status"] == "QUEUED"


def test_case_62_without_its_guard_what_nobody_reads_would_pile_up() -> None:
    """A follower is woken once for whatever has happened; a queue would keep all of it."""
    watch = "entrypoints.live.watch"
    bell, rings = "bell = asyncio.Event()", "bell.set()"

    async def waiting(module: ModuleType) -> Any:
        watching = module.Watch(lambda _: {}, pause_s=9.0)
        async with watching.following("run") as heard:
            for number in range(10_000):
                watching._ring({"run": number})
            return heard

    event = asyncio.run(waiting(without(watch, bell, bell)))
    assert event.is_set()
    event.clear()
    assert not event.is_set()
    queue = ("bell = asyncio.Queue()", (rings, "bell.put_nowait(state)"))
    assert asyncio.run(waiting(without(watch, bell, *queue))).qsize() == 10_000


def test_case_63_without_its_guard_a_body_that_never_comes_would_keep_its_place() -> None:
    guard = "left_s = None if self._is_whole else self._ends_s - time.monotonic()"
    assert asyncio.run(answered(without("entrypoints.http.door", guard, guard))) == 408
    assert asyncio.run(answered(without("entrypoints.http.door", guard, "left_s = None"))) is None


async def answered(module: ModuleType) -> int | None:
    """The status of a request whose body never comes; None for one that is still waited for."""
    statuses = list[int]()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, send
        await receive()

    async def never() -> Message:
        await asyncio.Event().wait()
        return {}

    async def send(message: Message) -> None:
        statuses.append(message.get("status", 0))

    door = module.Door(app, methods={"POST"}, body_bytes_max=100, body_timeout_s=0.1)
    head = [(b"content-type", b"application/json"), (b"content-length", b"9")]
    scope = {"type": "http", "method": "POST", "headers": head}
    try:
        await asyncio.wait_for(door(scope, never, send), 1.0)
    except TimeoutError:
        return None
    return statuses[0]
