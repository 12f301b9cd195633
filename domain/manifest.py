"""The manifest: the account of a whole run, as plain values in the layout of R-305."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.artifact import Artifact
from domain.canonical import JsonValue
from domain.catalogue import Catalogue
from domain.component import ComponentSpec
from domain.provenance import Provenance
from domain.run import ComponentRun, Failure, Run

MANIFEST_VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preprocessing:
    """What was done to the video before anything was measured (R-104, R-105).

    `content_sha256` is the digest of the file that was taken apart; empty where nobody knows it.
    """

    source: Mapping[str, JsonValue] = field(default_factory=dict)
    operations: tuple[str, ...] = ()
    attempts: tuple[Mapping[str, JsonValue], ...] = ()
    warnings: tuple[str, ...] = ()
    timeline: Mapping[str, JsonValue] = field(default_factory=dict)
    counters: Mapping[str, int] = field(default_factory=dict)
    duration_ms: int = 0
    confinement: str = ""
    content_sha256: str = ""


def manifest(
    run: Run,
    catalogue: Catalogue,
    artifacts: Mapping[str, Artifact],
    preprocessing: Preprocessing | None,
) -> dict[str, JsonValue]:
    """The manifest as JSON values; components stand in the order they run."""
    specs = catalogue.in_order(run.profile.component_names)
    ended = [
        _component(spec, run.components[spec.name], artifacts.get(spec.name))
        for spec in specs
        if spec.name in run.components
    ]
    return {
        "manifest_version": MANIFEST_VERSION,
        "run": {
            **run.identity.as_dict(),
            "profile": run.profile.name,
            "profile_version": run.profile.version,
            "status": str(run.status),
            "stage": str(run.stage) if run.stage else None,
            "created_at": _iso(run.created_at),
            "started_at": _iso(run.started_at),
            "finished_at": _iso(run.finished_at),
            "error": _failure(run.failure),
            "warnings": list(run.warnings),
            "preprocessing": _preprocessing(preprocessing) if preprocessing else None,
        },
        "components": list(ended),
    }


def _component(
    spec: ComponentSpec, ended: ComponentRun, artifact: Artifact | None
) -> dict[str, JsonValue]:
    return {
        "name": spec.name,
        "modality": str(spec.modality),
        "kind": str(spec.kind),
        "status": str(ended.status),
        "started_at": _iso(ended.started_at),
        "finished_at": _iso(ended.finished_at),
        "duration_ms": ended.duration_ms,
        "device_used": "cpu",
        "peak_memory": ended.peak_memory_mib,
        "units": ended.units,
        "error": _failure(ended.failure),
        "notes": list(ended.notes),
        "empty_reason": str(ended.empty_reason) if ended.empty_reason else None,
        "schema_version": spec.schema_version,
        "producer_version": spec.producer_version,
        **reuse_account(ended.provenance),
        "artifacts": [_artifact(artifact)] if artifact else [],
    }


def reuse_account(provenance: Provenance | None) -> dict[str, JsonValue]:
    """What the manifest and the artifact's meta say of where a result comes from."""
    return {
        "measured_at": _iso(provenance.measured_at) if provenance else None,
        "is_reused": provenance is not None and provenance.is_reused,
        "reused_from": str(provenance.reused_from)
        if provenance and provenance.reused_from
        else None,
    }


def _artifact(artifact: Artifact) -> dict[str, JsonValue]:
    return {
        "path": artifact.path,
        "bytes": artifact.size_bytes,
        "sha256": artifact.sha256,
    }


def _failure(failure: Failure | None) -> dict[str, JsonValue] | None:
    if failure is None:
        return None
    return {
        "code": failure.code,
        "message": failure.message,
        "where": failure.where,
        "root": failure.root,
    }


def _preprocessing(done: Preprocessing) -> dict[str, JsonValue]:
    return {
        "source": dict(done.source),
        "operations": list(done.operations),
        "attempts": [dict(attempt) for attempt in done.attempts],
        "warnings": list(done.warnings),
        "timeline": dict(done.timeline),
        "counters": dict(done.counters),
        "duration_ms": done.duration_ms,
        "confinement": done.confinement,
        "content_sha256": done.content_sha256 or None,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
