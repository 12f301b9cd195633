"""A line for every request that was answered: how, and how fast."""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger(__name__)


class Told:
    """Logs each request by its method, the first part of its path, its status and its time.

    Never the rest of a path or its query: a signed link is as good as what it opens.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began_s, status = time.monotonic(), 0

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        place = _place(scope["path"])
        try:
            await self._app(scope, receive, seen)
        finally:
            took_ms = round(1000 * (time.monotonic() - began_s))
            _log.info(
                "http.answered method=%s place=%s status=%d took_ms=%d",
                scope["method"],
                place,
                status,
                took_ms,
            )


def _place(path: str) -> str:
    """The first part of a path where it is one of ours; a stranger's words are not repeated."""
    first = path.strip("/").split("/")[0]
    return first if first in PLACES else "other"


PLACES = frozenset(
    {
        *("graphql", "uploads", "exports", "pictures", "reports"),
        *("health", "metrics", "webhooks", "process"),
    }
)
