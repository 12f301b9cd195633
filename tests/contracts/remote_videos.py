"""What every way to a linked video must do (R-101, R-106)."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest

from application.ports.remote_videos import RemoteVideos
from domain.errors import Cancelled, DownloadFailed, LinkRefused
from domain.link_refusal import LinkRefusal
from domain.video import YoutubeLink

NEVER_ASKED_FOR = (
    LinkRefusal.RUNTIME_MISSING,
    LinkRefusal.FORMAT_MISSING,
    LinkRefusal.SWITCHED_OFF,
)
REFUSALS = sorted(set(LinkRefusal) - set(NEVER_ASKED_FOR))
DURATION_S = 6.0


@dataclass(slots=True)
class Switch:
    """A cancellation that is thrown once the progress has reached a share."""

    at_share: float = 2.0
    shares: list[float] = field(default_factory=list)

    @property
    def requested(self) -> bool:
        return bool(self.shares) and self.shares[-1] >= self.at_share

    def on_progress(self, share: float) -> None:
        self.shares.append(share)


class Platform(Protocol):
    """A YouTube of the test's own."""

    def publish(
        self,
        *,
        refusal: LinkRefusal | None = None,
        comments: tuple[str, ...] = (),
        losses: int = 0,
    ) -> YoutubeLink:
        """Put up a video of `DURATION_S` titled "A talk" whose file is lost `losses` times."""
        ...

    @property
    def requests(self) -> int: ...


class RemoteVideosContract(ABC):
    """Subclass and give `platform` and `videos`; the adapter makes three retries without pauses."""

    @pytest.fixture
    @abstractmethod
    def platform(self) -> Platform: ...

    @pytest.fixture
    @abstractmethod
    def videos(self, platform: Platform) -> RemoteVideos: ...

    @pytest.fixture
    def download(
        self, videos: RemoteVideos, tmp_path: Path
    ) -> Callable[[YoutubeLink, Switch], Path]:
        def run(link: YoutubeLink, switch: Switch) -> Path:
            return videos.download(
                link,
                into=tmp_path,
                duration_s=DURATION_S,
                on_progress=switch.on_progress,
                cancellation=switch,
            )

        return run

    def test_facts_tell_duration_and_title(self, platform: Platform, videos: RemoteVideos) -> None:
        facts = videos.facts(platform.publish())
        assert facts.duration_s == DURATION_S
        assert facts.metadata.title == "A talk"

    def test_comments_come_only_when_asked_for(
        self, platform: Platform, videos: RemoteVideos
    ) -> None:
        link = platform.publish(comments=("first", "second"))
        assert videos.facts(link).metadata.comments is None
        assert videos.facts(link, comments_max=5).metadata.comments == ("first", "second")
        assert videos.facts(link, comments_max=1).metadata.comments == ("first",)

    def test_never_more_than_a_hundred_comments(
        self, platform: Platform, videos: RemoteVideos
    ) -> None:
        """R-101."""
        told = tuple(f"comment {i}" for i in range(130))
        link = platform.publish(comments=told)
        assert videos.facts(link, comments_max=1000).metadata.comments == told[:100]

    def test_a_download_leaves_exactly_the_one_file(
        self,
        platform: Platform,
        download: Callable[[YoutubeLink, Switch], Path],
        tmp_path: Path,
    ) -> None:
        path = download(platform.publish(), Switch())
        assert list(tmp_path.iterdir()) == [path]
        assert path.stat().st_size > 0

    def test_progress_rises_to_one(
        self, platform: Platform, download: Callable[[YoutubeLink, Switch], Path]
    ) -> None:
        switch = Switch()
        download(platform.publish(), switch)
        assert len(switch.shares) > 1
        assert switch.shares == sorted(switch.shares)
        assert all(0 <= share <= 1 for share in switch.shares)
        assert switch.shares[-1] == 1.0

    @pytest.mark.parametrize("reason", REFUSALS)
    def test_a_refusal_has_its_reason_and_says_to_upload(
        self, platform: Platform, videos: RemoteVideos, reason: LinkRefusal
    ) -> None:
        with pytest.raises(LinkRefused) as refusal:
            videos.facts(platform.publish(refusal=reason))
        assert refusal.value.reason == reason.value
        assert str(refusal.value).endswith("; upload the file instead.")

    @pytest.mark.parametrize("reason", REFUSALS)
    def test_a_refusal_is_not_asked_about_again(
        self,
        platform: Platform,
        videos: RemoteVideos,
        download: Callable[[YoutubeLink, Switch], Path],
        reason: LinkRefusal,
    ) -> None:
        """R-106; a bot check that is answered by trying again lasts longer."""
        link = platform.publish(refusal=reason)
        with pytest.raises(LinkRefused):
            videos.facts(link)
        asked_once = platform.requests
        with pytest.raises(LinkRefused):
            download(link, Switch())
        assert platform.requests == 2 * asked_once

    def test_three_losses_are_made_good(
        self, platform: Platform, download: Callable[[YoutubeLink, Switch], Path]
    ) -> None:
        """R-106: a first try and up to three retries."""
        assert download(platform.publish(losses=3), Switch()).stat().st_size > 0

    def test_a_fourth_loss_is_a_failed_download_that_leaves_nothing(
        self,
        platform: Platform,
        download: Callable[[YoutubeLink, Switch], Path],
        tmp_path: Path,
    ) -> None:
        with pytest.raises(DownloadFailed, match="upload the file instead"):
            download(platform.publish(losses=4), Switch())
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("at_share", [0.0, 0.3])
    def test_a_cancelled_download_leaves_nothing(
        self,
        platform: Platform,
        download: Callable[[YoutubeLink, Switch], Path],
        tmp_path: Path,
        at_share: float,
    ) -> None:
        switch = Switch(at_share, shares=[0.0])
        with pytest.raises(Cancelled):
            download(platform.publish(), switch)
        assert list(tmp_path.iterdir()) == []
        assert switch.shares[-1] < 1.0
