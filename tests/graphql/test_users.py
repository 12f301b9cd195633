"""What administrators see of users, and that nobody else does."""

from collections.abc import Iterator

import pytest

from entrypoints.graphql import ids
from tests.graphql.house import House, Person

USERS = """
query Users($first: Int!, $after: String) {
  users(first: $first, after: $after) {
    ... on UserConnection {
      edges { node { id email plan isAdministrator } }
      pageInfo { hasNextPage endCursor }
    }
    ... on Refusal { code }
  }
}
"""
SET_PLAN = """
mutation SetPlan($user: ID!, $plan: Plan!) {
  setPlan(user: $user, plan: $plan) { ... on PlanSet { user plan } ... on Refusal { code } }
}
"""
ME = "{ me { id plan } }"


@pytest.fixture(scope="module")
def administrator(house: House) -> Person:
    return house.person("root.users@example.org", is_administrator=True)


@pytest.fixture(scope="module")
def ann(house: House) -> Person:
    return house.person("ann.users@example.org")


def pages(person: Person, size: int) -> Iterator[list[str]]:
    after = None
    while True:
        page = person.asks(USERS, first=size, after=after)["users"]
        yield [edge["node"]["email"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


def test_an_administrator_walks_through_all_users(
    house: House, administrator: Person, ann: Person
) -> None:
    """R-902."""
    assert ann.user_id
    house.person("zoe.users@example.org")
    (everybody,) = pages(administrator, 100)
    assert everybody == sorted(everybody)
    assert {"ann.users@example.org", "root.users@example.org"} < set(everybody)
    walked = list(pages(administrator, 2))
    assert [email for page in walked for email in page] == everybody
    assert all(len(page) == 2 for page in walked[:-1])


@pytest.mark.parametrize(
    "page", [{"first": 0}, {"first": 101}, {"first": -1}, {"first": 5, "after": "no cursor"}]
)
def test_a_page_that_cannot_be_is_refused(administrator: Person, page: dict[str, object]) -> None:
    """Hardening 56."""
    assert administrator.asks(USERS, **page)["users"] == {"code": "invalid_page"}


def test_a_plan_is_set_and_in_force(administrator: Person, ann: Person) -> None:
    """R-607: the plan is an attribute that an administrator sets."""
    me = ann.asks(ME)["me"]
    assert me["plan"] == "FREE"
    done = administrator.asks(SET_PLAN, user=me["id"], plan="PREMIUM")["setPlan"]
    assert done == {"user": me["id"], "plan": "PREMIUM"}
    assert ann.asks(ME)["me"]["plan"] == "PREMIUM"


@pytest.mark.parametrize(
    "user", ["nobody", ids.encode("User", "6a9ab181-93f0-4eec-b8d8-8dd7bf7dd459")]
)
def test_nobody_is_put_on_a_plan(administrator: Person, user: str) -> None:
    assert administrator.asks(SET_PLAN, user=user, plan="FREE")["setPlan"] == {
        "code": "user_not_found"
    }


def test_others_neither_see_users_nor_set_plans(house: House, ann: Person) -> None:
    me = ann.asks(ME)["me"]["id"]
    assert ann.is_told(USERS, first=5) == "forbidden"
    assert ann.is_told(SET_PLAN, user=me, plan="PREMIUM") == "forbidden"
    assert house.nobody.is_told(USERS, first=5) == "unauthenticated"


def test_an_administrators_key_administers_only_if_made_for_it(
    house: House, administrator: Person
) -> None:
    made = 'mutation { createApiKey(name: "x", scopes: [%s]) { ... on ApiKeyCreated { token } } }'
    tokens = [
        administrator.asks(made % scope)["createApiKey"]["token"]
        for scope in ("ACCOUNT", "ADMINISTER")
    ]
    without, able = (Person(http=house.http, token=token) for token in tokens)
    assert without.is_told(USERS, first=5) == "forbidden"
    assert able.asks(USERS, first=5)["users"]["edges"]
