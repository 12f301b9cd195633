"""Runs as files, for whoever has a signed link: no token is asked for, and none is in the link."""

import threading
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from uuid import UUID

from starlette.applications import Starlette
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from application.errors import AdapterError
from application.ports.clock import Clock
from application.queries.export_run import Export, ExportFormat, ExportRun
from domain.errors import DomainError, RunNotFound, SignedLinkExpired
from domain.identity import RunId
from domain.ledger import UserId
from domain.signed_link import LinkSigner

VERB = "GET"
EXPORTS_MAX = 8
"""So many at once: each has an artifact in memory for as long as its reader takes."""
_STATUSES = {
    "signed_link_expired": HTTPStatus.GONE,
    "run_not_ended": HTTPStatus.CONFLICT,
    "no_words": HTTPStatus.CONFLICT,
}


def export_path(run_id: RunId, form: ExportFormat) -> str:
    """Where an export is fetched; what a link to it is signed for."""
    return f"/exports/{run_id}/{form}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportsEndpoint:
    """Streams the file of a link; what is no link of ours is as unknown as an unknown run."""

    signer: LinkSigner
    clock: Clock
    export_run: Callable[[], ExportRun]
    turns: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(EXPORTS_MAX)
    )

    def app(self) -> Starlette:
        """To be mounted at `/exports`."""
        return Starlette(routes=[Route("/{run_id}/{form}", self._give, methods=[VERB])])

    async def _give(self, request: Request) -> Response:
        try:
            allowed = self._allowed(request)
        except DomainError as error:
            return _refusal(error)
        if not self.turns.acquire(blocking=False):
            return _told(HTTPStatus.SERVICE_UNAVAILABLE, "busy")
        try:
            export, first = await run_in_threadpool(self._begun, *allowed)
        except BaseException as error:
            self.turns.release()
            if isinstance(error, DomainError | AdapterError):
                return _refusal(error)
            raise
        return StreamingResponse(
            self._sent(first, export.parts),
            media_type=export.media_type,
            headers={
                "Content-Disposition": f'attachment; filename="{export.name}"',
                "Cache-Control": "private, no-store",
                "X-Content-Type-Options": "nosniff",
                "Referrer-Policy": "no-referrer",
            },
        )

    def _allowed(self, request: Request) -> tuple[UserId, RunId, ExportFormat]:
        given, form = request.path_params["run_id"], request.path_params["form"]
        path = f"/exports/{given}/{form}"
        claim = self.signer.check(VERB, path, request.query_params, now=self.clock.now())
        try:
            return claim.user_id, RunId(UUID(given)), ExportFormat(form)
        except ValueError:
            raise RunNotFound("no such run") from None

    def _begun(self, user_id: UserId, run_id: RunId, form: ExportFormat) -> tuple[Export, bytes]:
        """With its first part, so that what is refused is refused before anything is sent."""
        export = self.export_run()(user_id, run_id, form)
        return export, next(export.parts, b"")

    async def _sent(self, first: bytes, parts: Iterator[bytes]) -> AsyncIterator[bytes]:
        try:
            yield first
            async for part in iterate_in_threadpool(parts):
                yield part
        finally:
            self.turns.release()


def _refusal(error: DomainError | AdapterError) -> Response:
    """A forged link, an unknown run and another's are told alike."""
    if isinstance(error, AdapterError):
        return _told(HTTPStatus.SERVICE_UNAVAILABLE, error.code)
    if isinstance(error, SignedLinkExpired) or error.code in _STATUSES:
        return _told(_STATUSES[error.code], error.code)
    return _told(HTTPStatus.NOT_FOUND, "not_found")


def _told(status: HTTPStatus, code: str) -> Response:
    return JSONResponse({"code": code}, status_code=status, headers={"Cache-Control": "no-store"})
