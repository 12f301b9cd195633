"""The one test that asks the real YouTube: off unless somebody asks for it."""

import os
from pathlib import Path

import pytest

from adapters.youtube.remote_videos import YtDlpRemoteVideos
from domain.video import YoutubeLink
from tests.outside import require
from tests.youtube.downloads import download, streams


@pytest.mark.live
@pytest.mark.requires("ffmpeg", "ffprobe", "js_runtime")
@pytest.mark.skipif(
    os.environ.get("TRENDFLOW_LIVE_YOUTUBE") != "1",
    reason="asks the real YouTube: set TRENDFLOW_LIVE_YOUTUBE=1 and run `pytest -m live`",
)
def test_the_first_video_of_youtube_is_fetched(tmp_path: Path) -> None:
    client = YtDlpRemoteVideos(ffmpeg=require("ffmpeg"))
    link = YoutubeLink.parse("https://youtu.be/jNQXAC9IVRw")
    facts = client.facts(link)
    assert facts.duration_s == pytest.approx(19, abs=1)
    path = download(client, link, tmp_path, duration_s=facts.duration_s)
    assert [line.split(",")[0] for line in streams(path)] == ["video", "audio"]
