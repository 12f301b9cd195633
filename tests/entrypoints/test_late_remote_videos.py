"""What fetches videos is loaded for the first link, and then asked as if it had been there."""

from pathlib import Path

import pytest
from dependency_injector import providers

from adapters.memory.remote_videos import MemoryRemoteVideos, PublishedVideo
from adapters.youtube.switched_off import NoRemoteVideos
from application.ports.remote_videos import RemoteFacts
from domain.errors import LinkRefused
from domain.video import Metadata, YoutubeLink
from entrypoints.container import Container
from entrypoints.container.late import Later
from entrypoints.settings import Settings

LINK = YoutubeLink("jNQXAC9IVRw")
FACTS = RemoteFacts(
    duration_s=60.0, width_px=None, height_px=None, frame_rate_hz=None, metadata=Metadata()
)


def test_nothing_is_made_before_it_is_asked_and_then_once() -> None:
    made: list[list[int]] = []

    def make() -> list[int]:
        made.append([])
        return made[-1]

    late = Later(make)
    assert not made
    late.append(7)
    late.append(8)
    assert made == [[7, 8]]
    with pytest.raises(AttributeError):
        _ = late.nothing_of_a_list


def test_the_installation_asks_late_whom_its_settings_name(tmp_path: Path) -> None:
    off = Container(settings=Settings.read({"TRENDFLOW_YOUTUBE": "off"}, data_dir=tmp_path))
    assert isinstance(off.remote(), NoRemoteVideos)
    for asking in (off.resolve_video(), off.accept_video(), off.estimate_run()):
        assert isinstance(asking.remote, Later)
        with pytest.raises(LinkRefused):
            asking.remote.facts(LINK)


def test_another_that_is_put_in_its_place_is_asked_from_then_on(tmp_path: Path) -> None:
    off = Container(settings=Settings.read({"TRENDFLOW_YOUTUBE": "off"}, data_dir=tmp_path))
    with pytest.raises(LinkRefused):
        off.resolve_video().remote.facts(LINK)
    for _ in range(2):
        memory = MemoryRemoteVideos()
        off.remote.override(providers.Object(memory))
        memory.videos[LINK] = PublishedVideo(facts=FACTS, content=b"")
        assert off.resolve_video().remote.facts(LINK) == FACTS
        assert memory.requests == 1
