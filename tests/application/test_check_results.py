"""A run is complete as long as everything that its manifest promises is there (hardening 73)."""

import pytest

from adapters.memory.artifacts import MemoryArtifacts
from application.errors import ResultsIncomplete
from application.queries.check_results import CheckResults
from domain.artifact import artifact_path
from domain.catalogue import Catalogue
from domain.manifest import manifest
from domain.run import Run
from tests.builders import NOON, a_component_run, a_failure, a_profile, a_running_run, a_spec
from tests.builders import an_artifact as artifact_of


def ended(store: MemoryArtifacts, *, well: bool = True) -> Run:
    """A run of one component that has ended, with its manifest."""
    run = a_running_run(profile=a_profile("loudness"))
    written = store.write(artifact_path(run.identity, "loudness"), b"loudness")
    run.end_component(a_component_run("loudness"), now=NOON)
    if well:
        run.finish(now=NOON)
    else:
        run.fail(a_failure(), now=NOON)
    artifacts = {"loudness": artifact_of(run.identity, "loudness", written=written)}
    account = manifest(run, Catalogue([a_spec("loudness")]), artifacts, None)
    store.write_manifest(run.identity, account)
    return run


def test_a_run_with_everything_there_is_complete() -> None:
    store = MemoryArtifacts()
    CheckResults(store)(ended(store))


def test_a_run_whose_result_is_gone_is_not_complete() -> None:
    store = MemoryArtifacts()
    run = ended(store)
    store.contents.clear()
    with pytest.raises(ResultsIncomplete, match="1 gone or damaged") as incomplete:
        CheckResults(store)(run)
    assert incomplete.value.code == "results_incomplete"
    assert not incomplete.value.retryable


def test_a_run_without_its_manifest_is_not_complete() -> None:
    run = ended(MemoryArtifacts())
    with pytest.raises(ResultsIncomplete, match="manifest"):
        CheckResults(MemoryArtifacts())(run)


def test_a_run_that_ended_in_an_error_promises_nothing() -> None:
    run = ended(MemoryArtifacts(), well=False)
    CheckResults(MemoryArtifacts())(run)
