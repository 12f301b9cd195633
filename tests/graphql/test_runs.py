"""Runs over the API: the caller's own, page by page."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain.run import RunStatus
from domain.video import Metadata
from entrypoints.graphql import ids
from tests.builders import NOON, a_component_run, a_run, a_running_run
from tests.graphql.house import House, Person

PAGE = """
query Page($first: Int!, $after: String, $choice: RunChoice) {
  runs(first: $first, after: $after, choice: $choice) {
    ... on RunConnection {
      edges { node { title runId status } }
      pageInfo { hasNextPage endCursor }
    }
    ... on Refusal { code message fields { name value } }
  }
}
"""
ONE = """
query One($id: ID!) {
  run(id: $id) {
    id runId status stage title platform profile createdAt warnings
    components { name status isOptional durationMs failure { code message } }
    failure { code message }
    bill { charged }
  }
}
"""


@pytest.fixture(scope="module")
def ann(house: House) -> Person:
    return house.person("ann@example.org")


@pytest.fixture(scope="module")
def bob(house: House) -> Person:
    return house.person("bob@example.org")


def test_a_list_is_walked_to_its_end(house: House) -> None:
    walker = house.person("walker@example.org")
    for n in range(5):
        run = a_run(created_at=NOON + timedelta(minutes=n), metadata=Metadata(title=f"Video {n}"))
        house.keep(run, of=walker)
    titles: list[str] = []
    after = None
    while True:
        page = walker.asks(PAGE, first=2, after=after)["runs"]
        titles += [edge["node"]["title"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert titles == ["Video 4", "Video 3", "Video 2", "Video 1", "Video 0"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": 0},
        {"first": -1},
        {"first": 1_000_000},
        {"first": 5, "after": "no cursor"},
        {"first": 5, "after": ids.encode("Run", uuid4())},
        {"first": 5, "after": "x" * 10_000},
    ],
)
def test_a_page_that_no_list_has_is_refused(ann: Person, wrong: dict[str, Any]) -> None:
    """Hardening 56."""
    assert ann.asks(PAGE, **wrong)["runs"]["code"] == "invalid_page"


def test_a_title_and_a_status_choose(house: House, ann: Person) -> None:
    house.keep(a_run(metadata=Metadata(title="Ночной город")), of=ann)
    found = ann.asks(PAGE, first=5, choice={"text": "НОЧН", "statuses": ["QUEUED"]})["runs"]
    assert [edge["node"]["title"] for edge in found["edges"]] == ["Ночной город"]
    assert ann.asks(PAGE, first=5, choice={"statuses": ["OK"]})["runs"]["edges"] == []


@pytest.mark.parametrize(
    "choice",
    [
        {"since": "2026-01-01T00:00:00"},
        {"since": "9999-12-31T23:59:59-23:59"},
        {"until": "0001-01-01T00:00:00+23:59"},
        {"text": "x" * 201},
        {"text": "%" * 100_000},
    ],
)
def test_a_choice_that_no_run_can_meet_is_refused(ann: Person, choice: dict[str, str]) -> None:
    """Hardening 56."""
    assert ann.asks(PAGE, first=5, choice=choice)["runs"]["code"] == "invalid_page"


def test_a_run_tells_of_its_components_in_the_readers_language(house: House, ann: Person) -> None:
    """R-901: a stable code, and a message in the user's language."""
    run = a_running_run()
    name = min(run.pending)
    run.end_component(a_component_run(name), now=NOON)
    house.keep(run, of=ann)
    told = ann.asks(ONE, id=ids.encode("Run", run.id))["run"]
    assert told["runId"] == str(run.id)
    assert told["status"] == "RUNNING"
    ended = {c["name"]: c["status"] for c in told["components"]}
    assert ended.pop(name) == "OK"
    assert set(ended.values()) <= {None}
    assert told["createdAt"].endswith("+00:00")


def test_another_persons_run_is_as_unknown_as_none(house: House, ann: Person, bob: Person) -> None:
    """R-902: the same answer, byte for byte."""
    run = house.keep(a_run(), of=ann)
    hers, nobodys = ids.encode("Run", run.id), ids.encode("Run", uuid4())
    for query in (ONE, "query ($id: ID!) { node(id: $id) { id } }"):
        assert ann.posts(query, id=hers).json()["data"] != bob.posts(query, id=hers).json()["data"]
        assert bob.posts(query, id=hers).content == bob.posts(query, id=nobodys).content
    compared = "query ($ids: [ID!]!) { compare(runs: $ids) { ... on Refusal { code message } } }"
    own = ids.encode("Run", house.keep(a_run(), of=bob).id)
    first = bob.posts(compared, ids=[own, hers]).content
    assert first == bob.posts(compared, ids=[own, nobodys]).content


def test_ids_that_cannot_be_are_unknown(ann: Person) -> None:
    for wrong in ("", "x", "Run", ids.encode("Run", "no uuid"), ids.encode("User", uuid4())):
        assert ann.asks(ONE, id=wrong)["run"] is None


def test_who_is_nobody_is_told_to_sign_in(house: House) -> None:
    assert house.nobody.is_told(PAGE, first=5) == "unauthenticated"
    stranger = Person(http=house.http, token="tfs_" + "x" * 43)
    assert stranger.is_told(PAGE, first=5) == "unauthenticated"


def test_two_runs_are_compared_by_what_both_measured(house: House, ann: Person) -> None:
    compared = """query ($ids: [ID!]!) { compare(runs: $ids) {
      ... on Comparison { components runs { runId } } ... on Refusal { code } } }"""
    runs = [a_running_run(), a_running_run()]
    shared, *_ = sorted(runs[0].pending)
    for run in runs:
        run.end_component(a_component_run(shared), now=NOON)
        house.keep(run, of=ann)
    asked = [ids.encode("Run", run.id) for run in runs]
    told = ann.asks(compared, ids=asked)["compare"]
    assert told["components"] == [shared]
    assert [run["runId"] for run in told["runs"]] == [str(run.id) for run in runs]
    assert ann.asks(compared, ids=asked[:1])["compare"]["code"] == "invalid_page"
    assert ann.asks(compared, ids=[asked[0]] * 2)["compare"]["code"] == "invalid_page"


def test_statuses_of_the_api_are_those_of_the_domain(ann: Person) -> None:
    names = ann.asks('{ __type(name: "RunStatus") { enumValues { name } } }')
    assert {v["name"] for v in names["__type"]["enumValues"]} == {s.name for s in RunStatus}
