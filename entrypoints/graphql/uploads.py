"""Uploads: how far a file is on its way, and where the rest of it goes."""

from datetime import datetime

import strawberry

from application.ports.uploads import UploadTarget
from application.queries.read_upload import UploadProgress
from domain.errors import UploadNotFound
from domain.upload import UploadId, UploadState
from entrypoints.graphql import ids
from entrypoints.graphql.context import Info, asked
from entrypoints.graphql.node import Node
from entrypoints.graphql.scalars import ByteCount

UPLOAD = "Upload"


@strawberry.type(name="UploadTarget", description="Bytes that are missing, and where to send them.")
class UploadTargetType:
    """One request to make, or several."""

    method: str = strawberry.field(
        description=(
            "PATCH: send from `offset` in as many parts as you like, each naming its start in the "
            "header Upload-Offset. PUT: send exactly these bytes."
        )
    )
    url: str = strawberry.field(
        description="Signed; keep it to yourself. One without a host is below the API's address."
    )
    offset: ByteCount = strawberry.field(description="Where the missing bytes begin.")
    size_bytes: ByteCount = strawberry.field(description="How many are missing from there.")
    expires_at: datetime = strawberry.field(description="Until when the link holds.")

    @classmethod
    def of(cls, target: UploadTarget) -> "UploadTargetType":
        return cls(
            method=target.method,
            url=target.url,
            offset=ByteCount(target.offset),
            size_bytes=ByteCount(target.size_bytes),
            expires_at=target.expires_at,
        )


@strawberry.type(name="Upload", description="A file on its way.")
class UploadType(Node):
    """How far it is, and where the rest goes."""

    progress: strawberry.Private[UploadProgress]

    @classmethod
    def of(cls, progress: UploadProgress) -> "UploadType":
        return cls(id=ids.encode(UPLOAD, progress.upload.id), progress=progress)

    @strawberry.field(description="The declared size.")
    def size_bytes(self) -> ByteCount:
        return ByteCount(self.progress.upload.size_bytes)

    @strawberry.field(description="How many bytes have come.")
    def received_bytes(self) -> ByteCount:
        return ByteCount(self.progress.received_bytes)

    @strawberry.field(description="Whether it has become a video.")
    def is_complete(self) -> bool:
        return self.progress.upload.state is UploadState.COMPLETE

    @strawberry.field(description="Until when it can be completed.")
    def expires_at(self) -> datetime:
        return self.progress.upload.expires_at

    @strawberry.field(description="Where to send what is missing; ask again when links are over.")
    def targets(self) -> list[UploadTargetType]:
        return [UploadTargetType.of(target) for target in self.progress.targets]


def upload_id_in(text: str) -> UploadId:
    """The upload that a global id names; raises UploadNotFound for what names none."""
    unknown = UploadNotFound("no upload of this user has this id")
    return UploadId(ids.uuid_in(text, kind=UPLOAD, otherwise=lambda: unknown))


async def found_upload(info: Info, text: str) -> UploadType | None:
    """The caller's upload of this global id, or None, also for another user's."""
    # Its links let bytes in: who may only look does not get them.
    user_id, read = info.context.spending().id, info.context.container.read_upload()
    try:
        return UploadType.of(await asked(lambda: read(user_id, upload_id_in(text))))
    except UploadNotFound:
        return None
