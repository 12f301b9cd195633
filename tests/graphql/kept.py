"""Videos of people, as if they had been uploaded and looked at."""

from uuid import uuid4

from domain.kept_video import KeptVideo, KeptVideoId, VideoFacts, VideoState
from domain.upload import UploadId
from domain.video import Metadata, UploadedFile
from entrypoints.graphql import ids
from tests.graphql.house import House, Person


def a_ready_video(house: House, of: Person, *, duration_s: float = 10.0) -> str:
    """The global id of a small video of somebody's that can be run at once."""
    assert of.user_id is not None
    video = KeptVideo(
        id=KeptVideoId(uuid4()),
        user_id=of.user_id,
        source=UploadedFile(sha256=uuid4().hex * 2, size_bytes=1000),
        given=Metadata(title="Talk"),
        added_at=house.container.clock().now(),
        state=VideoState.READY,
        facts=VideoFacts(
            duration_s=duration_s,
            width_px=320,
            height_px=240,
            frame_rate_hz=25.0,
            frame_step_s=0.04,
        ),
        original=UploadId(uuid4()),
    )
    with house.container.unit_of_work() as work:
        work.videos.add(video)
        work.commit()
    return str(ids.encode("Video", video.id))
