"""The run's video is fetched anew after a crash, and gone when nothing reads it any more."""

from pathlib import Path

import pytest

from adapters.components.catalogue import ShippedComponents
from adapters.folder.workspaces import FolderWorkspaces
from adapters.memory.remote_videos import MemoryRemoteVideos, PublishedVideo
from application.ports.remote_videos import RemoteFacts
from application.told_comments import comments_in
from application.use_cases.acquire_video import AcquireVideo
from domain.run import Run
from domain.video import Metadata
from tests.builders import LINK, a_profile, a_run
from tests.features.app import App

COMMENTED = Metadata(comments=tuple(f"comment {number}" for number in range(120)))


class Wanted:
    requested = False


@pytest.fixture
def workspaces(tmp_path: Path) -> FolderWorkspaces:
    return FolderWorkspaces(tmp_path)


@pytest.fixture
def acquire(workspaces: FolderWorkspaces, tmp_path: Path) -> AcquireVideo:
    facts = RemoteFacts(
        duration_s=10.0, width_px=None, height_px=None, frame_rate_hz=None, metadata=COMMENTED
    )
    video = PublishedVideo(facts=facts, content=b"a whole video")
    return AcquireVideo(
        workspaces,
        MemoryRemoteVideos(videos={LINK: video}),
        App(tmp_path).originals,
        ShippedComponents().catalogue,
    )


def acquired(acquire: AcquireVideo, run: Run) -> Path:
    return acquire(run, on_share=lambda _: None, cancellation=Wanted())


def test_what_a_killed_download_left_does_not_stop_the_next(
    acquire: AcquireVideo, workspaces: FolderWorkspaces
) -> None:
    """R-501: yt-dlp works in a folder of its own, which a killed worker leaves behind."""
    run = a_run()
    left = workspaces.folder(run.id) / "download" / ".partial"
    left.mkdir(parents=True)
    (left / "video.mp4.part").write_bytes(b"half a vid")
    file = acquired(acquire, run)
    assert file.read_bytes() == b"a whole video"
    assert [found.name for found in file.parent.iterdir()] == [file.name]


def test_asking_twice_gives_one_file(acquire: AcquireVideo) -> None:
    run = a_run()
    assert acquired(acquire, run) == acquired(acquire, run)


def test_nothing_of_a_download_is_left_when_it_is_discarded(
    acquire: AcquireVideo, workspaces: FolderWorkspaces
) -> None:
    """R-107: the downloaded file is deleted after segmentation."""
    run = a_run()
    file = acquired(acquire, run)
    (file.parent / ".partial").mkdir()
    acquire.discard(run)
    assert list(workspaces.folder(run.id).iterdir()) == []
    acquire.discard(run)


def test_comments_are_left_in_the_workspace_where_a_component_reads_them(
    acquire: AcquireVideo, workspaces: FolderWorkspaces
) -> None:
    """R-101: at most a hundred; R-703: nowhere but there."""
    run = a_run(profile=a_profile("comments_profile"))
    acquired(acquire, run)
    assert comments_in(workspaces.folder(run.id)) == (COMMENTED.comments or ())[:100]
    assert run.metadata.comments is None
    workspaces.remove(run.id)
    assert comments_in(workspaces.folder(run.id)) is None


def test_nobody_asks_for_comments_that_no_component_reads(
    acquire: AcquireVideo, workspaces: FolderWorkspaces
) -> None:
    run = a_run(profile=a_profile("title_style"))
    acquired(acquire, run)
    assert comments_in(workspaces.folder(run.id)) is None
