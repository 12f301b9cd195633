"""Serving over HTTP until asked to end."""

import uvicorn

from entrypoints.api import application
from entrypoints.container import Container
from entrypoints.mutual_tls import MutualTls
from entrypoints.synchronous_api import synchronous_application
from entrypoints.timed_headers import TimedHeaders
from entrypoints.watching import watching

MESSAGE_BYTES_MAX = 64 << 10
DRAIN_S = 15


def serve(container: Container, *, host: str, port: int, is_open: bool) -> None:
    """Until SIGINT or SIGTERM; requests under way may end. Compressed websockets cost memory."""
    with watching(container):
        uvicorn.run(
            application(container, is_open=is_open),
            host=host,
            port=port,
            http=TimedHeaders,
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            ws_max_size=MESSAGE_BYTES_MAX,
            timeout_graceful_shutdown=DRAIN_S,
            server_header=False,
            log_config=None,
            access_log=False,
            log_level="warning",
        )


def serve_synchronous(container: Container, tls: MutualTls, *, host: str, port: int) -> None:
    """The synchronous endpoint over mutual TLS, until asked to end; health is on its own port."""
    with watching(container):
        uvicorn.run(
            synchronous_application(container),
            host=host,
            port=port,
            http=TimedHeaders,
            # `MutualTls` is what asyncio's own loop asks for each connection.
            loop="asyncio",
            ssl_context_factory=lambda _, __: tls,
            ws="none",
            timeout_graceful_shutdown=DRAIN_S,
            server_header=False,
            log_config=None,
            access_log=False,
            log_level="warning",
        )
