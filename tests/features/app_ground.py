"""What the use cases stand on in the scenarios: memory adapters, made costs and prices."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

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
from adapters.memory.video_files import MemoryVideoDecoder, MemoryVideoProbe, MemoryVideoRepair
from adapters.memory.workers import NamedWorkers
from adapters.preparation.segments import FolderSegments
from application.local_analyst import LocalAnalyst
from application.pictures import Pictures
from application.ports.components import Component
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from application.reusing import Reusing
from application.use_cases.measure_component import MeasureComponent
from application.use_cases.seed_requirements import SeedRequirements
from application.use_cases.segment_video import SegmentVideo
from application.use_cases.welcome_local_user import WelcomeLocalUser
from domain.batch import Machine
from domain.calibration import CostSource, KnownCost
from domain.effort import PREPARATION, CostModel
from domain.ledger import LOCAL_USER
from domain.price_list import ComponentPrice
from domain.reuse_key import Equipment
from domain.signed_link import LinkSigner
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
class AppGround:
    """What every act stands on; the worker's disk is a temporary folder."""

    folder: Path
    clock: FixedClock = field(default_factory=FixedClock)
    token: Token = field(default_factory=Token)
    stop_after: str | None = None
    components: tuple[Component, ...] = MADE
    inference: MemoryInference = field(default_factory=MemoryInference)
    machine: Machine = MACHINE
    equipment: Equipment = field(default_factory=lambda: Equipment(decoder_build="made"))
    cancel_after: str | None = None
    meanwhile: dict[str, Callable[[], None]] = field(default_factory=dict)
    """What others do right after a component has ended."""

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
