"""Runs in this process, with the processor seconds of each step: true on a busy machine too."""

import resource
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from dependency_injector import providers

from application.local_analyst import LocalAnalyst
from application.ports.analyst import Measured, StepFailed
from application.ports.cancellation import Cancellation
from application.ports.orders import MeasureOrder, SegmentOrder
from application.ports.segments import Segmentation
from application.told_comments import leave_comments
from application.use_cases.start_run import Request
from domain.bill import Bill
from domain.effort import PREPARATION
from domain.errors import DomainError
from domain.identity import RunId
from domain.ledger import LOCAL_USER
from domain.profile import Profile
from domain.run import Failure, Run
from domain.video import Metadata
from domain.video_size import VideoSize
from entrypoints.container import Container
from entrypoints.settings import Settings


@dataclass
class TimedAnalyst:
    """Carries orders out here, and notes what each took of the processors, ffmpeg included."""

    local: LocalAnalyst
    seconds: dict[str, float] = field(default_factory=dict)

    def segment(
        self,
        order: SegmentOrder,
        *,
        on_progress: Callable[[float], None],
        cancellation: Cancellation,
    ) -> Segmentation:
        del cancellation
        began = processor_s()
        try:
            return self.local.segment(order, on_progress=on_progress)
        except DomainError as refusal:
            raise StepFailed(Failure.of(refusal, where="segment")) from refusal
        finally:
            self.seconds[PREPARATION] = processor_s() - began

    def measure(self, order: MeasureOrder, *, cancellation: Cancellation) -> Measured:
        del cancellation
        began = processor_s()
        measured = self.local.measure(order)
        self.seconds[order.component] = processor_s() - began
        return measured

    def measure_together(
        self, orders: Sequence[MeasureOrder], *, at_once: int, cancellation: Cancellation
    ) -> Sequence[Measured]:
        del at_once
        return [self.measure(order, cancellation=cancellation) for order in orders]

    def jpegs(self, run_id: RunId, indices: tuple[int, ...]) -> tuple[bytes, ...]:
        return self.local.jpegs(run_id, indices)


@dataclass(frozen=True, slots=True)
class TimedRun:
    """A run, the size it was estimated by, processor seconds by line, and what it cost."""

    run: Run
    size: VideoSize
    seconds: dict[str, float]
    bill: Bill


class NeverCancelled:
    requested = False


def timed_run(clip: Path, *, metadata: Metadata, profile: Profile, data_dir: Path) -> TimedRun:
    """Carries out a whole run on a clip as the program does, but in this process."""
    container = installation(data_dir)
    analyst = TimedAnalyst(container.local_analyst())
    container.analyst.override(providers.Object(analyst))
    accept: Any = container.accept_video()
    size = accept.size_of(clip, metadata)
    ended = carried_out(container, clip, metadata=metadata, profile=profile)
    bill = container.read_ledger().bill(LOCAL_USER, ended.id)
    container.engine().dispose()
    assert bill is not None
    return TimedRun(ended, size, analyst.seconds, bill)


def installation(data_dir: Path) -> Container:
    """A new embedded installation, with its user."""
    data_dir.mkdir(parents=True, exist_ok=True)
    container = Container(settings=Settings(data_dir, f"sqlite:///{data_dir / 'trendflow.db'}"))
    container.migrate()
    container.seed_prices()()
    container.welcome_local_user()()
    return container


def carried_out(container: Container, clip: Path, *, metadata: Metadata, profile: Profile) -> Run:
    """A whole run, everything measured anew."""
    accept: Any = container.accept_video()
    request = Request(user_id=LOCAL_USER, key=str(uuid4()), is_anew=True)
    run = accept.upload(clip, metadata=metadata, profile=profile, request=request)
    # As the acquire stage leaves them for a link.
    leave_comments(container.workspaces().folder(run.id), metadata.comments or ())
    ended: Run = container.execute_run()(
        run.id, language="en", on_progress=lambda _: None, cancellation=NeverCancelled()
    )
    return ended


def processor_s() -> float:
    """Processor seconds of this process and of all that it has waited for."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
