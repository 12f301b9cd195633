"""Which formats are downloaded, and that picture and sound come together (R-106)."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.ffmpeg.tools import Tools
from adapters.youtube.session import MERGE_OUTPUT
from domain.errors import LinkRefused
from tests.servers.youtube import FakeYoutube
from tests.youtube.clients import a_client
from tests.youtube.downloads import download, streams

pytestmark = pytest.mark.requires("ffmpeg", "ffprobe", "js_runtime")


def fetched_itags(youtube: FakeYoutube) -> set[int | None]:
    return {request.itag for request in youtube.asked("media")}


def test_by_default_1080p_and_the_best_sound_are_merged(
    youtube: FakeYoutube, tmp_path: Path
) -> None:
    """R-106: 2160p is on offer, too."""
    path = download(a_client(youtube), youtube.publish(), tmp_path)
    assert fetched_itags(youtube) == {137, 140}
    assert streams(path) == ["video,480,270", "audio"]


def test_a_video_that_is_fetched_twice_is_the_same_file(
    youtube: FakeYoutube, tmp_path: Path
) -> None:
    """By its digest results are taken over beside what is measured anew (R-509)."""
    link = youtube.publish()
    first = download(a_client(youtube), link, tmp_path).read_bytes()
    assert download(a_client(youtube), link, tmp_path).read_bytes() == first


@pytest.mark.parametrize("container", ["mkv", "mp4"])
def test_the_same_streams_are_put_together_into_the_same_bytes(
    youtube: FakeYoutube, tmp_path: Path, container: str
) -> None:
    """Matroska by itself would not."""
    source = tmp_path / "source.mp4"
    source.write_bytes(youtube.renditions[0].content)

    def merged(*arguments: str) -> bytes:
        file = tmp_path / f"merged.{container}"
        command = [str(Tools.find().ffmpeg), "-y", "-v", "error", "-i", str(source), "-c", "copy"]
        subprocess.run([*command, *arguments, str(file)], check=True, stdin=subprocess.DEVNULL)
        return file.read_bytes()

    assert merged(*MERGE_OUTPUT) == merged(*MERGE_OUTPUT)
    if container == "mkv":
        assert merged() != merged()


def test_upright_1080p_is_not_taken_for_too_large(youtube: FakeYoutube, tmp_path: Path) -> None:
    """R-104 allows 1080x1920; a limit on the height would choose less."""
    upright = tuple(
        replace(one, height=one.height * 16 // 9, width=one.height) if one.height else one
        for one in youtube.renditions
    )
    download(a_client(youtube), youtube.publish(renditions=upright), tmp_path)
    assert fetched_itags(youtube) == {137, 140}


def test_another_format_may_be_chosen(youtube: FakeYoutube, tmp_path: Path) -> None:
    client = a_client(youtube, formats="bv*[height<=720]+ba/b[height<=720]")
    path = download(client, youtube.publish(), tmp_path)
    assert fetched_itags(youtube) == {136, 140}
    assert streams(path) == ["video,320,180", "audio"]


def test_a_format_with_its_own_sound_needs_no_merging(youtube: FakeYoutube, tmp_path: Path) -> None:
    path = download(a_client(youtube, formats="b"), youtube.publish(), tmp_path)
    assert fetched_itags(youtube) == {18}
    assert path.read_bytes() == youtube.renditions[0].content


def test_a_format_that_is_not_there_is_refused_before_any_download(
    youtube: FakeYoutube, tmp_path: Path
) -> None:
    client = a_client(youtube, formats="bv*[height>=9000]")
    with pytest.raises(LinkRefused) as refusal:
        download(client, youtube.publish(), tmp_path)
    assert refusal.value.reason == "format_missing"
    assert fetched_itags(youtube) == set()


def test_facts_are_those_of_the_chosen_format(youtube: FakeYoutube) -> None:
    facts = a_client(youtube, formats="bv[height<=720]").facts(youtube.publish())
    assert (facts.width_px, facts.height_px, facts.frame_rate_hz) == (1280, 720, 25)
    assert facts.metadata.category == "Education"
    assert facts.metadata.tags == ("night", "film")
    assert facts.metadata.channel_name == "A channel"
    assert facts.metadata.subscribers == 5600
    assert facts.metadata.views == 1234
    assert facts.metadata.published_at == "2024-05-01T10:00:00+00:00"
    assert fetched_itags(youtube) == set()
