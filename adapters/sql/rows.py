"""Runs and what belongs to them as rows, and back; every field is named once each way."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from domain.component import ComponentStatus, EmptyReason
from domain.estimate import EstimateId
from domain.events import ComponentEnded, RunEvent, RunMoved, StageEntered
from domain.identity import RunId, RunIdentity
from domain.ledger import UserId
from domain.manifest import Preprocessing
from domain.profile import ComponentChoice, Profile, TimeLimits
from domain.provenance import Provenance
from domain.run import ComponentRun, Failure, Run, RunStatus, Stage
from domain.run_filter import folded_title
from domain.video import Metadata, Platform, UploadedFile, VideoSource, YoutubeLink

Row = Mapping[Any, Any]

_EVENT_KINDS: dict[str, type[RunEvent]] = {
    "run_moved": RunMoved,
    "stage_entered": StageEntered,
    "component_ended": ComponentEnded,
}
_KIND_OF_EVENT = {event: kind for kind, event in _EVENT_KINDS.items()}


def to_run_row(run: Run) -> dict[str, Any]:
    identity = run.identity
    return {
        "id": run.id,
        "platform_id": str(identity.platform_id),
        "video_id": identity.video_id,
        "config_hash": identity.config_hash,
        "sampling_policy_version": identity.sampling_policy_version,
        "dataprocessor_version": identity.dataprocessor_version,
        "profile": from_profile(run.profile),
        "source": from_source(run.source),
        "metadata": asdict(run.metadata),
        "created_at": run.created_at,
        "user_id": run.user_id,
        "estimate_id": run.estimate_id,
        "title_folded": folded_title(run),
        **to_state(run),
    }


def to_state(run: Run) -> dict[str, Any]:
    """The columns that change while a run lives."""
    return {
        "status": str(run.status),
        "stage": str(run.stage) if run.stage else None,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "failure": asdict(run.failure) if run.failure else None,
    }


def to_run(row: Row, components: Iterable[Row]) -> Run:
    return Run(
        identity=RunIdentity(
            platform_id=Platform(row["platform_id"]),
            video_id=row["video_id"],
            run_id=RunId(row["id"]),
            config_hash=row["config_hash"],
            sampling_policy_version=row["sampling_policy_version"],
            dataprocessor_version=row["dataprocessor_version"],
        ),
        profile=to_profile(row["profile"]),
        source=to_source(row["source"]),
        metadata=to_metadata(row["metadata"]),
        created_at=row["created_at"],
        user_id=UserId(row["user_id"]),
        estimate_id=None if row["estimate_id"] is None else EstimateId(row["estimate_id"]),
        status=RunStatus(row["status"]),
        stage=Stage(row["stage"]) if row["stage"] else None,
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        failure=Failure(**row["failure"]) if row["failure"] else None,
        components={component["name"]: _to_component(component) for component in components},
    )


def to_component_row(run_id: RunId, ended: ComponentRun) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "name": ended.name,
        "status": str(ended.status),
        "started_at": ended.started_at,
        "finished_at": ended.finished_at,
        "duration_ms": ended.duration_ms,
        "peak_memory_mib": ended.peak_memory_mib,
        "units": ended.units,
        "empty_reason": str(ended.empty_reason) if ended.empty_reason else None,
        "failure": asdict(ended.failure) if ended.failure else None,
        "notes": list(ended.notes),
        **_from_provenance(ended.provenance),
    }


def to_event_row(event: RunEvent, *, sequence: int) -> dict[str, Any]:
    content = asdict(event)
    return {
        "run_id": content.pop("run_id"),
        "sequence": sequence,
        "at": content.pop("at"),
        "kind": _KIND_OF_EVENT[type(event)],
        "content": content,
    }


def to_event(row: Row) -> RunEvent:
    kind = _EVENT_KINDS[row["kind"]]
    return kind(run_id=RunId(row["run_id"]), at=row["at"], **row["content"])


def from_preprocessing(done: Preprocessing) -> dict[str, Any]:
    return asdict(done)


def to_preprocessing(stored: Row) -> Preprocessing:
    tuples = {key: tuple(stored[key]) for key in ("operations", "attempts", "warnings")}
    return Preprocessing(**{**stored, **tuples})


def _to_component(row: Row) -> ComponentRun:
    return ComponentRun(
        name=row["name"],
        status=ComponentStatus(row["status"]),
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        duration_ms=row["duration_ms"],
        peak_memory_mib=row["peak_memory_mib"],
        units=row["units"],
        empty_reason=EmptyReason(row["empty_reason"]) if row["empty_reason"] else None,
        failure=Failure(**row["failure"]) if row["failure"] else None,
        notes=tuple(row["notes"]),
        provenance=_to_provenance(row),
    )


def _from_provenance(known: Provenance | None) -> dict[str, Any]:
    return {
        "reuse_key": known.key if known else None,
        "content_sha256": known.content if known else None,
        "measured_at": known.measured_at if known else None,
        "is_reused": known is not None and known.is_reused,
        "reused_from": known.reused_from if known else None,
    }


def _to_provenance(row: Row) -> Provenance | None:
    if row["reuse_key"] is None:
        return None
    return Provenance(
        key=row["reuse_key"],
        content=row["content_sha256"],
        measured_at=row["measured_at"],
        is_reused=row["is_reused"],
        reused_from=None if row["reused_from"] is None else RunId(row["reused_from"]),
    )


def from_profile(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name,
        "version": profile.version,
        "components": [
            {"name": c.name, "optional": c.optional, "parameters": dict(c.parameters)}
            for c in profile.choices
        ],
        "limits": asdict(profile.limits),
    }


def to_profile(stored: Row) -> Profile:
    return Profile(
        name=stored["name"],
        version=stored["version"],
        choices=tuple(ComponentChoice(**choice) for choice in stored["components"]),
        limits=TimeLimits(**stored["limits"]),
    )


def from_source(source: VideoSource) -> dict[str, Any]:
    match source:
        case YoutubeLink(video_id):
            return {"kind": "youtube", "video_id": video_id}
        case UploadedFile(sha256, size_bytes):
            return {"kind": "upload", "sha256": sha256, "size_bytes": size_bytes}


def to_source(stored: Row) -> VideoSource:
    if stored["kind"] == "youtube":
        return YoutubeLink(stored["video_id"])
    return UploadedFile(stored["sha256"], stored["size_bytes"])


def to_metadata(stored: Row) -> Metadata:
    comments = stored["comments"]
    return Metadata(
        **{
            **stored,
            "tags": tuple(stored["tags"]),
            "comments": None if comments is None else tuple(comments),
        }
    )
