"""Who drips headers is not waited for; who has sent them is (hardening 63)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from entrypoints.timed_headers import TimedHeaders

REQUEST = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Hasty(TimedHeaders):
    headers_s = 0.3


async def slow(_: Request) -> PlainTextResponse:
    await asyncio.sleep(2 * Hasty.headers_s)
    return PlainTextResponse("answered")


@asynccontextmanager
async def connected(protocol: type[H11Protocol]) -> AsyncIterator[Connection]:
    config = uvicorn.Config(Starlette(routes=[Route("/", slow)]), lifespan="off", log_config=None)
    config.load()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: protocol(config=config, server_state=ServerState(), app_state={}), "127.0.0.1", 0
    )
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    try:
        yield reader, writer
    finally:
        writer.close()
        server.close()


def run(protocol: type[H11Protocol], act: Callable[[Connection], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with connected(protocol) as connection:
            await act(connection)

    asyncio.run(whole())


async def is_closed(reader: asyncio.StreamReader) -> bool:
    try:
        return await asyncio.wait_for(reader.read(), 6 * Hasty.headers_s) == b""
    except TimeoutError:
        return False


async def said(reader: asyncio.StreamReader) -> bytes:
    return await asyncio.wait_for(reader.readuntil(b"answered"), 10)


@pytest.mark.parametrize("dripped", [b"", b"GET / HTTP/1.1\r\nHost: he"])
def test_headers_that_do_not_come_end_the_connection(dripped: bytes) -> None:
    async def act(connection: Connection) -> None:
        connection[1].write(dripped)
        assert await is_closed(connection[0])

    run(Hasty, act)


def test_without_the_guard_the_connection_would_stay() -> None:
    async def act(connection: Connection) -> None:
        connection[1].write(b"GET / HTTP/1.1\r\nHost: he")
        assert not await is_closed(connection[0])

    run(H11Protocol, act)


def test_an_answer_may_take_longer_and_so_may_the_next() -> None:
    async def act(connection: Connection) -> None:
        reader, writer = connection
        for _ in range(2):
            writer.write(REQUEST)
            assert b"200 OK" in await said(reader)

    run(Hasty, act)


def test_a_later_request_that_drips_ends_the_connection_too() -> None:
    async def act(connection: Connection) -> None:
        reader, writer = connection
        writer.write(REQUEST)
        await said(reader)
        writer.write(REQUEST[:20])
        assert await is_closed(reader)

    run(Hasty, act)
