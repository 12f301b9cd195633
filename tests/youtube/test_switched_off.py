"""An installation may take no links: they are refused before anything is asked of YouTube."""

from pathlib import Path

import pytest

from adapters.youtube.options import YoutubeOptions
from adapters.youtube.remote_videos import YtDlpRemoteVideos
from adapters.youtube.switched_off import NoRemoteVideos
from domain.errors import LinkRefused
from domain.video import YoutubeLink
from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.youtube.downloads import Wanted

LINK = YoutubeLink("aaaaaaaaaaa")


def test_a_link_is_refused_with_what_helps(tmp_path: Path) -> None:
    """Architecture 13; R-106: "upload instead" is part of the message."""
    remote = NoRemoteVideos()
    with pytest.raises(LinkRefused, match="upload the file instead") as refusal:
        remote.facts(LINK)
    assert refusal.value.reason == "switched_off"
    with pytest.raises(LinkRefused):
        remote.download(
            LINK, into=tmp_path, duration_s=6.0, on_progress=lambda _: None, cancellation=Wanted()
        )
    assert list(tmp_path.iterdir()) == []


def test_the_installation_takes_links_as_its_settings_say(tmp_path: Path) -> None:
    cookies = tmp_path / "cookies.txt"
    cookies.touch()
    choices = {
        "TRENDFLOW_YOUTUBE_PROXY": "http://proxy.example:8080",
        "TRENDFLOW_YOUTUBE_COOKIES": str(cookies),
        "TRENDFLOW_YOUTUBE_RETRY_PAUSES_S": "0,1",
    }
    remote = Container(settings=Settings.read(choices, data_dir=tmp_path)).remote()
    assert isinstance(remote, YtDlpRemoteVideos)
    assert remote.options == YoutubeOptions(
        proxy="http://proxy.example:8080", cookies=cookies, retry_pauses_s=(0.0, 1.0)
    )
    off = Settings.read({"TRENDFLOW_YOUTUBE": "off"}, data_dir=tmp_path)
    assert isinstance(Container(settings=off).remote(), NoRemoteVideos)
