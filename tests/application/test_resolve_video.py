"""A link is resolved once however often and by however many it is asked for."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.memory.remote_videos import MemoryRemoteVideos, PublishedVideo
from application.errors import AdapterError
from application.ports.remote_videos import RemoteFacts
from domain.errors import VideoNotFound
from domain.kept_video import VideoState
from domain.video import Metadata, YoutubeLink
from tests.builders import LINK
from tests.contracts.videos import a_kept_video
from tests.features.app import App

FACTS = RemoteFacts(
    duration_s=60.0,
    width_px=1280,
    height_px=720,
    frame_rate_hz=25.0,
    metadata=Metadata(title="A talk", comments=("nobody's business",)),
)


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = App(tmp_path)
    publish(app, FACTS)
    return app


def publish(app: App, facts: RemoteFacts) -> None:
    app.remote.videos[LINK] = PublishedVideo(facts=facts, content=b"")


def test_of_two_who_ask_at_once_the_first_answer_stays(app: App) -> None:
    video = app.add_video(app.user, LINK, Metadata())

    class Overtaken(MemoryRemoteVideos):
        def facts(self, link: YoutubeLink, *, comments_max: int = 0) -> RemoteFacts:
            del link, comments_max
            app.resolve_video(video.id)
            return replace(FACTS, duration_s=90.0)

    late = replace(app.resolve_video, remote=Overtaken())
    assert late(video.id).video.duration_s == 60.0


def test_where_the_platform_tells_no_size_the_largest_is_counted_on(app: App) -> None:
    publish(app, replace(FACTS, width_px=None, height_px=None, frame_rate_hz=None))
    video = app.resolve_video(app.add_video(app.user, LINK, Metadata()).id)
    assert (video.size.width_px, video.size.height_px) == (1920, 1080)


def test_a_shape_that_cannot_be_analysed_is_refused_by_what_the_platform_tells(app: App) -> None:
    """R-104: aspect beyond 4:1."""
    publish(app, replace(FACTS, width_px=1920, height_px=400))
    video = app.resolve_video(app.add_video(app.user, LINK, Metadata()).id)
    assert video.state is VideoState.REFUSED
    assert video.refusal is not None
    assert video.refusal.code == "unsupported_input"


def test_no_comments_are_kept_with_a_video(app: App) -> None:
    """R-703: only where a run's own profile asks for them."""
    video = app.resolve_video(app.add_video(app.user, LINK, Metadata()).id)
    assert video.metadata.comments is None


def test_a_failure_of_the_world_leaves_it_resolving(app: App) -> None:
    video = app.add_video(app.user, LINK, Metadata())

    class Away(MemoryRemoteVideos):
        def facts(self, link: YoutubeLink, *, comments_max: int = 0) -> RemoteFacts:
            del link, comments_max
            raise AdapterError("away", code="storage_failed", retryable=True)

    with pytest.raises(AdapterError):
        replace(app.resolve_video, remote=Away())(video.id)
    assert app.resolve_video(video.id).state is VideoState.READY


def test_a_video_that_is_gone_is_not_found(app: App) -> None:
    with pytest.raises(VideoNotFound):
        app.resolve_video(a_kept_video().id)


def test_what_the_platform_counts_goes_with_the_moment_it_was_asked(app: App) -> None:
    publish(app, replace(FACTS, metadata=Metadata(views=7)))
    video = app.resolve_video(app.add_video(app.user, LINK, Metadata()).id)
    assert video.metadata.counters_read_at == app.clock.now().isoformat()
