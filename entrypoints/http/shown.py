"""Pages and pictures of runs, for whoever has a signed link: no token is asked for."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from application.errors import AdapterError
from application.ports.clock import Clock
from application.queries.read_shown import ReadShown
from domain.errors import DomainError, SignedLinkExpired
from domain.identity import RunId
from domain.ledger import UserId
from domain.signed_link import LinkSigner

VERB = "GET"
AT_ONCE = 16
"""So many at once: each has a file of at most some megabytes in memory while it is sent."""
_HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# The page brings its own script and styles along; whatever it holds may reach nobody else.
_PAGE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; sandbox allow-scripts"
)

Read = Callable[[UserId], bytes | None]


def picture_path(run_id: RunId, index: int) -> str:
    """Where the picture of a frame is fetched; what a link to it is signed for."""
    return f"/pictures/{run_id}/{index}"


def report_path(run_id: RunId) -> str:
    """Where the report of a run is fetched; what a link to it is signed for."""
    return f"/reports/{run_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEndpoint:
    """Gives what a link leads to; what is no link of ours is as unknown as what is not there."""

    signer: LinkSigner
    clock: Clock
    read_shown: Callable[[], ReadShown]
    turns: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(AT_ONCE)
    )

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/pictures/{run_id:uuid}/{index:int}", self._picture, methods=[VERB]),
            Route("/reports/{run_id:uuid}", self._report, methods=[VERB]),
        ]

    async def _picture(self, request: Request) -> Response:
        run_id, index = _run_id(request), int(request.path_params["index"])

        def read(user_id: UserId) -> bytes | None:
            return self.read_shown().picture(user_id, run_id, index)

        return await self._given(request, picture_path(run_id, index), read, "image/jpeg")

    async def _report(self, request: Request) -> Response:
        run_id = _run_id(request)

        def read(user_id: UserId) -> bytes | None:
            return self.read_shown().report(user_id, run_id)

        answer = await self._given(request, report_path(run_id), read, "text/html; charset=utf-8")
        answer.headers["Content-Security-Policy"] = _PAGE_POLICY
        return answer

    async def _given(self, request: Request, path: str, read: Read, media_type: str) -> Response:
        try:
            claim = self.signer.check(VERB, path, request.query_params, now=self.clock.now())
        except SignedLinkExpired as error:
            return _told(HTTPStatus.GONE, error.code)
        except DomainError:
            return _told(HTTPStatus.NOT_FOUND, "not_found")
        if not self.turns.acquire(blocking=False):
            return _told(HTTPStatus.SERVICE_UNAVAILABLE, "busy")
        try:
            found = await run_in_threadpool(read, claim.user_id)
        except DomainError:
            found = None
        except AdapterError as error:
            return _told(HTTPStatus.SERVICE_UNAVAILABLE, error.code)
        finally:
            self.turns.release()
        if found is None:
            return _told(HTTPStatus.NOT_FOUND, "not_found")
        return Response(found, media_type=media_type, headers=_HEADERS)


def _run_id(request: Request) -> RunId:
    given: UUID = request.path_params["run_id"]
    return RunId(given)


def _told(status: HTTPStatus, code: str) -> Response:
    return JSONResponse({"code": code}, status_code=status, headers={"Cache-Control": "no-store"})
