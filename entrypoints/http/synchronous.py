"""`POST /process/sync`: starts a run of a short video and answers when it has ended (R-503)."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Send
from starlette.types import Scope as Connection

from application.errors import AdapterError
from application.use_cases.start_run import Request
from domain.api_key import Scope
from domain.errors import DomainError, SyncTimedOut
from domain.ledger import UserId
from domain.run import Run
from domain.synchronous import WAIT_MAX_S
from entrypoints.container import Container
from entrypoints.graphql.app import bearer, language_of
from entrypoints.graphql.estimates import chosen_profile
from entrypoints.http.synchronous_answer import ended_document, refused_document, run_document
from entrypoints.http.synchronous_request import SynchronousRequest

PLACE = "/process/sync"
BODY_BYTES_MAX = 64 << 10
AT_ONCE = 16
LOOK_AGAIN_S = 5.0
_STATUSES = {
    "unauthenticated": HTTPStatus.UNAUTHORIZED,
    "insufficient_credits": HTTPStatus.PAYMENT_REQUIRED,
    "scope_missing": HTTPStatus.FORBIDDEN,
    "video_not_found": HTTPStatus.NOT_FOUND,
    "rate_limited": HTTPStatus.TOO_MANY_REQUESTS,
}
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class SynchronousEndpoint:
    """One run a request, of whoever's token it is; at most `AT_ONCE` are waited for.

    Whoever hangs up, or is told `sync_timed_out`, leaves the run going on as it was.
    """

    container: Container
    wait_s: float = WAIT_MAX_S
    at_once: int = AT_ONCE
    monotonic: Callable[[], float] = time.monotonic
    _waiting: int = field(default=0, init=False)

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        request = HttpRequest(scope, receive)
        response = await self._answer(request)
        await response(scope, receive, send)

    async def _answer(self, request: HttpRequest) -> Response:
        if self._waiting >= self.at_once:
            return _told(HTTPStatus.SERVICE_UNAVAILABLE, {"code": "busy"})
        self._waiting += 1
        language = language_of(request)
        try:
            return await self._ended(request)
        except DomainError as refusal:
            self.container.counts().refused(refusal.code)
            status = _STATUSES.get(refusal.code, HTTPStatus.UNPROCESSABLE_ENTITY)
            return _told(status, refused_document(refusal, language=language))
        except AdapterError as failure:
            told = refused_document(failure, language=language)
            return _told(HTTPStatus.SERVICE_UNAVAILABLE, told)
        finally:
            self._waiting -= 1

    async def _ended(self, request: HttpRequest) -> Response:
        until_s = self.monotonic() + self.wait_s
        language, body = language_of(request), await request.body()
        token = bearer(request.headers.get("authorization", ""))
        user_id, run = await run_in_threadpool(self._started, token, body)
        run = await self._awaited(user_id, run, request, until_s=until_s)
        if not run.is_terminal:
            over = SyncTimedOut("the run goes on", run=str(run.id))
            told = refused_document(over, language=language)
            told["run"] = run_document(run, language=language)
            return _told(HTTPStatus.GATEWAY_TIMEOUT, told)
        return _told(
            HTTPStatus.OK,
            ended_document(
                run,
                user_id=user_id,
                signer=self.container.link_signer(),
                now=self.container.clock().now(),
                language=language,
            ),
        )

    def _started(self, token: str, body: bytes) -> tuple[UserId, Run]:
        """A run costs and its results are read: the token has to allow both."""
        container = self.container
        caller = container.authenticate()(token)
        caller.require(Scope.RUN)
        caller.require(Scope.READ)
        asked, user_id = SynchronousRequest.read(body), caller.user.id
        profile = chosen_profile(container, user_id, asked.profile, asked.components)
        request = Request(user_id=user_id, key=asked.key, estimate_id=asked.estimate_id)
        run = container.start_synchronously()(asked.video, profile, request, is_anew=asked.is_anew)
        _log.info("run.started run=%s", run.id)
        return user_id, run

    async def _awaited(
        self, user_id: UserId, run: Run, request: HttpRequest, *, until_s: float
    ) -> Run:
        """The run once it has ended, or as it stands when time is up or whoever asked is gone."""
        reader = self.container.read_runs()
        async with self.container.run_watch().following(run.id) as bell:
            while True:
                bell.clear()
                found = await run_in_threadpool(reader.one, user_id, run.id)
                if found.is_terminal:
                    return found
                left_s = until_s - self.monotonic()
                if left_s <= 0 or await request.is_disconnected():
                    return found
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(min(left_s, LOOK_AGAIN_S)):
                        await bell.wait()


def _told(status: HTTPStatus, document: object) -> Response:
    return JSONResponse(document, status_code=status, headers={"Cache-Control": "no-store"})
