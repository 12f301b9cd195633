"""What belongs together: one word in every line of a request, and of a run that is carried out.

A request has the word that its sender gave, or a new one; a worker's is the id of the run. Where
they meet, the line `run.started` of the request names the run.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "X-Correlation-Id"

_NAME = HEADER.lower().encode()
_WORD = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_current: ContextVar[str] = ContextVar("correlation", default="")


def correlation() -> str:
    """The word of what goes on here; empty outside of requests and runs."""
    return _current.get()


@contextmanager
def correlated(word: object) -> Iterator[None]:
    """Everything inside belongs to this word."""
    token = _current.set(str(word))
    try:
        yield
    finally:
        _current.reset(token)


class Correlated:
    """Gives each request a word, and tells it in the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        word = _given(scope) or uuid4().hex

        async def told(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.accept"}:
                headers = [*message.get("headers", ()), (_NAME, word.encode())]
                message = {**message, "headers": headers}
            await send(message)

        with correlated(word):
            await self._app(scope, receive, told)


def _given(scope: Scope) -> str:
    """What the sender calls it, if that is a plain word: it is going to stand in logs."""
    found = [value for name, value in scope["headers"] if name == _NAME]
    return found[0].decode() if len(found) == 1 and _WORD.fullmatch(found[0]) else ""
