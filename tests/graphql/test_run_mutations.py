"""Cancelling and trying again over the API."""

from uuid import uuid4

import pytest

from domain.identity import RunId
from domain.run import Run, RunStatus
from entrypoints.graphql import ids
from tests.builders import FILE, a_failure, a_run, a_running_run
from tests.graphql.house import House, Person

CANCEL = """
mutation Cancel($run: ID!) {
  cancelRun(run: $run) { ... on Run { runId status } ... on Refusal { code } }
}
"""
RETRY = """
mutation Retry($run: ID!, $key: String!) {
  retryRun(run: $run, idempotencyKey: $key) { ... on Run { runId status } ... on Refusal { code } }
}
"""


@pytest.fixture(scope="module")
def ann(house: House) -> Person:
    return house.person("ann@runs.example")


@pytest.fixture(scope="module")
def bob(house: House) -> Person:
    return house.person("bob@runs.example")


def run_of(house: House, run: Run, of: Person) -> str:
    house.keep(run, of=of)
    return ids.encode("Run", run.id)


def test_a_run_that_waits_is_cancelled_at_once_and_twice_is_harmless(
    house: House, ann: Person
) -> None:
    """R-510."""
    run = a_run()
    name = run_of(house, run, ann)
    for _ in range(2):
        answer = ann.asks(CANCEL, run=name)["cancelRun"]
        assert answer == {"runId": str(run.id), "status": "CANCELLED"}


def test_a_run_at_work_is_asked_to_stop(house: House, ann: Person) -> None:
    run = a_running_run()
    name = run_of(house, run, ann)
    container = house.container
    with container.unit_of_work() as work:
        work.leases.take(run.id, owner="elsewhere", now=container.clock().now())
        work.commit()
    assert ann.asks(CANCEL, run=name)["cancelRun"]["status"] == "RUNNING"
    with container.unit_of_work() as work:
        assert work.runs.cancel_requested(run.id)


def test_a_run_that_has_ended_well_is_neither_cancelled_nor_tried_again(
    house: House, ann: Person
) -> None:
    run = a_run()
    run.status = RunStatus.OK
    name = run_of(house, run, ann)
    assert ann.asks(CANCEL, run=name)["cancelRun"] == {"code": "invalid_transition"}
    retried = ann.asks(RETRY, run=name, key="again")["retryRun"]
    assert retried == {"code": "invalid_transition"}


def test_a_run_whose_video_is_gone_is_not_tried_again(house: House, ann: Person) -> None:
    run = a_running_run(source=FILE)
    run.fail(a_failure(), now=run.created_at)
    name = run_of(house, run, ann)
    retried = ann.asks(RETRY, run=name, key="again")["retryRun"]
    assert retried == {"code": "upload_missing"}


@pytest.mark.parametrize("key", ["", "half \ud83d", "a\x00b", "k" * 201])
def test_what_is_no_key_tries_nothing_again(house: House, ann: Person, key: str) -> None:
    """R-605: an empty key would make every later request the same one."""
    run = a_running_run(source=FILE)
    run.fail(a_failure(), now=run.created_at)
    assert ann.asks(RETRY, run=run_of(house, run, ann), key=key)["retryRun"] == {
        "code": "invalid_text"
    }


def test_anothers_run_is_as_unknown_as_one_that_never_was(
    house: House, ann: Person, bob: Person
) -> None:
    """Hardening 59."""
    run = a_run()
    names = [run_of(house, run, ann), ids.encode("Run", RunId(uuid4()))]
    answers = [
        (bob.asks(CANCEL, run=name), bob.asks(RETRY, run=name, key="mine")) for name in names
    ]
    assert answers[0] == answers[1]
    assert answers[0][0] == {"cancelRun": {"code": "run_not_found"}}
    with house.container.unit_of_work() as work:
        assert not work.runs.cancel_requested(run.id)
