"""Links are resolved beside requests; those whose process died are found again."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.memory.remote_videos import PublishedVideo
from application.errors import AdapterError
from application.ports.remote_videos import RemoteFacts
from application.use_cases.resolve_video import ResolveVideo
from domain.kept_video import KeptVideo, KeptVideoId, VideoState
from domain.video import Metadata
from entrypoints.resolving import Resolving
from tests.builders import LINK
from tests.contracts.videos import a_kept_video
from tests.features.app import App

FACTS = RemoteFacts(
    duration_s=60.0, width_px=None, height_px=None, frame_rate_hz=None, metadata=Metadata()
)


@pytest.fixture
def app(tmp_path: Path) -> App:
    app = App(tmp_path)
    app.remote.videos[LINK] = PublishedVideo(facts=FACTS, content=b"")
    return app


def known(app: App, video: KeptVideo) -> KeptVideo:
    with app.unit_of_work() as work:
        return work.videos.whosever(video.id)


def test_a_video_is_known_when_its_thread_has_asked(app: App) -> None:
    video = app.add_video(app.user, LINK, Metadata())
    resolving = Resolving(lambda: app.resolve_video)
    resolving.soon(video.id)
    resolving.soon(KeptVideoId(a_kept_video().id))
    resolving.close()
    assert known(app, video).state is VideoState.READY


def test_what_a_dead_process_left_is_asked_again(app: App) -> None:
    video = app.add_video(app.user, LINK, Metadata())
    resolving = Resolving(lambda: app.resolve_video)
    resolving.again()
    assert known(app, video).state is VideoState.RESOLVING
    app.pass_time(timedelta(minutes=11))
    resolving.again()
    assert known(app, video).state is VideoState.READY


def test_a_failure_of_the_world_leaves_it_resolving_and_is_told_by_its_code(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    video = app.add_video(app.user, LINK, Metadata(title="nobody's business"))

    def fail() -> ResolveVideo:
        raise AdapterError("the network is away", code="storage_failed", retryable=True)

    resolving = Resolving(fail)
    with caplog.at_level(logging.WARNING):
        resolving.soon(video.id)
        resolving.close()
    assert known(app, video).state is VideoState.RESOLVING
    assert [record.getMessage() for record in caplog.records] == [
        "video.unresolved code=storage_failed"
    ]
