"""What stands before the API: requests that could not be right are refused before they are read."""

import asyncio
import time
from collections.abc import Collection
from http import HTTPStatus

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_TIMEOUT_S = 10.0


class BodyRefused(Exception):
    """The body of a request is longer than any of its kind, or does not come."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class Door:
    """Lets requests of few methods, one type of content and a bounded length through.

    A form or plain text is never JSON: browsers send those to strangers without asking (hardening
    58). The length is counted as it comes in, whatever the header says, and a body that does not
    come within its time is not waited for (63).
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        methods: Collection[str],
        body_bytes_max: int,
        body_timeout_s: float = BODY_TIMEOUT_S,
    ) -> None:
        self._app = app
        self._body_timeout_s = body_timeout_s
        self._methods = methods
        self._body_bytes_max = body_bytes_max

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value for name, value in scope["headers"]}
        refused = self._refused(scope["method"], headers)
        if refused is not None:
            await answer(refused, scope, receive, send)
            return
        body = _Body(receive, bytes_max=self._body_bytes_max, timeout_s=self._body_timeout_s)
        has_begun = False

        async def told(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, body, told)
        except BodyRefused as refusal:
            if not has_begun:
                await answer(refusal.status, scope, receive, send)

    def _refused(self, method: str, headers: dict[str, bytes]) -> HTTPStatus | None:
        if method not in self._methods:
            return HTTPStatus.METHOD_NOT_ALLOWED
        if method == "POST":
            content, _, _ = headers.get("content-type", b"").lower().partition(b";")
            if content.strip() != b"application/json":
                return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        length = headers.get("content-length", b"0")
        if not length.isdigit() or int(length) > self._body_bytes_max:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return None


class _Body:
    """What comes in of one request, counted and timed until it is whole; raises BodyRefused."""

    def __init__(self, receive: Receive, *, bytes_max: int, timeout_s: float) -> None:
        self._receive = receive
        self._left_bytes = bytes_max
        self._ends_s = time.monotonic() + timeout_s
        self._is_whole = False

    async def __call__(self) -> Message:
        left_s = None if self._is_whole else self._ends_s - time.monotonic()
        try:
            message = await asyncio.wait_for(self._receive(), left_s)
        except TimeoutError as error:
            raise BodyRefused(HTTPStatus.REQUEST_TIMEOUT) from error
        self._is_whole = self._is_whole or not message.get("more_body", False)
        self._left_bytes -= len(message.get("body", b""))
        if self._left_bytes < 0:
            raise BodyRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return message


async def answer(status: HTTPStatus, scope: Scope, receive: Receive, send: Send) -> None:
    """A refusal with its code, such as `unsupported_media_type`."""
    code = status.phrase.lower().replace(" ", "_").replace("-", "_")
    await JSONResponse({"code": code}, status_code=status)(scope, receive, send)
