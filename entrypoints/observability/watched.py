"""A process without an API that tells how it is, on a port of its own."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

STOP_S = 5


@contextmanager
def watched(app: ASGIApp, *, host: str, port: int) -> Iterator[int]:
    """Serves `app` from a thread until the context ends; the port, which 0 lets the system choose.

    Raises OSError when the port is taken: a process that nobody can watch should not begin.
    """
    with socket.create_server((host, port)) as listening:
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
            limit_concurrency=50,
        )
        server = _Threaded(config)
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listening]}, daemon=True, name="health"
        )
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(STOP_S)


class _Threaded(uvicorn.Server):
    """Leaves signals to the process that it is a thread of."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
