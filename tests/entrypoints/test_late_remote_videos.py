"""What fetches videos is loaded for the first link, and then asked as if it had been there."""

from pathlib import Path

import pytest

from adapters.youtube.switched_off import NoRemoteVideos
from domain.errors import LinkRefused
from domain.video import YoutubeLink
from entrypoints.container import Container
from entrypoints.container.late import Later
from entrypoints.settings import Settings


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
        assert asking.remote is off.late_remote()
    with pytest.raises(LinkRefused):
        off.late_remote().facts(YoutubeLink("jNQXAC9IVRw"))
