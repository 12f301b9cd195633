"""The use cases that add videos, estimate and start, over memory adapters."""

from adapters.memory.video_files import MemoryVideoProbe
from application.originals import Originals
from application.retrying import Retrying
from application.use_cases.accept_video import AcceptVideo
from application.use_cases.add_video import AddVideo
from application.use_cases.complete_upload import CompleteUpload
from application.use_cases.create_upload import CreateUpload
from application.use_cases.estimate_run import EstimateRun
from application.use_cases.estimate_video import EstimateVideo
from application.use_cases.receive_part import ReceivePart
from application.use_cases.resolve_video import ResolveVideo
from application.use_cases.start_run import StartRun
from application.use_cases.start_video_run import StartVideoRun
from application.use_cases.sweep_uploads import SweepUploads
from domain.rate_limit import HourlyLimits
from domain.retention import RetentionPolicy
from tests.features.app_ground import AppGround


class AppVideos(AppGround):
    """Videos added, estimated and started."""

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
    def originals(self) -> Originals:
        return Originals(self.unit_of_work, self.uploads, Retrying(self.pauses))

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
    def estimate_run(self) -> EstimateRun:
        return EstimateRun(
            accept=self.accept,
            remote=self.remote,
            catalogue=self.shipped.catalogue,
            unit_of_work=self.unit_of_work,
            clock=self.clock,
            reusing=self.reusing,
        )

    @property
    def estimate_video(self) -> EstimateVideo:
        return EstimateVideo(
            catalogue=self.shipped.catalogue,
            unit_of_work=self.unit_of_work,
            clock=self.clock,
            reusing=self.reusing,
        )
