"""The ways to linked videos, each under the one contract."""

from dataclasses import dataclass

import pytest

from adapters.memory.remote_videos import MemoryRemoteVideos, PublishedVideo
from application.ports.remote_videos import RemoteFacts, RemoteVideos
from domain.link_refusal import LinkRefusal
from domain.video import Metadata, YoutubeLink
from tests.contracts.remote_videos import DURATION_S, Platform, RemoteVideosContract
from tests.servers.youtube import FakeYoutube
from tests.servers.youtube_answers import Fault
from tests.youtube.clients import a_client

LINK = YoutubeLink("aaaaaaaaaaa")


@dataclass(slots=True)
class MemoryPlatform:
    """Publishes straight into the adapter."""

    adapter: MemoryRemoteVideos

    def publish(
        self,
        *,
        refusal: LinkRefusal | None = None,
        comments: tuple[str, ...] = (),
        losses: int = 0,
    ) -> YoutubeLink:
        facts = RemoteFacts(
            duration_s=DURATION_S,
            width_px=1920,
            height_px=1080,
            frame_rate_hz=25.0,
            metadata=Metadata(title="A talk", comments=comments),
        )
        self.adapter.videos[LINK] = PublishedVideo(
            facts=facts, content=bytes(range(256)) * 40, refusal=refusal, losses=losses
        )
        return LINK

    @property
    def requests(self) -> int:
        return self.adapter.requests


class TestMemoryRemoteVideos(RemoteVideosContract):
    """The made-up YouTube."""

    @pytest.fixture
    def platform(self) -> Platform:
        return MemoryPlatform(MemoryRemoteVideos())

    @pytest.fixture
    def videos(self, platform: Platform) -> RemoteVideos:
        assert isinstance(platform, MemoryPlatform)
        return platform.adapter


@dataclass(slots=True)
class ServedPlatform:
    """Publishes on the local fake that the real yt-dlp talks to."""

    youtube: FakeYoutube

    def publish(
        self,
        *,
        refusal: LinkRefusal | None = None,
        comments: tuple[str, ...] = (),
        losses: int = 0,
    ) -> YoutubeLink:
        faults = [Fault.BUSY] * losses
        return self.youtube.publish(refusal=refusal, comments=comments, faults=faults)

    @property
    def requests(self) -> int:
        return len(self.youtube.requests)


@pytest.mark.requires("ffmpeg", "js_runtime")
class TestYtDlpRemoteVideos(RemoteVideosContract):
    """yt-dlp itself, against the fake."""

    @pytest.fixture
    def platform(self, youtube: FakeYoutube) -> Platform:
        return ServedPlatform(youtube)

    @pytest.fixture
    def videos(self, platform: Platform) -> RemoteVideos:
        assert isinstance(platform, ServedPlatform)
        return a_client(platform.youtube)
