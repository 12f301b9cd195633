"""What a scenario about reusing remembers: what was measured, what is asked again, what comes."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from adapters.memory.remote_videos import PublishedVideo
from adapters.memory.video_files import MadeVideo
from application.artifact_format import decode
from application.ports.remote_videos import RemoteFacts
from domain.errors import DomainError
from domain.estimate import Estimate
from domain.identity import RunId
from domain.kept_video import KeptVideo
from domain.ledger import Balance
from domain.run import ComponentRun, Run, RunStatus
from domain.video import Metadata
from tests.builders import LINK
from tests.features.app import App, a_choice
from tests.features.purse import Purse

TITLE = "A talk"
MINUTE = MadeVideo(duration_s=60.0)


@dataclass
class Again:
    """What was measured, what is asked again, and what comes of it."""

    purse: Purse
    video: KeptVideo = field(init=False)
    earlier: Run = field(init=False)
    given: Run = field(init=False)
    sent_again: Run = field(init=False)
    charged: Balance = field(init=False)
    estimate: Estimate = field(init=False)
    refusal: DomainError | None = None
    title: str = TITLE
    requests: int = 0

    @property
    def app(self) -> App:
        return self.purse.app

    def upload(self, title: str = TITLE, made: MadeVideo = MINUTE) -> KeptVideo:
        """The same file each time, as the user of the moment sends it."""
        app, file = self.app, self.app.video(made)
        content = file.read_bytes()
        file.unlink()
        sent = app.create_upload(
            app.user, size_bytes=len(content), sha256=None, metadata=Metadata(title=title)
        ).upload
        part = app.receive_part(app.user, sent.id, offset=0, sha256=None)
        part.write(content)
        part.end()
        self.video = app.complete_upload(app.user, sent.id)
        return self.video

    def publish(self, *, seconds: float = 60.0, frame_rate_hz: float = 25.0) -> None:
        """A video on YouTube; at another rate it is another file."""
        made = replace(MINUTE, duration_s=seconds, frame_rate_hz=frame_rate_hz)
        file = self.app.video(made)
        facts = RemoteFacts(
            duration_s=seconds,
            width_px=made.width_px,
            height_px=made.height_px,
            frame_rate_hz=25.0,
            metadata=Metadata(title=TITLE),
        )
        self.app.remote.videos[LINK] = PublishedVideo(facts=facts, content=file.read_bytes())
        file.unlink()

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

    def analyse_link(self, *names: str) -> Run:
        app = self.app
        choice, request = a_choice(*names), app.request()
        run = app.accept.link(LINK, metadata=Metadata(), profile=choice, request=request)
        before = app.remote.requests
        ended = self.carry_out(run.id)
        self.requests = app.remote.requests - before
        return ended

    def carry_out(self, run_id: RunId) -> Run:
        ended = self.app.carry_out(run_id)
        self.purse.story.runs.append(ended)
        return ended

    def started(self, *names: str, is_anew: bool = False) -> Run:
        choice, request = a_choice(*names), self.app.request()
        return self.app.start_video_run(self.video.id, choice, request, is_anew=is_anew)

    def try_to_start(self, *names: str, is_anew: bool = False) -> None:
        """A start by the latest estimate; a refusal is remembered."""
        request = self.app.request(estimate_id=self.estimate.id)
        choice = a_choice(*names)
        try:
            self.app.start_video_run(self.video.id, choice, request, is_anew=is_anew)
        except DomainError as refusal:
            self.refusal = refusal

    def ended(self, name: str) -> ComponentRun:
        return self.given.components[name]

    def check_taken_over(self, name: str, *, origin: Run | None) -> None:
        """Told everywhere alike, and bit for bit what was measured there."""
        ended = self.ended(name)
        known = ended.provenance
        assert known is not None
        assert known.is_reused
        told = None if origin is None else str(origin.id)
        assert known.measured_at == self.earlier.components[name].finished_at
        account = {
            "is_reused": True,
            "reused_from": told,
            "measured_at": known.measured_at.isoformat(),
        }
        assert account.items() <= self._of_manifest(name).items()
        arrays, meta = self._stored(self.given, name)
        first, _ = self._stored(self.earlier, name)
        assert {**self.given.identity.as_dict(), **account}.items() <= meta.items()
        assert arrays["value"] == first["value"]
        assert str(self.earlier.id) not in str(self.app.manifest(self.given)) or origin

    def _of_manifest(self, name: str) -> dict[str, Any]:
        components: Any = self.app.manifest(self.given)["components"]
        found: dict[str, Any] = next(one for one in components if one["name"] == name)
        return found

    def _stored(self, run: Run, name: str) -> tuple[Any, Any]:
        with self.app.unit_of_work() as work:
            artifact = work.runs.artifacts(run.id)[name]
        return decode(self.app.store.read(artifact))

    def harm(self, name: str) -> None:
        with self.app.unit_of_work() as work:
            path = work.runs.artifacts(self.earlier.id)[name].path
        self.app.store.contents[path] = b"harmed"

    def pass_days(self, days: int) -> None:
        self.app.pass_time(timedelta(days=days))
