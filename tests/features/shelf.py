"""A person's videos, as the scenarios of adding them tell of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from adapters.memory.remote_videos import PublishedVideo
from adapters.memory.video_files import MadeVideo
from application.ports.remote_videos import RemoteFacts
from domain.errors import DomainError
from domain.link_refusal import LinkRefusal
from domain.video import Metadata, YoutubeLink
from tests.builders import LINK
from tests.features.driver import Driver
from tests.features.seen import Foreseen, SeenVideo
from tests.features.story import Purse

TITLE = "A talk"


@dataclass
class Shelf:
    """The person's videos, and what was answered about them."""

    purse: Purse
    videos: list[SeenVideo] = field(default_factory=list)
    estimates: list[Foreseen] = field(default_factory=list)
    refusals: list[DomainError] = field(default_factory=list)

    @property
    def app(self) -> Driver:
        return self.purse.app

    @property
    def video(self) -> SeenVideo:
        """The latest video, as it is kept."""
        return self.app.video(self.videos[-1])

    def publish(
        self, duration_s: float, *, title: str | None = TITLE, refusal: LinkRefusal | None = None
    ) -> None:
        facts = RemoteFacts(
            duration_s=duration_s,
            width_px=1280,
            height_px=720,
            frame_rate_hz=25.0,
            metadata=Metadata(title=title),
        )
        self.app.remote.videos[LINK] = PublishedVideo(facts=facts, content=b"", refusal=refusal)

    def tries(self, act: Callable[[], object]) -> None:
        """Does something; a refusal is remembered."""
        try:
            act()
        except DomainError as refusal:
            self.refusals.append(refusal)

    def add(self, link: YoutubeLink = LINK, *, title: str | None = None) -> None:
        self.videos.append(self.app.add_link(link.url, title=title))

    def look(self) -> None:
        self.app.look(self.videos[-1])

    def estimate(self, *names: str) -> None:
        asked = self.videos[-1]
        self.tries(lambda: self.estimates.append(self.app.estimate_kept(asked, *names)))

    def upload(self, file: MadeVideo | bytes, *, declared: bytes | None = None) -> None:
        """Sends a file as a client would; a refusal is remembered."""
        self.tries(
            lambda: self.videos.append(self.app.upload(file, title=TITLE, declared=declared))
        )

    def start(self, *names: str, key: str = "", estimate: Foreseen | None = None) -> None:
        asked, chosen = self.videos[-1], names or ("title",)
        self.tries(lambda: self.app.start_kept(asked, *chosen, key=key, estimate=estimate))
