"""Our own endpoint for uploads: parts at offsets, by signed links, for where no S3 takes them.

`HEAD` tells in `Upload-Offset` where the upload stands. `PATCH` (or `PUT`) sends the bytes from the
offset that its `Upload-Offset` names, all of them or as many as one likes; `Upload-Checksum: sha256
…` (base64, as in tus) has the part refused when it was changed on its way.
"""

import asyncio
import base64
import binascii
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from application.errors import AdapterError, ResourceExhausted
from application.ports.clock import Clock
from application.ports.upload_writer import METHOD, PartWriter, path_of
from application.queries.read_upload import ReadUpload
from application.use_cases.receive_part import ReceivePart
from domain.errors import DomainError, InvalidUpload, SignedLinkInvalid, UploadNotFound
from domain.ledger import UserId
from domain.signed_link import LinkSigner
from domain.upload import UploadId

IDLE_S = 60.0
"""A sender that is silent for so long has gone; it goes on later where the upload stands."""
BUFFER_BYTES = 1 << 20
"""What of a part is in memory at most, beside what the server itself reads ahead."""
CHECKSUM_MISMATCH = 460

_OFFSET = re.compile(r"[0-9]{1,15}", re.ASCII)
_STATUSES = {
    "upload_not_found": HTTPStatus.NOT_FOUND,
    "signed_link_expired": HTTPStatus.GONE,
    "upload_ended": HTTPStatus.GONE,
    "wrong_offset": HTTPStatus.CONFLICT,
    "upload_busy": HTTPStatus.LOCKED,
    "upload_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "invalid_upload": HTTPStatus.BAD_REQUEST,
    "checksum_mismatch": CHECKSUM_MISMATCH,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadsEndpoint:
    """Takes bytes for whoever has the link; who has none, or another's, finds nothing here."""

    signer: LinkSigner
    clock: Clock
    read_upload: Callable[[], ReadUpload]
    receive_part: Callable[[], ReceivePart]
    idle_s: float = IDLE_S

    def app(self) -> Starlette:
        """To be mounted at `/uploads`."""
        return Starlette(
            routes=[
                Route("/{upload_id}", self._tell, methods=["HEAD"]),
                Route("/{upload_id}", self._receive, methods=["PATCH", "PUT"]),
            ]
        )

    async def _tell(self, request: Request) -> Response:
        read = self.read_upload()
        try:
            user_id, upload_id = self._allowed(request)
            found = await run_in_threadpool(read, user_id, upload_id)
        except (DomainError, AdapterError) as error:
            return _refusal(error)
        return Response(
            headers={
                "Upload-Offset": str(found.received_bytes),
                "Upload-Length": str(found.upload.size_bytes),
                "Cache-Control": "no-store",
            }
        )

    async def _receive(self, request: Request) -> Response:
        receive_part = self.receive_part()
        try:
            user_id, upload_id = self._allowed(request)
            offset, sha256 = _offset(request), _sha256(request)
            part = await run_in_threadpool(
                receive_part, user_id, upload_id, offset=offset, sha256=sha256
            )
            stands_at = await self._received(request, part)
        except (DomainError, AdapterError) as error:
            return _refusal(error)
        except (ClientDisconnect, TimeoutError):
            return Response(status_code=HTTPStatus.REQUEST_TIMEOUT)
        return Response(
            status_code=HTTPStatus.NO_CONTENT, headers={"Upload-Offset": str(stands_at)}
        )

    async def _received(self, request: Request, part: PartWriter) -> int:
        """Where the upload stands after the request's body, of which little is ever in memory."""
        buffer = bytearray()
        try:
            async for chunk in self._chunks(request):
                buffer += chunk
                if len(buffer) >= BUFFER_BYTES or len(buffer) > part.room_bytes:
                    await run_in_threadpool(part.write, bytes(buffer))
                    buffer.clear()
            await run_in_threadpool(part.write, bytes(buffer))
        except (ClientDisconnect, TimeoutError):
            await run_in_threadpool(_break_off, part, bytes(buffer))
            raise
        except asyncio.CancelledError:
            # The server stops: there is no time for another thread.
            part.abandon()
            raise
        except BaseException:
            await run_in_threadpool(part.refuse)
            raise
        return await run_in_threadpool(part.end)

    async def _chunks(self, request: Request) -> AsyncIterator[bytes]:
        stream = request.stream()
        while True:
            try:
                async with asyncio.timeout(self.idle_s):
                    chunk = await anext(stream)
            except StopAsyncIteration:
                return
            yield chunk

    def _allowed(self, request: Request) -> tuple[UserId, UploadId]:
        """Whose upload the link opens.

        A link that was not signed by us is answered as that of an upload that never was.
        """
        try:
            upload_id = UploadId(UUID(request.path_params["upload_id"]))
            claim = self.signer.check(
                METHOD, path_of(upload_id), request.query_params, now=self.clock.now()
            )
        except (ValueError, SignedLinkInvalid):
            raise UploadNotFound("no upload of this user has this id") from None
        return claim.user_id, upload_id


def _break_off(part: PartWriter, rest: bytes) -> None:
    try:
        part.write(rest)
    except BaseException:
        part.refuse()
        raise
    part.abandon()


def _offset(request: Request) -> int:
    given = request.headers.get("upload-offset", "")
    if not _OFFSET.fullmatch(given):
        raise InvalidUpload("a part tells where it begins", field="Upload-Offset")
    return int(given)


def _sha256(request: Request) -> str | None:
    given = request.headers.get("upload-checksum")
    if given is None:
        return None
    name, _, encoded = given.partition(" ")
    try:
        digest = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        digest = b""
    if name != "sha256" or len(digest) != 32:  # noqa: PLR2004 - bytes of a SHA-256
        raise InvalidUpload(
            "a checksum is `sha256` and 32 bytes in base64", field="Upload-Checksum"
        )
    return digest.hex()


def _refusal(error: DomainError | AdapterError) -> Response:
    """The refusal's code and figures; where the upload stands is also a header."""
    if isinstance(error, AdapterError):
        is_full = isinstance(error, ResourceExhausted)
        status = HTTPStatus.INSUFFICIENT_STORAGE if is_full else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse({"code": error.code}, status_code=status)
    headers = {"Upload-Offset": str(error.fields["offset"])} if "offset" in error.fields else {}
    status = HTTPStatus.BAD_REQUEST
    return JSONResponse(
        {"code": error.code, **error.fields},
        status_code=_STATUSES.get(error.code, status),
        headers=headers,
    )
