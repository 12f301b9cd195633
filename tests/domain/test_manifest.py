"""The manifest is the account of a whole run, in the layout of R-305."""

import json
from datetime import timedelta

import pytest

from domain.catalogue import Catalogue
from domain.component import ComponentStatus, Kind, Modality
from domain.manifest import Preprocessing, manifest
from domain.run import Run, Stage
from tests.builders import (
    NOON,
    a_component_run,
    a_failure,
    a_profile,
    a_running_run,
    a_spec,
    an_artifact,
)

CATALOGUE = Catalogue(
    [
        a_spec("tempo", needs=("onsets",), producer_version="3", schema_version="2"),
        a_spec("onsets"),
        a_spec("shots", modality=Modality.VISUAL, kind=Kind.COMPUTED),
        a_spec("unused"),
    ]
)
REQUIRED_KEYS = {
    "name", "kind", "status", "started_at", "finished_at", "duration_ms", "device_used",
    "peak_memory", "error", "notes", "empty_reason", "schema_version", "producer_version",
    "artifacts",
}  # fmt: skip


@pytest.fixture
def run() -> Run:
    run = a_running_run(profile=a_profile("tempo", "onsets", "shots"))
    run.enter(Stage.ANALYSE, now=NOON)
    return run


def test_components_stand_in_the_order_they_run_once_they_have_ended(run: Run) -> None:
    assert manifest(run, CATALOGUE, {}, None)["components"] == []
    for name in ("tempo", "shots", "onsets"):
        run.end_component(a_component_run(name), now=NOON)
    found = manifest(run, CATALOGUE, {}, None)["components"]
    assert isinstance(found, list)
    names = [entry["name"] for entry in found if isinstance(entry, dict)]
    assert names == ["onsets", "shots", "tempo"]


def test_a_component_tells_everything_it_must(run: Run) -> None:
    run.end_component(a_component_run("tempo"), now=NOON)
    artifact = an_artifact(run.identity, "tempo", written=(12, "e" * 64))
    match manifest(run, CATALOGUE, {"tempo": artifact}, None):
        case {"components": [dict() as entry]}:
            assert entry.keys() >= REQUIRED_KEYS
        case other:
            pytest.fail(str(other))
    assert entry == {
        "name": "tempo",
        "modality": "audio",
        "kind": "algorithm",
        "status": "ok",
        "started_at": "2026-01-02T12:00:00+00:00",
        "finished_at": "2026-01-02T12:00:00+00:00",
        "duration_ms": 12,
        "device_used": "cpu",
        "peak_memory": 34,
        "units": 5.5,
        "error": None,
        "notes": ["two", "notes"],
        "empty_reason": None,
        "schema_version": "2",
        "producer_version": "3",
        "measured_at": None,
        "is_reused": False,
        "reused_from": None,
        "artifacts": [{"path": artifact.path, "bytes": 12, "sha256": "e" * 64}],
    }


def test_a_run_that_failed_tells_why_and_what_was_skipped(run: Run) -> None:
    failed = a_component_run("onsets", status=ComponentStatus.ERROR)
    empty = a_component_run("shots", status=ComponentStatus.EMPTY)
    run.end_component(failed, now=NOON)
    run.end_component(empty, now=NOON)
    run.fail(a_failure(code="disk_full", root="onsets"), now=NOON + timedelta(seconds=1))
    account = manifest(run, CATALOGUE, {}, None)
    told = {"message": "it did not work", "where": "loudness.measure"}
    match account:
        case {"run": dict() as of_run, "components": [dict() as first, dict() as second, third]}:
            assert of_run["error"] == {"code": "disk_full", "root": "onsets", **told}
            assert of_run["status"] == "error"
            assert of_run["finished_at"] == "2026-01-02T12:00:01+00:00"
            assert of_run["warnings"] == ["onsets"]
            assert first["error"] == {"code": "measurement_failed", "root": None, **told}
            assert second["empty_reason"] == "audio_missing_or_extract_failed"
            assert isinstance(third, dict)
            assert third["status"] == "skipped"
        case other:
            pytest.fail(str(other))


def test_the_run_tells_its_identity_profile_and_what_was_done_to_the_video(run: Run) -> None:
    done = Preprocessing(
        source={"duration_s": 12.5},
        operations=("rotate",),
        attempts=({"how": "decode"},),
        warnings=("decode_errors",),
        timeline={"frame_count": 150},
        counters={"decodes": 1},
        duration_ms=1234,
        confinement="bubblewrap",
        content_sha256="ab" * 32,
    )
    found = manifest(run, CATALOGUE, {}, done)
    assert found["manifest_version"] == "1"
    assert found["run"] == {
        **run.identity.as_dict(),
        "profile": "fast",
        "profile_version": "1",
        "status": "running",
        "stage": "analyse",
        "created_at": "2026-01-02T12:00:00+00:00",
        "started_at": "2026-01-02T12:00:00+00:00",
        "finished_at": None,
        "error": None,
        "warnings": [],
        "preprocessing": {
            "source": {"duration_s": 12.5},
            "operations": ["rotate"],
            "attempts": [{"how": "decode"}],
            "warnings": ["decode_errors"],
            "timeline": {"frame_count": 150},
            "counters": {"decodes": 1},
            "duration_ms": 1234,
            "confinement": "bubblewrap",
            "content_sha256": "ab" * 32,
        },
    }


def test_a_manifest_holds_no_text_of_the_user(run: Run) -> None:
    """R-706: the title is the user's."""
    assert run.metadata.title is not None
    text = json.dumps(manifest(run, CATALOGUE, {}, None), allow_nan=False)
    assert run.metadata.title not in text
