"""Valid things of the domain, with every detail that a test does not care about filled in."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import numpy as np
from numpy.typing import NDArray

from domain.artifact import Artifact, artifact_path
from domain.calibration import Timing
from domain.component import ComponentSpec, ComponentStatus, EmptyReason, Modality
from domain.credits import Credits
from domain.effort import CostModel
from domain.estimate import ESTIMATE_LIFETIME, Estimate, EstimateId, EstimateLine
from domain.identity import DATAPROCESSOR_VERSION, RunId, RunIdentity
from domain.price_list import ComponentPrice
from domain.profile import ComponentChoice, Profile
from domain.run import ComponentRun, Failure, Run
from domain.sampling import SAMPLING_POLICY_VERSION
from domain.schema import ArraySchema, ArtifactSchema, Drawing, DType, Label
from domain.video import Metadata, Platform, UploadedFile, VideoSource, YoutubeLink, platform_of
from domain.video_size import VideoSize

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
LINK = YoutubeLink("dQw4w9WgXcQ")
FILE = UploadedFile(sha256="ab" * 32, size_bytes=1_234_567)


def an_identity(
    *,
    run_id: UUID | None = None,
    platform: Platform = Platform.YOUTUBE,
    video_id: str = LINK.video_id,
    config_hash: str = "c0" * 32,
) -> RunIdentity:
    return RunIdentity(
        platform_id=platform,
        video_id=video_id,
        run_id=RunId(run_id or uuid4()),
        config_hash=config_hash,
        sampling_policy_version=SAMPLING_POLICY_VERSION,
        dataprocessor_version=DATAPROCESSOR_VERSION,
    )


def a_profile(*names: str, required: tuple[str, ...] = ()) -> Profile:
    """A profile of the components named; those in `required` are not optional."""
    chosen = names or ("loudness", "shots")
    choices = [ComponentChoice(name, optional=name not in required) for name in chosen]
    return Profile("fast", "1", tuple(choices))


def a_spec(name: str = "loudness", **details: Any) -> ComponentSpec:
    filled = {"modality": Modality.AUDIO, "producer_version": "1", "schema_version": "1"}
    return ComponentSpec(name=name, **{**filled, **details})


def a_failure(*, code: str = "measurement_failed", root: str | None = None) -> Failure:
    fields: dict[str, str | float] = {"limit_s": 5.0, "detail": "too_large"}
    where = "loudness.measure"
    return Failure(code, "it did not work", where=where, root=root, fields=fields)


def a_component_run(
    name: str = "loudness", *, status: ComponentStatus = ComponentStatus.OK
) -> ComponentRun:
    """How a component ended, with the reason or the failure that goes with its status."""
    failed = status in {ComponentStatus.ERROR, ComponentStatus.BLOCKED}
    empty = status is ComponentStatus.EMPTY
    return ComponentRun(
        name=name,
        status=status,
        started_at=NOON,
        finished_at=NOON,
        duration_ms=12,
        peak_memory_mib=34,
        units=5.5,
        empty_reason=EmptyReason.AUDIO_MISSING if empty else None,
        failure=a_failure() if failed else None,
        notes=("two", "notes"),
    )


def a_run(
    *,
    run_id: UUID | None = None,
    profile: Profile | None = None,
    source: VideoSource = LINK,
    metadata: Metadata | None = None,
    created_at: datetime = NOON,
) -> Run:
    """A queued run."""
    identity = an_identity(run_id=run_id, platform=platform_of(source), video_id=source.video_id)
    return Run(
        identity=identity,
        profile=profile or a_profile(),
        source=source,
        metadata=metadata or Metadata(title="How I film at night", tags=("night", "film")),
        created_at=created_at,
    )


def a_running_run(**details: Any) -> Run:
    """A run that was just taken up."""
    run = a_run(**details)
    run.start(now=NOON)
    return run


def an_artifact(
    identity: RunIdentity, component: str = "loudness", *, written: tuple[int, str] = (3, "d" * 64)
) -> Artifact:
    """The artifact of one component; `written` is what the store said of its content."""
    return Artifact(component, artifact_path(identity, component), *written, "1", "1")


def an_array_schema(name: str = "values", **details: Any) -> ArraySchema:
    """A float64 line along the axis `frame`, where nothing else is said."""
    filled = {
        "dtype": DType.FLOAT64,
        "axes": ("frame",),
        "label": Label("Values", "Значения"),
        "meaning": Label("What was measured.", "Что измерено."),
        "drawing": Drawing.LINE,
    }
    return ArraySchema(name=name, **{**filled, **details})


def an_artifact_schema(*arrays: ArraySchema, component: str = "loudness") -> ArtifactSchema:
    return ArtifactSchema(
        component=component,
        version="1",
        label=Label("Loudness", "Громкость"),
        meaning=Label("How loud it is.", "Насколько громко."),
        arrays=arrays or (an_array_schema(),),
    )


def some_arrays(seed: int = 1) -> Mapping[str, NDArray[Any]]:
    """Arrays of every type that an artifact may hold."""
    noise = np.random.default_rng(seed)
    return {
        "times_s": np.arange(720) / 12.0,
        "embedding": noise.standard_normal((720, 8)).astype(np.float32),
        "counts": noise.integers(0, 9, 720),
        "mask": noise.random(720) > 0.5,
        "grey": noise.integers(0, 256, (4, 4), dtype=np.uint8),
        "key": np.array("C♯ минор"),
    }


def a_price(**figures: Any) -> ComponentPrice:
    """A price of 10 kopecks and one a processor second; figures are written as text."""
    filled = {"base": "0.10", "cpu_rate": "0.01", **figures}
    given: dict[str, Any] = {
        name: Decimal(value) if isinstance(value, str) else value for name, value in filled.items()
    }
    return ComponentPrice(**given)


def an_estimate(*, expires_at: datetime = NOON + ESTIMATE_LIFETIME, **details: Any) -> Estimate:
    """The estimate of one minute of HD under a profile of loudness alone."""
    line = EstimateLine(
        name="loudness",
        units=60.1,
        cost=CostModel(0.1, 0.2, p90_factor=1.3, gpu_a_s=0.3, gpu_b_s_per_unit=0.7),
        price=a_price(
            empty_price="0.02",
            markup_percent="12.5",
            resolution_factors=((720, Decimal(1)), (2160, Decimal("2.50"))),
            duration_factors=((20, Decimal("1.1")),),
        ),
        most=Credits(90),
        usually=Credits(45),
    )
    filled: dict[str, Any] = {
        "id": EstimateId(uuid4()),
        "config_hash": "c0" * 32,
        "price_list_version": 3,
        "size": VideoSize(60.1, 1280, 720, 29.97, 17),
        "created_at": expires_at - ESTIMATE_LIFETIME,
        "lines": (line,),
        **details,
    }
    return Estimate(expires_at=expires_at, **filled)


def a_timing(run_id: RunId, component: str = "loudness", **details: Any) -> Timing:
    filled: dict[str, Any] = {
        "units": 60.1,
        "seconds": 0.1 + 0.2,
        "width_px": 1280,
        "height_px": 720,
        "duration_s": 60.1,
        "at": NOON,
        **details,
    }
    return Timing(run_id=run_id, component=component, **filled)
