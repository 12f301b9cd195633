"""The caller's videos: added by link, or uploaded."""

from datetime import datetime
from typing import Annotated

import strawberry

from domain.errors import VideoNotFound
from domain.kept_video import KeptVideo, KeptVideoId, VideoState
from domain.video import Metadata, Platform, UploadedFile, YoutubeLink, platform_of
from entrypoints.graphql import ids
from entrypoints.graphql.component_runs import FailureType
from entrypoints.graphql.context import Info, answered, asked
from entrypoints.graphql.metadata import VideoMetadataInput
from entrypoints.graphql.node import Node
from entrypoints.graphql.refusal import Refusal
from entrypoints.graphql.scalars import ByteCount
from entrypoints.graphql.uploads import UploadType, found_upload, upload_id_in

VIDEO = "Video"


@strawberry.type(name="Video", description="A video that the caller has added.")
class VideoType(Node):
    """What is known of it; an estimate and a run need it to be `READY`."""

    video: strawberry.Private[KeptVideo]

    @classmethod
    def of(cls, video: KeptVideo) -> "VideoType":
        return cls(id=ids.encode(VIDEO, video.id), video=video)

    @property
    def _metadata(self) -> Metadata:
        return self.video.metadata

    @strawberry.field(description="Where the video comes from.")
    def platform(self) -> Platform:
        return platform_of(self.video.source)

    @strawberry.field(description="The video's id on its platform; of an upload, of its content.")
    def video_id(self) -> str:
        return self.video.source.video_id

    @strawberry.field(description="Whether its facts are known, or why it cannot be analysed.")
    def state(self) -> VideoState:
        return self.video.state

    @strawberry.field(description="Why it was refused; nothing is charged for that.")
    def refusal(self) -> FailureType | None:
        refusal = self.video.refusal
        return None if refusal is None else FailureType(failure=refusal)

    @strawberry.field(description="When it was added, or asked for again.")
    def added_at(self) -> datetime:
        return self.video.added_at

    @strawberry.field(
        description=(
            "Whether a run can start: an uploaded file is deleted once it was analysed, or after a "
            "day, and is then uploaded again."
        )
    )
    def has_file(self) -> bool:
        return not isinstance(self.video.source, UploadedFile) or self.video.original is not None

    @strawberry.field(description="Its length in milliseconds; null until it is known.")
    def duration_ms(self) -> int | None:
        facts = self.video.facts
        return None if facts is None else round(1000 * facts.duration_s)

    @strawberry.field(description="Width of the picture as shown, in pixels.")
    def width_px(self) -> int | None:
        return None if self.video.facts is None else self.video.facts.width_px

    @strawberry.field(description="Height of the picture as shown, in pixels.")
    def height_px(self) -> int | None:
        return None if self.video.facts is None else self.video.facts.height_px

    @strawberry.field(description="Pictures a second.")
    def frame_rate_hz(self) -> float | None:
        return None if self.video.facts is None else self.video.facts.frame_rate_hz

    @strawberry.field(description="The caller's title, else that of the platform.")
    def title(self) -> str | None:
        return self._metadata.title

    @strawberry.field(description="The caller's description, else that of the platform.")
    def description(self) -> str | None:
        return self._metadata.description

    @strawberry.field(description="Tags.")
    def tags(self) -> list[str]:
        return list(self._metadata.tags)

    @strawberry.field(description="Language of the video.")
    def language(self) -> str | None:
        return self._metadata.language

    @strawberry.field(description="Category on its platform.")
    def category(self) -> str | None:
        return self._metadata.category

    @strawberry.field(description="Who published it.")
    def channel_name(self) -> str | None:
        return self._metadata.channel_name

    @strawberry.field(description="When it was published, as its platform or the caller says.")
    def published_at(self) -> str | None:
        return self._metadata.published_at


AddVideoResult = Annotated[VideoType | Refusal, strawberry.union("AddVideoResult")]
CreateUploadResult = Annotated[UploadType | Refusal, strawberry.union("CreateUploadResult")]
CompleteUploadResult = Annotated[VideoType | Refusal, strawberry.union("CompleteUploadResult")]


@strawberry.type
class VideoQueries:
    """The caller's own."""

    @strawberry.field(description="One video; null when it is unknown or another user's.")
    async def video(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Its global id.")],
    ) -> VideoType | None:
        return await found_video(info, id)

    @strawberry.field(description="One upload; null when it is unknown or another user's.")
    async def upload(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Its global id.")],
    ) -> UploadType | None:
        return await found_upload(info, id)


@strawberry.type
class VideoMutations:
    """Adding costs nothing."""

    @strawberry.mutation(
        description=(
            "Add a video by its link. It is `RESOLVING` until YouTube was asked; the same link is "
            "the same video, asked for again."
        )
    )
    async def add_video(
        self,
        info: Info,
        link: Annotated[
            str, strawberry.argument(description="Any form of a link to one YouTube video.")
        ],
        metadata: Annotated[
            VideoMetadataInput | None,
            strawberry.argument(description="What goes before what YouTube tells."),
        ] = None,
    ) -> AddVideoResult:
        user_id, container = info.context.spending().id, info.context.container
        add_video, resolving = container.add_video(), container.resolving()

        def added() -> VideoType:
            video = add_video(user_id, YoutubeLink.parse(link), _said(metadata))
            resolving.soon(video.id)
            return VideoType.of(video)

        return await answered(info, added)

    @strawberry.mutation(description="Begin an upload: its answer says where to send the bytes.")
    async def create_upload(
        self,
        info: Info,
        size_bytes: Annotated[
            ByteCount, strawberry.argument(description="Exact size of the file.")
        ],
        sha256: Annotated[
            str | None,
            strawberry.argument(description="Its SHA-256 in hexadecimal digits, if it is known."),
        ] = None,
        metadata: Annotated[
            VideoMetadataInput | None,
            strawberry.argument(description="What is to be known of the video."),
        ] = None,
    ) -> CreateUploadResult:
        user_id = info.context.spending().id
        create_upload = info.context.container.create_upload()

        def created() -> UploadType:
            begun = create_upload(
                user_id, size_bytes=size_bytes, sha256=sha256, metadata=_said(metadata)
            )
            return UploadType.of(begun)

        return await answered(info, created)

    @strawberry.mutation(
        description=(
            "Make an upload that has come whole into a video. Its size, its SHA-256 and what its "
            "headers tell are checked; a file that is refused is removed, and nothing is charged."
        )
    )
    async def complete_upload(
        self,
        info: Info,
        upload: Annotated[strawberry.ID, strawberry.argument(description="Global id of it.")],
    ) -> CompleteUploadResult:
        user_id = info.context.spending().id
        complete_upload = info.context.container.complete_upload()

        def completed() -> VideoType:
            return VideoType.of(complete_upload(user_id, upload_id_in(upload)))

        return await answered(info, completed)


def video_id_in(text: str) -> KeptVideoId:
    """The video that a global id names; raises VideoNotFound for what names none."""
    unknown = VideoNotFound("no video of this user has this id")
    return KeptVideoId(ids.uuid_in(text, kind=VIDEO, otherwise=lambda: unknown))


async def found_video(info: Info, text: str) -> VideoType | None:
    """The caller's video of this global id, or None, also for another user's."""
    user_id, read = info.context.reading().id, info.context.container.read_video()
    try:
        return VideoType.of(await asked(lambda: read(user_id, video_id_in(text))))
    except VideoNotFound:
        return None


def _said(metadata: VideoMetadataInput | None) -> Metadata:
    return Metadata() if metadata is None else metadata.as_metadata()
