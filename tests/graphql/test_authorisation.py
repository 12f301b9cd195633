"""Who may ask what, tried over everything that the schema offers (R-902, hardening 59)."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from graphql import build_schema

from domain.api_key import Scope
from entrypoints.graphql import ids
from entrypoints.graphql.printed import printed
from tests.builders import a_run
from tests.graphql.documents import Asked, asked_of
from tests.graphql.house import House, Person
from tests.graphql.test_websockets import act, greeted, opened, said, says

ASKED = asked_of(build_schema(printed()))
OPEN = {"components", "signUp", "signIn"}
"""What nobody needs to be somebody for."""
ADMINISTRATORS = {"users", "priceList", "topUp", "setPrice", "setPlan", "queue"}
READING = {
    *("me", "profiles", "run", "runs", "artifact", "compare", "video", "balance"),
    *("ledger", "rateLimit", "webhooks", "node", "nodes", "runProgress"),
    *("signOut", "exportRun"),
}
"""What a key that may only read may ask; signing out is refused as data: a key has no session."""


def over_http(person: Person, asked: Asked, *, with_id: str = "x") -> Any:
    variables = asked.variables(with_id=with_id)
    # Limits are tried elsewhere: here the whole of every answer is looked at.
    return person.posts(asked.document(), **variables).json()


def over_a_socket(house: House, person: Person, asked: Asked, *, with_id: str) -> Any:
    async def first_words() -> Any:
        async with opened(house) as socket:
            await greeted(socket, person)
            payload = {"query": asked.document(), "variables": asked.variables(with_id=with_id)}
            await says(socket, "subscribe", id="1", payload=payload)
            return await said(socket), await said(socket)

    return asyncio.run(first_words())


@pytest.fixture(scope="module")
def ann(house: House) -> Person:
    return house.person("ann@example.org")


@pytest.fixture
def bob(house: House) -> Person:
    """Somebody new each time: one of the things that are tried is signing out."""
    return house.person(f"{uuid4().hex}@example.org")


@pytest.fixture(scope="module")
def anns(house: House, ann: Person) -> dict[str, str]:
    """A thing of every kind that has a global id, all of them Ann's, by kind."""
    run = house.keep(a_run(), of=ann)
    hook = ann.asks(
        'mutation { registerWebhook(url: "https://example.org/hook") '
        "{ ... on WebhookSecret { webhook { id } } ... on Refusal { code } } }"
    )["registerWebhook"]
    key = ann.asks(
        'mutation { createApiKey(name: "mine", scopes: [READ]) '
        "{ ... on ApiKeyCreated { apiKey { id } } } }"
    )["createApiKey"]
    upload = ann.asks("mutation { createUpload(sizeBytes: 99) { ... on Upload { id } } }")
    video = ann.asks(
        'mutation { addVideo(link: "https://youtu.be/aaaaaaaaaaa") '
        "{ ... on Video { id } ... on Refusal { code } } }"
    )["addVideo"]
    return {
        "Run": ids.encode("Run", run.id),
        "Webhook": hook["webhook"]["id"],
        "ApiKey": key["apiKey"]["id"],
        "Upload": upload["createUpload"]["id"],
        "Video": video["id"],
        "User": ids.encode("User", ann.user_id),
    }


def own(text: str) -> str:
    """The UUID inside a global id: a refusal may tell it back."""
    found = ids.decode(text)
    assert found is not None
    return found[1]


def test_the_matrix_knows_every_field() -> None:
    """A field that these sets forget would be tried by nobody."""
    names = {asked.name for asked in ASKED}
    assert len(ASKED) > 30
    assert names >= OPEN | READING | ADMINISTRATORS


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_nobody_is_told_to_sign_in(house: House, asked: Asked) -> None:
    if asked.operation == "subscription" or asked.name in OPEN:
        return
    errors = over_http(house.nobody, asked)["errors"]
    assert {error["extensions"]["code"] for error in errors} == {"unauthenticated"}, errors


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_administrators_things_are_theirs_alone(bob: Person, asked: Asked) -> None:
    if asked.operation == "subscription":
        return
    told = over_http(bob, asked)
    codes = {error["extensions"]["code"] for error in told.get("errors", [])}
    assert (codes == {"forbidden"}) == (asked.name in ADMINISTRATORS), told


@pytest.mark.parametrize("asked", [one for one in ASKED if one.ids], ids=str)
def test_what_is_anothers_is_as_unknown_as_what_never_was(
    house: House, bob: Person, anns: dict[str, str], asked: Asked
) -> None:
    """The same words for both, in queries, nodes, mutations and subscriptions."""
    if asked.name in ADMINISTRATORS:
        return
    for kind, hers in anns.items():
        nobodys = ids.encode(kind, uuid4())
        if asked.operation == "subscription":
            answers = [over_a_socket(house, bob, asked, with_id=one) for one in (hers, nobodys)]
        else:
            answers = [over_http(bob, asked, with_id=one) for one in (hers, nobodys)]
        first, second = (json.dumps(answer) for answer in answers)
        assert first == second.replace(nobodys, hers).replace(own(nobodys), own(hers)), kind
        assert "internal_error" not in first


def test_a_key_that_starts_runs_does_not_read_what_they_measured(house: House, ann: Person) -> None:
    """A run comes back from a mutation; its results and its bill are for who may read (R-902)."""
    run = house.keep(a_run(), of=ann)
    made = ann.asks(
        'mutation { createApiKey(name: "starts", scopes: [RUN]) '
        "{ ... on ApiKeyCreated { token } } }"
    )["createApiKey"]
    key = Person(http=house.http, token=made["token"])
    act(house, run.id, "start", min(run.pending))
    told = key.posts(
        "mutation ($run: ID!) { cancelRun(run: $run) { ... on Run "
        "{ id bill { charged } components { artifact { component } } } } }",
        run=ids.encode("Run", run.id),
    ).json()
    assert told["data"]["cancelRun"]["id"] == ids.encode("Run", run.id)
    assert {error["extensions"]["code"] for error in told["errors"]} == {"forbidden"}
    assert {error["path"][-1] for error in told["errors"]} == {"bill", "artifact"}


@pytest.mark.parametrize("kind", ["Run", "Webhook", "ApiKey", "Upload", "Video", "User"])
def test_the_matrix_asks_for_things_that_are_there(
    ann: Person, anns: dict[str, str], kind: str
) -> None:
    """Without this the comparison above could compare nothing with nothing."""
    asked = {"id": anns[kind]}
    if kind == "Upload":
        assert ann.asks("query ($id: ID!) { upload(id: $id) { id } }", **asked)["upload"] == asked
    else:
        assert ann.asks("query ($id: ID!) { node(id: $id) { id } }", **asked)["node"] == asked


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_key_that_may_only_read_changes_nothing(house: House, ann: Person, asked: Asked) -> None:
    if asked.operation == "subscription" or asked.name in OPEN:
        return
    assert ann.user_id is not None
    token = house.container.create_api_key()(
        house.container.authenticate()(ann.token), name="reader", scopes=frozenset({Scope.READ})
    ).token
    reader = Person(http=house.http, token=token.text)
    told = over_http(reader, asked)
    codes = {error["extensions"]["code"] for error in told.get("errors", [])}
    is_allowed = codes != {"forbidden"}
    assert is_allowed == (asked.name in READING), told
