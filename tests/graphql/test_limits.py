"""What a document may ask for, and how it may come (hardening 51 to 58, 63)."""

import socket
import time
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from entrypoints.graphql.limits import BODY_BYTES_MAX, MOST, TOKENS_MAX
from tests.graphql.house import House, Person

JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def cop(closed_house: House) -> Person:
    """Somebody who has signed in and tries everything."""
    return closed_house.person("cop@example.org")


@pytest.fixture(scope="module")
def ann(house: House) -> Person:
    return house.person("ann@example.org")


@pytest.mark.parametrize("count", [MOST.aliases + 1, 1000])
def test_aliases_are_few(cop: Person, count: int) -> None:
    """Hardening 51, 52: alias overloading. One too many is short: no other limit refuses it."""
    aliases = " ".join(f"a{n}: __typename" for n in range(count))
    assert cop.is_told(f"{{ {aliases} }}") == "invalid_query"


def test_aliases_are_counted_through_fragments(cop: Person) -> None:
    """Hardening 52: CVE-2026-47707."""
    few = " ".join(f"a{n}: __typename" for n in range(MOST.aliases))
    assert cop.asks(f"{{ {few} }}")["a1"] == "Query"
    hidden = f"query {{ ...F ...F ...F }} fragment F on Query {{ {few} }}"
    assert cop.is_told(hidden) == "invalid_query"


def test_batches_are_refused(cop: Person) -> None:
    """Hardening 51, 53."""
    batch = [{"query": "{ __typename }"}] * 1000
    answer = cop.http.post("/graphql", json=batch)
    assert answer.status_code == 400
    assert "__typename" not in answer.text


@pytest.mark.parametrize("count", [31, 500])
def test_directives_are_few(cop: Person, count: int) -> None:
    """Hardening 51, 55: directive overloading, with directives that are known too."""
    known = " ".join("@include(if: true)" for _ in range(count))
    for directives in ("@aa" * count, known):
        assert "errors" in cop.posts(f"{{ __typename {directives} }}").json()


def test_directives_are_counted_over_the_whole_document(cop: Person) -> None:
    spread = " ".join("...@include(if: true) { __typename }" for _ in range(40))
    assert cop.is_told(f"{{ {spread} }}") == "invalid_query"


def test_nothing_is_deep(ann: Person) -> None:
    """Hardening 54: depth, circles, introspection in circles."""
    circle = "{ __schema { types " + "{ fields { type " * 20 + "{ name }" + " } }" * 20 + " } }"
    assert "errors" in ann.posts(circle).json()
    deep = "ofType { " * MOST.depth + "name" + " }" * MOST.depth
    asked = f'{{ __type(name: "Query") {{ fields {{ type {{ {deep} }} }} }} }}'
    assert ann.posts(asked).json() is not None
    nested = "a: node { " * 20 + "id" + " }" * 20
    assert "errors" in ann.posts(f"{{ {nested} }}").json()


def test_fragments_in_a_circle_are_refused_at_once(ann: Person) -> None:
    """Hardening 54."""
    circle = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"
    assert "errors" in ann.posts(circle).json()


def test_fragments_that_double_are_counted_not_walked(ann: Person) -> None:
    """Fragments that each spread the next twice ask for 2^60 values in a short document."""
    names = [f"F{n}" for n in range(60)]
    parts = [
        f"fragment {name} on Query {{ ...{following} ...{following} }}"
        for name, following in pairwise(names)
    ]
    parts.append(f"fragment {names[-1]} on Query {{ __typename }}")
    began_s = time.process_time()
    told = ann.posts("{ ...F0 } " + " ".join(parts)).json()
    assert "errors" in told
    assert time.process_time() - began_s < 20


def test_a_document_may_not_ask_for_too_much(ann: Person) -> None:
    """A page of pages: its size is what counts, also when a variable names it."""
    fields = " ".join(f"c{n}: components {{ name status notes }}" for n in range(25))
    page = f"... on RunConnection {{ edges {{ node {{ {fields} {fields.upper()} }} }} }}"
    pages = " ".join(f"p{n}: runs(first: $n) {{ {page} }}" for n in range(2))
    told = ann.posts(f"query ($n: Int!) {{ {pages} }}", n=1).json()
    assert "errors" in told


def test_charts_of_many_runs_are_not_asked_for_at_once(ann: Person) -> None:
    """Hardening 54: each is read from files and held in memory, so a page of runs shows none."""
    drawn = "components { artifact { charts(maxPoints: 10000) { name } } }"
    for asked in (
        f"runs(first: 100) {{ ... on RunConnection {{ edges {{ node {{ {drawn} }} }} }} }}",
        f'nodes(ids: ["x"]) {{ ... on Run {{ {drawn} }} }}',
    ):
        assert ann.is_told(f"{{ {asked} }}") == "invalid_query"
    four = f'compare(runs: ["x", "y"]) {{ ... on Comparison {{ runs {{ {drawn} }} }} }}'
    ann.asks(f"{{ {four} }}")


def test_a_document_of_many_words_is_refused_before_it_is_understood(ann: Person) -> None:
    """Hardening 55: 10,000 tokens. Validation would refuse them too, once it had read them all."""
    words = "{ " + "__typename " * 10_000 + "}"
    assert ann.is_told(words) == "invalid_query"
    assert f"more than {TOKENS_MAX} tokens" in ann.posts(words).text


def test_a_long_body_is_refused(ann: Person) -> None:
    """Hardening 55, 63: by its header, and when it lies about it, by what comes in."""
    long = b'{"query": "' + b"x" * BODY_BYTES_MAX + b'"}'
    assert ann.http.post("/graphql", content=long, headers=JSON).status_code == 413
    chunks = (long[start : start + 4096] for start in range(0, len(long), 4096))
    assert ann.http.post("/graphql", content=chunks, headers=JSON).status_code == 413


def test_production_tells_nobody_what_it_holds(cop: Person) -> None:
    """Hardening 51, 57: introspection, field suggestions, the IDE."""
    closed = cop.posts("{ __schema { types { name } } }").json()
    assert closed["data"] is None
    assert "__schema" in closed["errors"][0]["message"]
    told = cop.posts("{ balanc { available } }").text
    assert "Did you mean" not in told
    assert '"balance"' not in told
    page = cop.http.get("/graphql", headers={"accept": "text/html"})
    assert page.status_code == 405


def test_ones_own_machine_shows_the_ide(ann: Person) -> None:
    page = ann.http.get("/graphql", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "graphiql" in page.text.lower()
    assert ann.asks("{ __schema { queryType { name } } }")["__schema"]["queryType"]


@pytest.mark.parametrize("query", ["{ __typename }", "mutation { __typename }"])
def test_nothing_is_asked_or_done_by_get(house: House, closed_house: House, query: str) -> None:
    """Hardening 51, 58: GET queries, and CSRF by GET."""
    for some in (house, closed_house):
        answer = some.http.get("/graphql", params={"query": query})
        assert answer.status_code in {400, 405}
        assert "__typename" not in answer.text


@pytest.mark.parametrize(
    "content", ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data", ""]
)
def test_what_a_browser_sends_unasked_is_refused(house: House, content: str) -> None:
    """Hardening 51, 58: CSRF by a form."""
    for body in (b"query=%7B__typename%7D", b'{"query": "{ __typename }"}'):
        answer = house.http.post("/graphql", content=body, headers={"content-type": content})
        assert answer.status_code == 415


def test_errors_tell_nothing_of_the_inside(cop: Person) -> None:
    """Hardening 51: traces and unhandled errors."""
    for query in ("{ nothing }", "{", "mutation { nothing }"):
        told = cop.posts(query).json()
        assert "extensions" not in told
        assert {e["extensions"]["code"] for e in told["errors"]} == {"invalid_query"}
        assert "Traceback" not in str(told)


def test_what_is_no_json_is_refused(ann: Person) -> None:
    for body in (b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"[" * 100_000):
        answer = ann.http.post("/graphql", content=body, headers=JSON)
        assert answer.status_code == 400, body[:10]


def test_a_body_that_never_comes_does_not_keep_its_place(house: House) -> None:
    """Hardening 63: slow bodies."""
    address = urlsplit(str(house.http.base_url))
    with socket.create_connection((address.hostname, address.port), timeout=60) as slow:
        head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        slow.sendall((head + "Content-Length: 100\r\n\r\n{").encode())
        answer = slow.recv(4096)
    assert answer.startswith(b"HTTP/1.1 408")
