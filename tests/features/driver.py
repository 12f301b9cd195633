"""What the steps may do to an installation and see of it, from inside or from outside."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any, Protocol

from adapters.memory.remote_videos import MemoryRemoteVideos
from adapters.memory.video_files import MadeVideo
from application.errors import HandedBack
from application.ports.cancellation import Cancellation
from domain.bill import Bill
from domain.credits import Credits
from domain.identity import RunId
from domain.ledger import Balance
from domain.rate_limit import Plan
from domain.video import YoutubeLink
from tests.features.seen import Foreseen, SeenEntry, SeenRun, SeenVideo
from tests.features.together import Together

PICTURE = ("picture",)
EVERYTHING = ("picture", "sound", "sound_computed", "title")


class NotAVideo(MadeVideo):
    """A file that somebody takes for a video."""


class Person(Protocol):
    """Acts of the person of the moment, and what they see. What a rule refuses is raised."""

    def open_account(self, amount: str, plan: Plan = ...) -> None:
        """Makes somebody new with so many credits the person of the moment."""

    def as_stranger(self) -> AbstractContextManager[None]:
        """Somebody else is the person of the moment meanwhile."""

    def video_named_by(self, link: str) -> str:
        """YouTube's id of the video that a link names."""

    def foreseen(self, run_id: RunId) -> Mapping[str, Credits]:
        """The most that each line of a run could cost, by the estimate that it was started by."""

    def estimate(self, video: MadeVideo, *names: str) -> Foreseen: ...

    def tick_off(self, estimate: Foreseen, *names: str) -> Foreseen:
        """An estimate of the same video, for which nobody is asked anything."""

    def still_holds(self, estimate: Foreseen) -> bool: ...

    def charged_by(self, estimates: Sequence[Foreseen], name: str) -> Sequence[Credits]:
        """What a component costs by each of earlier estimates, everything going as usual."""

    def submit(
        self,
        video: MadeVideo,
        *names: str,
        title: str | None = ...,
        required: str = ...,
        key: str = ...,
        estimate: Foreseen | None = ...,
    ) -> SeenRun:
        """Gives a video and starts a run of these components; without a key like no other."""

    def submit_at_once(self, video: MadeVideo, *names: str) -> Sequence[SeenRun | Exception]:
        """Two devices of the person start the same at the same time."""

    def submit_link(self, link: YoutubeLink, *names: str, title: str | None) -> SeenRun: ...

    def cancel(self, run_id: RunId) -> None: ...

    def retry(self, run_id: RunId, *, key: str) -> SeenRun: ...

    def run(self, run_id: RunId) -> SeenRun: ...

    def all_runs(self) -> Sequence[SeenRun]:
        """The person's runs, the newest first."""

    @property
    def balance(self) -> Balance: ...

    def bill(self, run_id: RunId) -> Bill | None: ...

    def entries(self) -> Sequence[SeenEntry]: ...

    def told(self, run_id: RunId) -> Sequence[tuple[str | None, str]]:
        """What who follows the run is told: a component and how it ended, or None and a status."""

    def can_read(self, run_id: RunId, component: str) -> bool:
        """Whether a component's result can be read."""

    def manifest(self, run_id: RunId) -> Mapping[str, Any]: ...


class Operation(Protocol):
    """What happens behind the door: time, workers, prices, and what they leave."""

    stop_after: str | None
    """The component after which the worker dies, once."""
    cancel_after: str | None
    """The component after which the person cancels the run."""

    @property
    def meanwhile(self) -> dict[str, Callable[[], None]]:
        """What others do right after a component has ended, once."""

    def now(self) -> datetime: ...

    def pass_time(self, time: timedelta) -> None: ...

    def carry_out(self, run_id: RunId) -> None:
        """A worker takes the run up or resumes it; who dies of it is not survived."""

    def work(self) -> Sequence[BaseException]:
        """A worker works until nothing waits for it; the bugs that came out on the way."""

    def work_once(self) -> int:
        """A worker takes what is ready; how many runs it took. Who dies of it is not survived."""

    def work_while_asked_to_end(self, asked: Cancellation) -> None:
        """A worker is asked to end, and takes nothing up any more."""

    def in_order_of_results(self) -> Sequence[RunId]: ...

    def spend_elsewhere(self, run_id: RunId, *names: str) -> None:
        """What is held for an interrupted run expires and goes into another like it."""

    def change_prices(self, factor: int, *names: str) -> None: ...

    def lose_video(self, run_id: RunId) -> None:
        """The uploaded file of a run is lost."""

    def expire_credits(self) -> int: ...

    def measured(self, name: str) -> int:
        """How often a component was measured."""

    @property
    def decoded(self) -> int:
        """How often a video was taken apart."""

    def left_on_disk(self) -> Sequence[str]:
        """What of a video is on the worker's disk."""

    def kept_of_refused(self) -> Sequence[str]:
        """What is kept of a video whose run was refused, once nobody takes it up."""


class Aftermath(Protocol):
    """What accidents do to an installation, and what it keeps."""

    @property
    def remote(self) -> MemoryRemoteVideos:
        """What YouTube publishes."""

    def resume(self, run_id: RunId) -> None:
        """Whoever runs the installation has a run resumed; a refusal is raised."""

    def owner_looks(self) -> None:
        """The owner of a run at work looks whether it is still wanted."""

    def only_wishes_to_cancel(self, run_id: RunId) -> None:
        """A cancel was asked for, and whoever was asked died with no more than that written."""

    def another_worker_takes(self, run_id: RunId, *, from_the_dead: bool = ...) -> None: ...

    def waiting(self) -> int:
        """How many runs wait for a worker."""

    def remove_video(self, run_id: RunId) -> None:
        """The uploaded file of a run that has ended is deleted, in order."""

    def damage_result(self, run_id: RunId, component: str) -> None: ...

    def leave_on_disk(self, run_id: RunId) -> None:
        """A worker has left something of a run on its disk."""

    def takes_no_report(self) -> None:
        """The place of the reports is away once when one is to be written."""

    def has_report(self, run_id: RunId, *, title: str = ...) -> bool: ...

    def has_workspace(self, run_id: RunId) -> bool: ...

    def keeps_frames(self, run_id: RunId) -> bool: ...

    def sweep(self) -> None: ...


class Videos(Protocol):
    """The videos that a person adds, and what is kept of them."""

    def add_link(self, link: str, *, title: str | None = ...) -> SeenVideo:
        """Nobody looks at it until `look`."""

    def look(self, video: SeenVideo) -> None:
        """Whoever asks YouTube for facts does so."""

    def look_at_forgotten(self) -> None:
        """Maintenance asks for what nobody seems to have asked for."""

    def upload(
        self, file: MadeVideo | bytes, *, title: str | None = ..., declared: bytes | None = ...
    ) -> SeenVideo: ...

    def begin_upload(self, size_bytes: int) -> None: ...

    def rename(self, video: SeenVideo, file: MadeVideo, title: str) -> None: ...

    def video(self, video: SeenVideo) -> SeenVideo:
        """As it is now."""

    def unknown_video(self) -> SeenVideo:
        """One that never was."""

    def reason_of(self, video: SeenVideo) -> str:
        """Why YouTube does not give it."""

    def estimate_kept(self, video: SeenVideo, *names: str, is_anew: bool = ...) -> Foreseen:
        """Also tells which run would be given at once."""

    def start_kept(
        self,
        video: SeenVideo,
        *names: str,
        key: str = ...,
        estimate: Foreseen | None = ...,
        is_anew: bool = ...,
    ) -> SeenRun: ...

    def reuse_results_for(self, days: int) -> None:
        """The person likes results that are so old, and no older; 0: none."""

    def price_reused(self, name: str, amount: str) -> None:
        """Whoever runs the installation asks so much for a result that is there."""

    def change_decoder(self) -> None:
        """Another build of the decoder serves from now on."""

    def file_of(self, video: MadeVideo) -> bytes: ...

    def result_of(self, run_id: RunId, name: str) -> tuple[float, Mapping[str, Any]]:
        """The value that a made component measured, and what is written with it."""

    def timings_of(self, run_id: RunId) -> int:
        """How many measured times of a run say how long anything takes."""

    def staged(self) -> int:
        """How many uploaded files are kept."""

    def sweep_uploads_after_a_day(self) -> None: ...


class Driver(Person, Operation, Aftermath, Videos, Together, Protocol):
    """One installation."""


class Asked:
    """A worker that was asked to end, its time of grace over, after so many looks."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    @property
    def requested(self) -> bool:
        self.looks -= 1
        if self.looks < 0:
            raise HandedBack
        return False
