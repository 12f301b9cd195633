"""An application served over real HTTP from a thread of this process."""

import asyncio
import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from entrypoints.timed_headers import TimedHeaders

START_TIMEOUT_S = 30


@contextlib.contextmanager
def served(app: ASGIApp, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Yields where `app` answers, over `tls` if given; gone with its thread at the end."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            app,
            http=TimedHeaders,
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            lifespan="on",
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=2,
            ssl_context_factory=(lambda _, __: tls) if tls else None,
        )
        server = uvicorn.Server(config)
        port: int = listening.getsockname()[1]
        thread = threading.Thread(target=_run, args=(server, listening), daemon=True)
        thread.start()
        try:
            _wait(server, thread)
            yield f"{'https' if tls else 'http'}://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(START_TIMEOUT_S)


def _run(server: uvicorn.Server, listening: socket.socket) -> None:
    asyncio.run(server.serve(sockets=[listening]))


def _wait(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while not server.started and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.01)
    if not server.started:
        raise RuntimeError("the application did not start")
