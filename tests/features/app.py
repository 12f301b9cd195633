"""The product as the scenarios use it: its use cases over memory adapters."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from adapters.components.catalogue import ShippedComponents
from adapters.folder.uploads import FolderUploads
from adapters.folder.workspaces import FolderWorkspaces
from adapters.memory.analyst import InProcessAnalyst
from adapters.memory.artifacts import MemoryArtifacts
from adapters.memory.clock import FixedClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.inference import MemoryInference
from adapters.memory.memory_meter import FixedMemoryMeter
from adapters.memory.pauses import NoPauses
from adapters.memory.remote_videos import MemoryRemoteVideos
from adapters.memory.reports import MemoryReports
from adapters.memory.shelf import MemoryShelf
from adapters.memory.stored_frames import MemoryStoredFrames
from adapters.memory.ticker import ManualTicker
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.memory.video_files import (
    MadeVideo,
    MemoryVideoDecoder,
    MemoryVideoProbe,
    MemoryVideoRepair,
)
from adapters.memory.workers import NamedWorkers
from adapters.preparation.segments import FolderSegments
from application.local_analyst import LocalAnalyst
from application.originals import Originals
from application.ownership import Ownership
from application.pictures import Pictures
from application.ports.components import Component
from application.ports.unit_of_work import UnitOfWork
from application.progress import Progress
from application.retrying import Retrying
from application.reusing import Reusing
from application.taking_over import TakeOver
from application.use_cases.accept_video import AcceptVideo
from application.use_cases.acquire_video import AcquireVideo
from application.use_cases.add_video import AddVideo
from application.use_cases.cancel_run import CancelRun
from application.use_cases.complete_upload import CompleteUpload
from application.use_cases.create_upload import CreateUpload
from application.use_cases.end_run import EndRun
from application.use_cases.estimate_run import EstimateRun
from application.use_cases.estimate_video import EstimateVideo
from application.use_cases.execute_run import ExecuteRun
from application.use_cases.measure_component import MeasureComponent
from application.use_cases.plan_batches import PlanBatches
from application.use_cases.receive_part import ReceivePart
from application.use_cases.reclaim_runs import ReclaimRuns
from application.use_cases.resolve_video import ResolveVideo
from application.use_cases.retry_run import RetryRun
from application.use_cases.seed_requirements import SeedRequirements
from application.use_cases.segment_video import SegmentVideo
from application.use_cases.start_run import Request, StartRun
from application.use_cases.start_video_run import StartVideoRun
from application.use_cases.sweep import Sweep
from application.use_cases.sweep_uploads import SweepUploads
from application.use_cases.welcome_local_user import WelcomeLocalUser
from application.use_cases.work_in_company import WorkInCompany
from application.use_cases.work_on_next import WorkOnNext
from application.use_cases.work_on_run import WorkOnRun
from application.use_cases.write_report import WriteReport
from domain.batch import Machine
from domain.calibration import CostSource, KnownCost
from domain.canonical import JsonValue
from domain.effort import PREPARATION, CostModel
from domain.errors import RunNotFound
from domain.estimate import Estimate, EstimateId
from domain.identity import RunId
from domain.ledger import LOCAL_USER
from domain.price_list import ComponentPrice
from domain.profile import ComponentChoice, Profile
from domain.rate_limit import HourlyLimits
from domain.retention import RetentionPolicy
from domain.reuse_key import Equipment
from domain.run import Run
from domain.signed_link import LinkSigner
from domain.video import Metadata
from tests.features.made_components import MADE


@dataclass(frozen=True, slots=True)
class MadeCosts:
    """Every made component takes a second, and a hundredth a unit; at worst half as much again."""

    components: tuple[Component, ...] = MADE

    def models(self) -> dict[str, CostModel]:
        names = [PREPARATION, *(component.spec.name for component in self.components)]
        return {name: CostModel(1.0, 0.01, p90_factor=1.5) for name in names}


MACHINE = Machine(memory_mib=6000, cores=2)
PRICE = ComponentPrice(base=Decimal("0.10"), cpu_rate=Decimal("0.20"))


@dataclass(slots=True)
class Token:
    """The user's word to stop."""

    requested: bool = False


@dataclass
class App:
    """One installation in memory; the worker's disk is a temporary folder."""

    folder: Path
    clock: FixedClock = field(default_factory=FixedClock)
    token: Token = field(default_factory=Token)
    stop_after: str | None = None
    components: tuple[Component, ...] = MADE
    inference: MemoryInference = field(default_factory=MemoryInference)
    machine: Machine = MACHINE
    equipment: Equipment = field(default_factory=lambda: Equipment(decoder_build="made"))

    def __post_init__(self) -> None:
        self.shipped = ShippedComponents(self.components)
        self.database = MemoryDatabase()
        self.store = MemoryArtifacts()
        self.reports = MemoryReports()
        self.workspaces = FolderWorkspaces(self.folder)
        signer = LinkSigner(("s" * 32,))
        self.uploads = FolderUploads(self.folder / "uploads" / "staged", lambda: signer)
        self.segments = FolderSegments(self.workspaces.folder)
        self.frames = MemoryStoredFrames()
        self.pictures = Pictures(MemoryShelf(self.clock))
        self.workers = NamedWorkers()
        self.remote = MemoryRemoteVideos()
        self.pauses = NoPauses()
        self.ticker = ManualTicker()
        segment = SegmentVideo(
            MemoryVideoProbe(),
            MemoryVideoDecoder(),
            MemoryVideoRepair(),
            self.segments,
            self.shipped,
        )
        measure = MeasureComponent(self.segments, self.shipped, FixedMemoryMeter(), self.inference)
        self.analyst = InProcessAnalyst(LocalAnalyst(segment, measure, self.segments))
        WelcomeLocalUser(
            unit_of_work=self.unit_of_work, clock=self.clock, retrying=Retrying(self.pauses)
        )()
        self.user = LOCAL_USER
        costs = MadeCosts(self.components).models()
        with self.unit_of_work() as work:
            known = {name: KnownCost(cost, CostSource.SHIPPED) for name, cost in costs.items()}
            work.costs.add(known, valid_from=self.clock.now())
            work.prices.add(dict.fromkeys(costs, PRICE), valid_from=self.clock.now())
            work.commit()
        SeedRequirements(
            unit_of_work=self.unit_of_work, catalogue=self.shipped.catalogue, clock=self.clock
        )()

    def unit_of_work(self) -> UnitOfWork:
        return MemoryUnitOfWork(self.database)

    @property
    def reusing(self) -> Reusing:
        return Reusing(self.shipped.catalogue, lambda: self.equipment)

    @property
    def start_run(self) -> StartRun:
        return StartRun(
            unit_of_work=self.unit_of_work,
            clock=self.clock,
            catalogue=self.shipped.catalogue,
            limits=HourlyLimits(),
            retrying=Retrying(self.pauses),
            reusing=self.reusing,
        )

    @property
    def add_video(self) -> AddVideo:
        return AddVideo(
            unit_of_work=self.unit_of_work, clock=self.clock, retrying=Retrying(self.pauses)
        )

    @property
    def resolve_video(self) -> ResolveVideo:
        return ResolveVideo(
            unit_of_work=self.unit_of_work,
            clock=self.clock,
            remote=self.remote,
            retrying=Retrying(self.pauses),
        )

    @property
    def estimate_video(self) -> EstimateVideo:
        return EstimateVideo(
            catalogue=self.shipped.catalogue,
            unit_of_work=self.unit_of_work,
            clock=self.clock,
            reusing=self.reusing,
        )

    @property
    def originals(self) -> Originals:
        return Originals(self.unit_of_work, self.uploads, Retrying(self.pauses))

    @property
    def create_upload(self) -> CreateUpload:
        return CreateUpload(
            unit_of_work=self.unit_of_work,
            uploads=self.uploads,
            clock=self.clock,
            retrying=Retrying(self.pauses),
        )

    @property
    def receive_part(self) -> ReceivePart:
        return ReceivePart(unit_of_work=self.unit_of_work, writer=self.uploads, clock=self.clock)

    @property
    def complete_upload(self) -> CompleteUpload:
        return CompleteUpload(
            unit_of_work=self.unit_of_work,
            uploads=self.uploads,
            probe=MemoryVideoProbe(),
            clock=self.clock,
            retrying=Retrying(self.pauses),
        )

    @property
    def sweep_uploads(self) -> SweepUploads:
        return SweepUploads(
            unit_of_work=self.unit_of_work,
            uploads=self.uploads,
            clock=self.clock,
            policy=RetentionPolicy(),
        )

    @property
    def start_video_run(self) -> StartVideoRun:
        return StartVideoRun(
            start=self.start_run,
            unit_of_work=self.unit_of_work,
            clock=self.clock,
            catalogue=self.shipped.catalogue,
        )

    @property
    def accept(self) -> AcceptVideo:
        return AcceptVideo(
            start=self.start_run,
            clock=self.clock,
            workspaces=self.workspaces,
            probe=MemoryVideoProbe(),
            remote=self.remote,
            catalogue=self.shipped.catalogue,
        )

    @property
    def ownership(self) -> Ownership:
        return Ownership(
            unit_of_work=self.unit_of_work,
            store=self.store,
            catalogue=self.shipped.catalogue,
            clock=self.clock,
            workers=self.workers,
            ticker=self.ticker,
            retrying=Retrying(self.pauses),
            equipment=lambda: self.equipment,
        )

    @property
    def end(self) -> EndRun:
        return EndRun(ownership=self.ownership, clock=self.clock)

    @property
    def cancel(self) -> CancelRun:
        return CancelRun(
            unit_of_work=self.unit_of_work,
            clock=self.clock,
            end=self.end,
            retrying=Retrying(self.pauses),
        )

    @property
    def retry(self) -> RetryRun:
        return RetryRun(
            unit_of_work=self.unit_of_work,
            accept=self.accept,
            start_video_run=self.start_video_run,
            workspaces=self.workspaces,
        )

    @property
    def work_on_next(self) -> WorkOnNext:
        work = WorkOnRun(
            unit_of_work=self.unit_of_work,
            execute=self.execute,
            end=self.end,
            clock=self.clock,
            retrying=Retrying(self.pauses),
            on_progress=self._watch,
        )
        work_on = WorkInCompany(
            plan=PlanBatches(
                unit_of_work=self.unit_of_work,
                clock=self.clock,
                catalogue=self.shipped.catalogue,
                machine=self.machine,
                is_published=False,
            ),
            analyst=self.analyst,
            clock=self.clock,
            catalogue=self.shipped.catalogue,
            work=work,
        )
        return WorkOnNext(unit_of_work=self.unit_of_work, clock=self.clock, work_on=work_on)

    @property
    def reclaim(self) -> ReclaimRuns:
        return ReclaimRuns(
            unit_of_work=self.unit_of_work,
            clock=self.clock,
            workers=self.workers,
            retrying=Retrying(self.pauses),
        )

    @property
    def write_report(self) -> WriteReport:
        return WriteReport(
            self.reports, self.shipped, self.segments, self.analyst, pictures=self.pictures
        )

    @property
    def execute(self) -> ExecuteRun:
        return ExecuteRun(
            ownership=self.ownership,
            clock=self.clock,
            workspaces=self.workspaces,
            acquire=AcquireVideo(
                self.workspaces, self.remote, self.originals, self.shipped.catalogue
            ),
            segments=self.segments,
            analyst=self.analyst,
            frames=self.frames,
            write_report=self.write_report,
            catalogue=self.shipped.catalogue,
            costs=MadeCosts(self.components),
            retrying=Retrying(self.pauses),
            take_over=TakeOver(
                unit_of_work=self.unit_of_work,
                store=self.store,
                catalogue=self.shipped.catalogue,
                clock=self.clock,
                reusing=self.reusing,
                retrying=Retrying(self.pauses),
            ),
        )

    @property
    def sweep(self) -> Sweep:
        return Sweep(
            unit_of_work=self.unit_of_work,
            clock=self.clock,
            workspaces=self.workspaces,
            frames=self.frames,
            policy=RetentionPolicy(),
            execute=self.execute,
        )

    def video(self, made: MadeVideo) -> Path:
        return made.write(self.folder / "given.mp4")

    def submit(
        self,
        file: Path,
        *names: str,
        title: str | None = "A title",
        required: str = "",
        request: Request | None = None,
    ) -> Run:
        """A queued run for components by name."""
        return self.accept.upload(
            file,
            metadata=Metadata(title=title),
            profile=a_choice(*names, required=required),
            request=request or self.request(),
        )

    def request(self, *, key: str = "", estimate_id: EstimateId | None = None) -> Request:
        """What the present user asks; without a key it is like no other request."""
        return Request(user_id=self.user, key=key or str(uuid4()), estimate_id=estimate_id)

    def carry_out(self, run_id: RunId) -> Run:
        return self.execute(run_id, language="en", on_progress=self._watch, cancellation=self.token)

    def estimate(self, made: MadeVideo, *names: str) -> Estimate:
        return self.estimate_run.upload(
            self.video(made),
            metadata=Metadata(title="A title"),
            profile=a_choice(*names),
            user_id=self.user,
        )

    @property
    def estimate_run(self) -> EstimateRun:
        return EstimateRun(
            accept=self.accept,
            remote=self.remote,
            catalogue=self.shipped.catalogue,
            unit_of_work=self.unit_of_work,
            clock=self.clock,
            reusing=self.reusing,
        )

    def manifest(self, run: Run) -> dict[str, JsonValue]:
        found = self.store.read_manifest(run.identity)
        assert found is not None
        return found

    def run(self, run_id: RunId) -> Run:
        with self.unit_of_work() as work:
            return work.runs.get(run_id)

    def knows(self, run_id: RunId) -> bool:
        try:
            self.run(run_id)
        except RunNotFound:
            return False
        return True

    def all_runs(self) -> list[Run]:
        with self.unit_of_work() as work:
            return list(work.runs.newest(limit=100))

    def pass_time(self, time: timedelta) -> None:
        self.clock.moment += time

    def _watch(self, progress: Progress) -> None:
        """Lets a scenario stop the worker, or the run, right after a component."""
        if progress.ended is not None and progress.component == self.stop_after:
            self.stop_after = None
            raise WorkerDied
        if progress.ended is not None and progress.component == self.cancel_after:
            self.token.requested = True
        if progress.ended is not None and progress.component in self.meanwhile:
            self.meanwhile.pop(progress.component)()

    cancel_after: str | None = None
    meanwhile: dict[str, Callable[[], None]] = field(default_factory=dict)
    """What others do right after a component has ended."""


class WorkerDied(BaseException):
    """The worker's process is gone in the middle of a run."""


def a_choice(*names: str, required: str = "") -> Profile:
    choices = tuple(ComponentChoice(name, optional=name != required) for name in names)
    return replace(Profile("made", "1", choices))
