"""What goes wrong on the way of the bytes, and what is done about it (R-106)."""

import socket
import time
from itertools import pairwise
from pathlib import Path

import pytest

from domain.errors import DownloadFailed
from tests.servers.youtube import FakeYoutube
from tests.servers.youtube_answers import Fault
from tests.youtube.clients import a_client
from tests.youtube.downloads import download, streams

pytestmark = pytest.mark.requires("ffmpeg", "ffprobe", "js_runtime")

BROKEN_OFF = [Fault.RESET, Fault.TRUNCATED, Fault.STALLED]


@pytest.mark.parametrize("fault", BROKEN_OFF)
def test_a_transfer_that_breaks_off_is_resumed_where_it_broke(
    youtube: FakeYoutube, tmp_path: Path, fault: Fault
) -> None:
    link = youtube.publish(faults=[fault])
    path = download(a_client(youtube, formats="b", socket_timeout_s=0.5), link, tmp_path)
    assert path.read_bytes() == youtube.renditions[0].content
    first, second = youtube.asked("media")
    assert first.first_byte == 0
    assert second.first_byte > 0


def test_each_try_asks_for_a_fresh_address(youtube: FakeYoutube, tmp_path: Path) -> None:
    """A signed address that was refused once is refused again."""
    download(a_client(youtube), youtube.publish(faults=[Fault.FORBIDDEN]), tmp_path)
    assert len(youtube.asked("player")) == 2


def test_busy_twice_then_well(youtube: FakeYoutube, tmp_path: Path) -> None:
    path = download(a_client(youtube), youtube.publish(faults=[Fault.BUSY] * 2), tmp_path)
    assert streams(path) == ["video,480,270", "audio"]


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (Fault.RESET, "connection"),
        (Fault.TRUNCATED, "connection"),
        (Fault.STALLED, "connection"),
        (Fault.FORBIDDEN, "http_403"),
        (Fault.BUSY, "http_503"),
    ],
)
def test_four_losses_are_a_failed_download_that_names_its_cause(
    youtube: FakeYoutube, tmp_path: Path, fault: Fault, cause: str
) -> None:
    link = youtube.publish(faults=[fault] * 4)
    with pytest.raises(DownloadFailed) as failure:
        download(a_client(youtube, socket_timeout_s=0.3), link, tmp_path)
    assert failure.value.fields == {"detail": cause, "tries": 4}
    assert len(youtube.asked("media")) == 4
    assert list(tmp_path.iterdir()) == []


def test_a_player_that_fails_is_asked_again(youtube: FakeYoutube) -> None:
    """yt-dlp only warns when one of YouTube's doors fails; the cause is kept all the same."""
    link = youtube.publish(player_statuses=[503, 500])
    assert a_client(youtube).facts(link).duration_s == 6
    assert len(youtube.asked("player")) == 3


def test_nobody_listening_is_a_failed_download(youtube: FakeYoutube, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        dead = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(DownloadFailed) as failure:
        download(a_client(youtube, proxy=dead), youtube.publish(), tmp_path)
    assert failure.value.fields["detail"] == "connection"
    assert list(tmp_path.iterdir()) == []


def test_pauses_are_kept_between_tries(youtube: FakeYoutube, tmp_path: Path) -> None:
    link = youtube.publish(faults=[Fault.BUSY] * 2)
    started_s = time.monotonic()
    download(a_client(youtube, retry_pauses_s=(0.4, 0.6)), link, tmp_path)
    assert time.monotonic() - started_s >= 1.0


def test_a_file_too_small_for_its_duration_is_a_failed_download(
    youtube: FakeYoutube, tmp_path: Path
) -> None:
    """R-106: the file says twenty minutes and holds six seconds."""
    link = youtube.publish(duration_s=1200)
    with pytest.raises(DownloadFailed) as failure:
        download(a_client(youtube, formats="b"), link, tmp_path, duration_s=1200)
    assert failure.value.fields["detail"] == "too_small"
    assert list(tmp_path.iterdir()) == []


def test_a_file_over_the_size_limit_is_not_downloaded(youtube: FakeYoutube, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed) as failure:
        download(a_client(youtube, size_bytes_max=1000), youtube.publish(), tmp_path)
    assert failure.value.fields["detail"] == "too_large"
    assert youtube.asked("media") == []


def test_a_trickle_of_bytes_ends_at_the_time_limit(youtube: FakeYoutube, tmp_path: Path) -> None:
    """R-106: 120.6 s for six seconds of video, on a clock that runs sixty times as fast."""
    client = a_client(
        youtube, monotonic=lambda: time.monotonic() * 60, retry_pauses_s=(5.0, 15.0, 30.0)
    )
    started_s = time.monotonic()
    with pytest.raises(DownloadFailed) as failure:
        download(client, youtube.publish(faults=[Fault.TRICKLE]), tmp_path)
    assert failure.value.fields["detail"] == "timed_out"
    assert 1.9 < time.monotonic() - started_s < 5
    assert list(tmp_path.iterdir()) == []


def test_a_merge_that_fails_is_a_failed_download(youtube: FakeYoutube, tmp_path: Path) -> None:
    """The sound is no sound at all, so ffmpeg cannot put it beside the picture."""
    *pictures, sound = youtube.renditions
    broken = type(sound)(itag=140, content=b"\0" * 50_000, height=None, codecs="mp4a.40.2")
    link = youtube.publish(renditions=(*pictures, broken))
    with pytest.raises(DownloadFailed) as failure:
        download(a_client(youtube, retry_pauses_s=(0.0,)), link, tmp_path)
    assert failure.value.fields == {"detail": "merge", "tries": 2}
    assert list(tmp_path.iterdir()) == []


def test_progress_never_falls_over_formats_and_tries(youtube: FakeYoutube, tmp_path: Path) -> None:
    shares: list[float] = []
    link = youtube.publish(faults=[Fault.TRUNCATED])
    download(a_client(youtube), link, tmp_path, on_progress=shares.append)
    assert all(before < after for before, after in pairwise(shares))
    assert shares[-1] == 1.0


@pytest.mark.parametrize(("duration_s", "limit_s"), [(5, 120.5), (600, 180), (1200, 240)])
def test_the_time_limit_is_that_of_the_clause(
    youtube: FakeYoutube, duration_s: float, limit_s: float
) -> None:
    """R-106: max(60 s, duration × 0.1 + 120 s)."""
    assert a_client(youtube).options.time_limit_s(duration_s) == limit_s
