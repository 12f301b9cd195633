"""What a person sees of runs and prices, whichever side of the product shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.component import ComponentStatus
from domain.credits import Credits
from domain.estimate import Estimate
from domain.identity import RunId
from domain.kept_video import VideoState
from domain.provenance import Provenance
from domain.run import Failure, Run, RunStatus


@dataclass(frozen=True, slots=True)
class SeenFailure:
    """Why something failed."""

    code: str
    message: str
    root: str | None


@dataclass(frozen=True, slots=True)
class SeenReuse:
    """Whether a result was taken over, from which run of the person's own, and how old it is."""

    is_reused: bool
    run_id: RunId | None
    measured_at: datetime | None


@dataclass(frozen=True, slots=True)
class SeenComponent:
    """How a component ended."""

    status: ComponentStatus
    empty_reason: str | None
    failure: SeenFailure | None
    finished_at: datetime | None
    reuse: SeenReuse
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRun:
    """A run; `components` are those that have ended."""

    id: RunId
    status: RunStatus
    platform: str
    video_id: str
    config_hash: str
    title: str | None
    created_at: datetime
    failure: SeenFailure | None
    warnings: tuple[str, ...]
    components: Mapping[str, SeenComponent]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenVideo:
    """A video that a person has added; `id` is the side's own."""

    id: str
    state: VideoState
    title: str | None
    duration_s: float | None
    refusal: str | None


@dataclass(frozen=True, slots=True)
class ForeseenLine:
    """One line of an estimate."""

    name: str
    units: float
    seconds_p50: float
    usually: Credits
    most: Credits
    is_reused: bool
    measured_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """An estimate; `id` is the side's own."""

    id: str
    total: Credits
    usually: Credits
    seconds_p50: float
    price_list_version: int
    expires_at: datetime
    lines: tuple[ForeseenLine, ...]
    fresh: RunId | None = None
    """The run that would be given at once."""

    def __getitem__(self, name: str) -> ForeseenLine:
        return next(line for line in self.lines if line.name == name)


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """A posting of the ledger; `kopecks` are below zero where it takes."""

    operation: str
    account: str
    kopecks: int
    component: str | None


def seen_run(run: Run) -> SeenRun:
    """A run as its own person sees it."""
    ended = {
        name: SeenComponent(
            one.status,
            None if one.empty_reason is None else str(one.empty_reason),
            _seen_failure(one.failure),
            one.finished_at,
            _seen_reuse(one.provenance),
            one.notes,
        )
        for name, one in run.components.items()
    }
    return SeenRun(
        id=run.id,
        status=run.status,
        platform=str(run.identity.platform_id),
        video_id=run.identity.video_id,
        config_hash=run.identity.config_hash,
        title=run.metadata.title,
        created_at=run.created_at,
        failure=_seen_failure(run.failure),
        warnings=run.warnings,
        components=ended,
    )


def foreseen(estimate: Estimate, *, fresh: RunId | None = None) -> Foreseen:
    """An estimate as its own person sees it."""
    lines = tuple(
        ForeseenLine(
            line.name,
            line.units,
            line.seconds_p50,
            line.usually,
            line.most,
            line.reused is not None,
            None if line.reused is None else line.reused.measured_at,
        )
        for line in estimate.lines
    )
    assert estimate.hold == estimate.total
    return Foreseen(
        id=str(estimate.id),
        total=estimate.total,
        usually=estimate.usually,
        seconds_p50=estimate.seconds_p50,
        price_list_version=estimate.price_list_version,
        expires_at=estimate.expires_at,
        lines=lines,
        fresh=fresh,
    )


def _seen_reuse(known: Provenance | None) -> SeenReuse:
    if known is None:
        return SeenReuse(is_reused=False, run_id=None, measured_at=None)
    return SeenReuse(known.is_reused, known.reused_from, known.measured_at)


def _seen_failure(failure: Failure | None) -> SeenFailure | None:
    return None if failure is None else SeenFailure(failure.code, failure.message, failure.root)
