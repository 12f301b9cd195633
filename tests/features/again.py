"""What a scenario about reusing remembers: what was measured, what is asked again, what comes."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from adapters.memory.remote_videos import PublishedVideo
from adapters.memory.video_files import MadeVideo
from application.ports.remote_videos import RemoteFacts
from domain.component import ComponentStatus
from domain.errors import DomainError
from domain.identity import RunId
from domain.ledger import Balance
from domain.run import RunStatus
from domain.video import Metadata
from tests.builders import LINK
from tests.features.driver import Driver
from tests.features.seen import Foreseen, SeenComponent, SeenRun, SeenVideo
from tests.features.story import Purse

TITLE = "A talk"
MINUTE = MadeVideo(duration_s=60.0)


@dataclass
class Again:
    """What was measured, what is asked again, and what comes of it."""

    purse: Purse
    video: SeenVideo = field(init=False)
    earlier: SeenRun = field(init=False)
    given: SeenRun = field(init=False)
    sent_again: SeenRun = field(init=False)
    charged: Balance = field(init=False)
    estimate: Foreseen = field(init=False)
    first: dict[str, float] = field(default_factory=dict)
    """What was measured first, as whoever had it measured could read it."""
    refusal: DomainError | None = None
    title: str = TITLE
    requests: int = 0

    @property
    def app(self) -> Driver:
        return self.purse.app

    def upload(self, title: str = TITLE, made: MadeVideo = MINUTE) -> None:
        """The same file each time, as the user of the moment sends it."""
        self.video = self.app.upload(made, title=title)

    def publish(self, *, seconds: float = 60.0, frame_rate_hz: float = 25.0) -> None:
        """A video on YouTube; at another rate it is another file."""
        made = replace(MINUTE, duration_s=seconds, frame_rate_hz=frame_rate_hz)
        facts = RemoteFacts(
            duration_s=seconds,
            width_px=made.width_px,
            height_px=made.height_px,
            frame_rate_hz=25.0,
            metadata=Metadata(title=TITLE),
        )
        content = self.app.file_of(made)
        self.app.remote.videos[LINK] = PublishedVideo(facts=facts, content=content)

    def measure(self, *names: str) -> None:
        """The first run of the video, to its end."""
        self.earlier = self.carry_out(self.started(*names or ("title",)).id)
        assert self.earlier.status is RunStatus.OK
        self.charged = self.purse.balance

    def ask(self, *names: str, is_anew: bool = False) -> None:
        self.given = self.started(*names, is_anew=is_anew)

    def analyse(self, *names: str, is_anew: bool = False) -> None:
        """A run of the uploaded video, which is sent again, to its end."""
        self.upload(self.title)
        self.ask(*names, is_anew=is_anew)
        self.given = self.carry_out(self.given.id)

    def analyse_link(self, *names: str) -> SeenRun:
        run = self.app.submit_link(LINK, *names, title=None)
        before = self.app.remote.requests
        ended = self.carry_out(run.id)
        self.requests = self.app.remote.requests - before
        return ended

    def carry_out(self, run_id: RunId) -> SeenRun:
        self.app.carry_out(run_id)
        ended = self.app.run(run_id)
        self.purse.story.runs.append(ended)
        for name, one in ended.components.items():
            if one.status is ComponentStatus.OK and name not in self.first:
                self.first[name] = self.app.result_of(run_id, name)[0]
        return ended

    def started(self, *names: str, is_anew: bool = False) -> SeenRun:
        return self.app.start_kept(self.video, *names, is_anew=is_anew)

    def try_to_start(self, *names: str, is_anew: bool = False) -> None:
        """A start by the latest estimate; a refusal is remembered."""
        try:
            self.app.start_kept(self.video, *names, estimate=self.estimate, is_anew=is_anew)
        except DomainError as refusal:
            self.refusal = refusal

    def ended(self, name: str) -> SeenComponent:
        return self.given.components[name]

    def check_taken_over(self, name: str, *, origin: SeenRun | None) -> None:
        """Told everywhere alike, and bit for bit what was measured there."""
        reuse = self.ended(name).reuse
        assert reuse.is_reused
        assert reuse.run_id == (None if origin is None else origin.id)
        assert reuse.measured_at == self.earlier.components[name].finished_at
        assert reuse.measured_at is not None
        account = {
            "is_reused": True,
            "reused_from": None if origin is None else str(origin.id),
            "measured_at": reuse.measured_at.isoformat(),
        }
        assert account.items() <= self._of_manifest(name).items()
        value, meta = self.app.result_of(self.given.id, name)
        own = {"run_id": str(self.given.id), "config_hash": self.given.config_hash}
        assert {**own, **account}.items() <= meta.items()
        assert value == self.first[name]
        assert str(self.earlier.id) not in str(self.app.manifest(self.given.id)) or origin

    def _of_manifest(self, name: str) -> dict[str, Any]:
        components = self.app.manifest(self.given.id)["components"]
        found: dict[str, Any] = next(one for one in components if one["name"] == name)
        return found

    def pass_days(self, days: int) -> None:
        self.app.pass_time(timedelta(days=days))
