"""A video that a user has added: what is said of it, what is known of it, what refused it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from domain.errors import DomainError, UploadMissing, VideoNotReady, VideoRefused
from domain.ledger import UserId
from domain.run import Failure
from domain.upload import UploadId
from domain.video import Metadata, UploadedFile, Video, VideoSource, as_read, merged
from domain.video_size import VideoSize, characters

KeptVideoId = NewType("KeptVideoId", UUID)


class VideoState(StrEnum):
    """How far a video's facts are known."""

    RESOLVING = "resolving"
    READY = "ready"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFacts:
    """What the estimate and the limits depend on; the picture is upright and square-pixel.

    `frame_step_s` is the tolerance of the length: one frame of a file, the rounding of a platform.
    """

    duration_s: float
    width_px: int
    height_px: int
    frame_rate_hz: float
    frame_step_s: float


@dataclass(slots=True, kw_only=True, eq=False)
class KeptVideo:
    """One video of one user (aggregate): the same link or the same content is the same video.

    `given` is what the user says of it, `told` what its platform says once it was asked. `original`
    is where the bytes of an uploaded file are kept until a run has taken them apart (R-107).
    """

    id: KeptVideoId
    user_id: UserId
    source: VideoSource
    given: Metadata
    added_at: datetime
    state: VideoState = VideoState.RESOLVING
    told: Metadata | None = None
    facts: VideoFacts | None = None
    refusal: Failure | None = None
    original: UploadId | None = None

    @property
    def metadata(self) -> Metadata:
        """What a run is made with: the user's word goes before the platform's (R-101)."""
        given = as_read(self.given, self.added_at)
        known = given if self.told is None else merged(self.told, given)
        return known if self.facts is None else replace(known, duration_s=self.facts.duration_s)

    def saying(self, words: Metadata) -> "KeptVideo":
        """The same video with other words said of it; what is kept does not change."""
        return replace(self, given=words, told=None)

    @property
    def video(self) -> Video:
        """The video as a run measures it; refuses while its facts are not known."""
        facts = self._known()
        return Video(
            source=self.source,
            duration_s=facts.duration_s,
            frame_step_s=facts.frame_step_s,
            metadata=self.metadata,
        )

    @property
    def size(self) -> VideoSize:
        """What an estimate depends on; refuses while it is not known."""
        facts = self._known()
        return VideoSize(
            facts.duration_s,
            facts.width_px,
            facts.height_px,
            facts.frame_rate_hz,
            characters(self.metadata),
        )

    def describe(self, given: Metadata) -> None:
        """Takes what the user says of the video now in place of what was said before."""
        self.given = given

    def ask_again(self, *, now: datetime) -> None:
        """Has its platform asked anew: counters change, and a refused video may be back."""
        self.state, self.refusal, self.added_at = VideoState.RESOLVING, None, now

    def resolve(self, facts: VideoFacts, *, told: Metadata | None = None) -> None:
        """Writes down what it is; from now on it can be estimated and run."""
        self.state, self.facts, self.told, self.refusal = VideoState.READY, facts, told, None

    def refuse(self, refusal: DomainError) -> None:
        """Writes down why it cannot be analysed."""
        self.state, self.facts, self.told = VideoState.REFUSED, None, None
        self.refusal = Failure.of(refusal, where="resolve")

    def check_original(self) -> None:
        """Refuses an uploaded video whose file is gone: it has to be uploaded again (R-107)."""
        if isinstance(self.source, UploadedFile) and self.original is None:
            raise UploadMissing("the uploaded video is not there any more")

    def _known(self) -> VideoFacts:
        if self.refusal is not None:
            raise VideoRefused(self.refusal.code, self.refusal.message, **self.refusal.fields)
        if self.facts is None or self.state is VideoState.RESOLVING:
            raise VideoNotReady("what the video is like is not known yet")
        return self.facts
