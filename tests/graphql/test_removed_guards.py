"""The guards of documents and requests, each seen to be needed by taking it away (hardening E).

Each promise is looked at twice: kept as the program is, broken in a copy without the guard. Those
of sockets, pages and strangers are in `test_removed_socket_guards.py` and
`test_removed_reading_guards.py`. Where a library stands behind a guard of ours (batches, GET), both
are taken away. Without a planted removal are headers that never end (63): nothing of ours bounds
their time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from entrypoints.api import application
from entrypoints.graphql.limits import BODY_BYTES_MAX, MOST
from entrypoints.graphql.schema import NODES_MAX
from tests.graphql.house import House, Person
from tests.planted import without
from tests.servers.web import served

LIMITS, SCHEMA = "entrypoints.graphql.limits", "entrypoints.graphql.schema"
APP, DOOR, API = "entrypoints.graphql.app", "entrypoints.http.door", "entrypoints.api"
WHOLE = '"""The whole schema, put together from its topics."""'
JSON = {"content-type": "application/json"}
NAMES = '("depth", "aliases", "directives", "cost", "charts")'
SUGGESTIONS = "disable_field_suggestions=not is_introspectable"

Guard = tuple[str, str, str]
"""A module, a guard in it, and what stands instead."""
Promise = Callable[[Person], bool]


def planted(*guards: Guard) -> Any:
    """What makes the application, of copies that lack these guards."""
    found = {module: [guard[1:] for guard in guards if guard[0] == module] for module, *_ in guards}

    def copy(module: str, same: str, **others: Any) -> Any:
        first, *more = [*found.get(module, []), (same, same)]
        return without(module, *first, *more, **others)

    bounds = copy(LIMITS, "TOKENS_MAX = 2_000")
    # Strawberry looks types up in the module that they say to be of.
    found.setdefault(SCHEMA, []).append((WHOLE, f'__name__ = "{SCHEMA}"'))
    whole = copy(SCHEMA, "NODES_MAX = 100", limits=bounds)
    api = copy(APP, 'BEARER = "bearer "', schema=whole.schema)
    front = copy(DOOR, "BODY_TIMEOUT_S = 10.0")
    return copy(API, "BODY_BYTES_MAX as EVENT_BYTES_MAX", Api=api.Api, Door=front.Door).application


@contextmanager
def asker(house: House, make: Any, *, is_open: bool) -> Iterator[Person]:
    """Somebody who asks another application over the same installation."""
    token = house.person(f"{uuid4().hex}@example.org").token
    with (
        served(make(house.container, is_open=is_open)) as url,
        httpx.Client(base_url=url, timeout=30) as http,
    ):
        yield Person(http=http, token=token)


def is_refused(person: Person, query: str, **variables: Any) -> bool:
    """Refused for what it asks for; else it is answered, or would have been."""
    told = person.posts(query, **variables).json()
    codes = {error["extensions"]["code"] for error in told.get("errors", [])}
    return codes == {"invalid_query"}


def aliases(count: int) -> str:
    return " ".join(f"a{number}: __typename" for number in range(count))


def no_introspection(person: Person) -> bool:
    return is_refused(person, "{ __schema { types { name } } }")


def no_suggestions(person: Person) -> bool:
    return "Did you mean" not in person.posts("{ balanc { available } }").text


def no_ide(person: Person) -> bool:
    page = person.http.get("/graphql", headers={"accept": "text/html"})
    return page.status_code == 405 and "graphiql" not in page.text.lower()


def few_aliases(person: Person) -> bool:
    return is_refused(person, f"{{ {aliases(500)} }}")


def few_aliases_in_fragments(person: Person) -> bool:
    hidden = f"query {{ ...F ...F ...F }} fragment F on Query {{ {aliases(MOST.aliases)} }}"
    return is_refused(person, hidden)


def no_batches(person: Person) -> bool:
    answer = person.http.post("/graphql", json=[{"query": "{ __typename }"}] * 1000)
    return answer.status_code == 400 and "__typename" not in answer.text


def few_directives(person: Person) -> bool:
    spread = " ".join("...@include(if: true) { __typename }" for _ in range(40))
    return is_refused(person, f"{{ {spread} }}")


def nothing_deep(person: Person) -> bool:
    deep = "ofType { " * MOST.depth + "name" + " }" * MOST.depth
    return is_refused(person, f'{{ __type(name: "Query") {{ fields {{ type {{ {deep} }} }} }} }}')


def no_circles(person: Person) -> bool:
    circle = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"
    return is_refused(person, circle)


def nothing_costly(person: Person) -> bool:
    """A page small as it is asked for; its size is a variable, which may make it a hundred."""
    fields = "components { name status notes } " * 60
    page = f"... on RunConnection {{ edges {{ node {{ {fields} }} }} }}"
    return is_refused(person, f"query ($n: Int!) {{ runs(first: $n) {{ {page} }} }}", n=1)


def few_charts(person: Person) -> bool:
    drawn = "components { artifact { charts(maxPoints: 10000) { name } } }"
    page = f"runs(first: 100) {{ ... on RunConnection {{ edges {{ node {{ {drawn} }} }} }} }}"
    return is_refused(person, f"{{ {page} }}")


def few_words(person: Person) -> bool:
    """Of no field, alias or directive: nothing else looks at those."""
    return is_refused(person, '{ nodes(ids: ["x"' + ' "x"' * 10_000 + "]) { id } }")


def bounded_length(person: Person) -> bool:
    """By the header, which is true."""
    long = b'{"query": "' + b"x" * BODY_BYTES_MAX + b'"}'
    return person.http.post("/graphql", content=long, headers=JSON).status_code == 413


def bounded_stream(person: Person) -> bool:
    """By what comes in: no header tells."""
    long = b'{"query": "{ __typename }", "x": "' + b"x" * BODY_BYTES_MAX + b'"}'
    chunks = (long[start : start + 4096] for start in range(0, len(long), 4096))
    return person.http.post("/graphql", content=chunks, headers=JSON).status_code == 413


def nothing_by_get(person: Person) -> bool:
    answer = person.http.get("/graphql", params={"query": "{ __typename }"})
    return answer.status_code == 405 and "Query" not in answer.text


def json_only(person: Person) -> bool:
    """As a form of a stranger's page can send it, without a question by the browser."""
    body, form = b'{"query": "{ __typename }"}', {"content-type": "text/plain"}
    return person.http.post("/graphql", content=body, headers=form).status_code == 415


def bounded_nodes(person: Person) -> bool:
    asked = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    found = person.asks(asked, ids=["x"] * 1000)["nodes"]
    return len(found) == NODES_MAX


def no_insides(person: Person) -> bool:
    """An error of our own says nothing of what it is."""
    told = person.posts("{ nothing }").json()
    codes = [error.get("extensions", {}).get("code") for error in told["errors"]]
    return codes == ["invalid_query"]


@dataclass(frozen=True, slots=True)
class Case:
    """What is promised because of these guards, on one's own machine or elsewhere."""

    name: str
    is_kept: Promise
    guards: tuple[Guard, ...]
    is_open: bool = False


def unlimited(name: str) -> Guard:
    return (LIMITS, NAMES, NAMES.replace(f'"{name}"', "").replace("(, ", "(").replace(", ,", ","))


CASES = [
    Case(
        "51-57-introspection",
        no_introspection,
        ((LIMITS, "*([] if is_introspectable else closed),", ""),),
    ),
    Case(
        "51-57-suggestions",
        no_suggestions,
        ((SCHEMA, SUGGESTIONS, "disable_field_suggestions=False"),),
    ),
    Case(
        "51-57-ide",
        no_ide,
        (
            (API, '{"POST", "GET"} if is_open else {"POST"}', '{"POST", "GET"}'),
            (APP, '"graphiql" if is_open else None', '"graphiql"'),
        ),
    ),
    Case(
        "51-errors-are-coded",
        no_insides,
        ((SCHEMA, "return CodedSchema(", "return strawberry.Schema("),),
    ),
    Case("51-52-aliases", few_aliases, (unlimited("aliases"),)),
    Case(
        "52-aliases-in-fragments",
        few_aliases_in_fragments,
        ((LIMITS, "return marked.beside(self._of_fragment(node.name.value))", "return marked"),),
    ),
    Case(
        "51-53-batches",
        no_batches,
        (
            (APP, "if not isinstance(asked, dict):", "if False:"),
            (SCHEMA, SUGGESTIONS, 'batching_config={"max_operations": 10_000}'),
        ),
    ),
    Case("51-55-directives", few_directives, (unlimited("directives"),)),
    Case("54-depth", nothing_deep, (unlimited("depth"),), is_open=True),
    Case(
        "54-circles",
        no_circles,
        ((LIMITS, "            self._measured[name] = Demand()\n", ""),),
    ),
    Case("54-cost", nothing_costly, (unlimited("cost"),)),
    Case("54-charts", few_charts, (unlimited("charts"),)),
    Case("55-words", few_words, ((LIMITS, "lambda: MaxTokensLimiter(TOKENS_MAX),", ""),)),
    Case("56-nodes", bounded_nodes, ((SCHEMA, "ids[:NODES_MAX]", "ids"),)),
    Case(
        "55-63-length",
        bounded_length,
        (
            (DOOR, "int(length) > self._body_bytes_max", "False"),
            (DOOR, "if self._left_bytes < 0:", "if False:"),
        ),
    ),
    Case("55-63-stream", bounded_stream, ((DOOR, "if self._left_bytes < 0:", "if False:"),)),
    Case(
        "51-58-get",
        nothing_by_get,
        (
            (DOOR, "if method not in self._methods:", "if False:"),
            (APP, "allow_queries_via_get=False", "allow_queries_via_get=True"),
        ),
    ),
    Case(
        "51-58-types-of-content",
        json_only,
        ((DOOR, 'if content.strip() != b"application/json":', "if False:"),),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_without_its_guard_the_promise_is_broken(house: House, case: Case) -> None:
    with asker(house, application, is_open=case.is_open) as person:
        assert case.is_kept(person)
    with asker(house, planted(*case.guards), is_open=case.is_open) as person:
        assert not case.is_kept(person)
