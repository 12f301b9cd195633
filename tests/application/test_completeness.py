"""A run whose manifest promises what is not there is not complete (hardening 73)."""

from typing import Any

import pytest

from adapters.memory.artifacts import MemoryArtifacts
from application.completeness import missing_artifacts
from domain.artifact import Artifact, artifact_path
from domain.canonical import JsonValue
from domain.catalogue import Catalogue
from domain.manifest import manifest
from tests.builders import NOON, a_component_run, a_profile, a_running_run, a_spec, an_artifact
from tests.planted import without

NAMES = ("loudness", "shots", "tempo")


@pytest.fixture
def store() -> MemoryArtifacts:
    return MemoryArtifacts()


@pytest.fixture
def artifacts(store: MemoryArtifacts) -> dict[str, Artifact]:
    identity = a_running_run().identity
    stored = {}
    for name in NAMES:
        written = store.write(artifact_path(identity, name), name.encode())
        stored[name] = an_artifact(identity, name, written=written)
    return stored


@pytest.fixture
def account(artifacts: dict[str, Artifact]) -> dict[str, JsonValue]:
    run = a_running_run(profile=a_profile(*NAMES))
    for name in NAMES:
        run.end_component(a_component_run(name), now=NOON)
    return manifest(run, Catalogue([a_spec(name) for name in NAMES]), artifacts, None)


def test_a_run_with_everything_there_is_complete(
    store: MemoryArtifacts, account: dict[str, JsonValue]
) -> None:
    assert missing_artifacts(store, account) == []


def test_what_is_gone_or_harmed_is_named(
    store: MemoryArtifacts, account: dict[str, JsonValue], artifacts: dict[str, Artifact]
) -> None:
    gone, harmed = artifacts["tempo"].path, artifacts["loudness"].path
    del store.contents[gone]
    store.contents[harmed] = b"loudnesz"
    assert missing_artifacts(store, account) == [harmed, gone]


def test_without_reading_nothing_would_be_missed(
    store: MemoryArtifacts, account: dict[str, JsonValue]
) -> None:
    """The planted removal for hardening 73."""
    store.contents.clear()
    careless = without("application.completeness", "artifacts.read(artifact)")
    assert careless.missing_artifacts(store, account) == []
    assert len(missing_artifacts(store, account)) == len(NAMES)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"components": {}},
        {"components": [{"name": "shots"}]},
        {
            "components": [
                {
                    "name": "shots",
                    "schema_version": "1",
                    "producer_version": "1",
                    "artifacts": [{"path": "x"}],
                }
            ]
        },
    ],
)
def test_what_is_no_manifest_is_refused(store: MemoryArtifacts, broken: Any) -> None:
    with pytest.raises(ValueError, match=r"manifest|component"):
        missing_artifacts(store, broken)
