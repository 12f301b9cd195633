"""Credits, limits and prices over the API."""

from typing import Any
from uuid import uuid4

import pytest

from domain.ledger import Account
from entrypoints.graphql import ids
from tests.builders import a_run
from tests.graphql.house import House, Person

BALANCE = "{ balance { available held } }"
TOP_UP = """
mutation ($user: ID!, $amount: Credits!, $key: String!) {
  topUp(user: $user, amount: $amount, note: "thanks", idempotencyKey: $key) {
    ... on ToppedUp { balance { available } } ... on Refusal { code message }
  }
}
"""
SET_PRICE = """
mutation ($component: String!, $base: String, $empty: String, $reused: String) {
  setPrice(component: $component, base: $base, emptyPrice: $empty, reusedPrice: $reused) {
    ... on PriceList { version prices { component base emptyPrice reusedPrice } }
    ... on Refusal { code message }
  }
}
"""


@pytest.fixture(scope="module")
def ann(house: House) -> Person:
    return house.person("ann@example.org")


@pytest.fixture(scope="module")
def boss(house: House) -> Person:
    return house.person("boss@example.org", is_administrator=True)


def test_an_administrator_gives_credits_once(house: House, boss: Person) -> None:
    """R-605, R-608: the same request sent twice books once."""
    lucky = house.person("lucky@example.org")
    asked = {"user": ids.encode("User", lucky.user_id), "amount": "12.5", "key": "k"}
    for _ in range(2):
        assert boss.asks(TOP_UP, **asked)["topUp"]["balance"]["available"] == "12.50"
    assert lucky.asks(BALANCE)["balance"] == {"available": "12.50", "held": "0.00"}
    other = boss.asks(TOP_UP, **{**asked, "amount": "13"})["topUp"]
    assert other["code"] == "idempotency_conflict"
    entries = lucky.asks("{ ledger { number operation account amount note } }")["ledger"]
    assert {e["account"]: e["amount"] for e in entries} == {
        Account.AVAILABLE: "12.50",
        Account.PAYMENTS: "-12.50",
    }
    assert [e["number"] for e in entries] == sorted((e["number"] for e in entries), reverse=True)


@pytest.mark.parametrize("key", ["", "half \ud83d", "a\x00b", "k" * 201])
def test_what_is_no_key_books_nothing(boss: Person, ann: Person, key: str) -> None:
    """R-605: an empty key would make every later request the same one."""
    asked = {"user": ids.encode("User", ann.user_id), "amount": "5", "key": key}
    assert boss.asks(TOP_UP, **asked)["topUp"]["code"] == "invalid_text"


@pytest.mark.parametrize("amount", [5, 5.5, True, ["5"]])
def test_an_amount_that_is_no_text_is_no_question(boss: Person, ann: Person, amount: Any) -> None:
    """R-605: credits are never a float, not even on their way in."""
    asked = {"user": ids.encode("User", ann.user_id), "amount": amount, "key": uuid4().hex}
    assert boss.is_told(TOP_UP, **asked) == "invalid_query"


@pytest.mark.parametrize("amount", ["-1", "0", "NaN", "1e9", "0.001", "9" * 30, ""])
def test_no_amount_is_refused(boss: Person, ann: Person, amount: str) -> None:
    """Hardening 38."""
    asked = {"user": ids.encode("User", ann.user_id), "amount": amount, "key": uuid4().hex}
    assert boss.asks(TOP_UP, **asked)["topUp"]["code"] == "invalid_amount"


def test_nobody_else_gives_credits_or_sets_prices(ann: Person) -> None:
    """R-902."""
    asked = {"user": ids.encode("User", ann.user_id), "amount": "1", "key": "k"}
    assert ann.is_told(TOP_UP, **asked) == "forbidden"
    assert ann.is_told(SET_PRICE, component="loudness", base="0") == "forbidden"
    assert ann.is_told("{ priceList { version } }") == "forbidden"


def test_a_price_is_set_from_now_on(boss: Person) -> None:
    """R-602."""
    before = boss.asks("{ priceList { version } }")["priceList"]["version"]
    figures = {"base": "0.75", "empty": "0.1", "reused": "0.02"}
    changed = boss.asks(SET_PRICE, component="loudness", **figures)["setPrice"]
    assert changed["version"] > before
    kept = {"component": "loudness", "base": "0.75", "emptyPrice": "0.1", "reusedPrice": "0.02"}
    assert kept in changed["prices"]
    for component, base in (("loudness", "free"), ("loudness", "-1"), ("nothing", "1")):
        assert boss.asks(SET_PRICE, component=component, base=base)["setPrice"]["code"] in {
            "invalid_price",
            "unknown_component",
        }


def test_an_administrator_sees_how_busy_it_is(house: House, boss: Person) -> None:
    """R-902."""
    asked = "{ queue { waiting workers runs { status count } } }"
    before = boss.asks(asked)["queue"]
    house.keep(a_run(), of=boss)
    after = boss.asks(asked)["queue"]
    counted = {one["status"]: one["count"] for one in after["runs"]}
    queued = {one["status"]: one["count"] for one in before["runs"]}.get("QUEUED", 0)
    assert counted["QUEUED"] == queued + 1
    assert after["workers"] == 0


def test_a_limit_tells_what_is_left_of_the_hour(ann: Person) -> None:
    """R-607."""
    told = ann.asks("{ rateLimit { plan limit used freeAt } }")["rateLimit"]
    assert told == {"plan": "FREE", "limit": 5, "used": 0, "freeAt": None}


def test_an_unknown_runs_ledger_is_empty(ann: Person) -> None:
    asked = "query ($run: ID) { ledger(run: $run) { number } }"
    assert ann.asks(asked, run=ids.encode("Run", uuid4()))["ledger"] == []
    assert ann.asks(asked, run="nonsense")["ledger"] == []


def test_the_catalogue_speaks_the_readers_language(house: House) -> None:
    """R-901."""
    asked = "{ components { name label meaning needs } }"
    english = Person(http=house.http).asks(asked)["components"]
    russian = Person(http=house.http, language="ru-RU,en;q=0.5").asks(asked)["components"]
    assert [c["name"] for c in english] == [c["name"] for c in russian]
    assert all(e["label"] != r["label"] for e, r in zip(english, russian, strict=True))
