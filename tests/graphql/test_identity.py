"""Signing up, in and out over the API; keys, settings; and that nothing secret is written down."""

import logging
import re
from collections.abc import Iterator

import pytest

from domain.token import Token, TokenKind
from tests.graphql.house import PASSWORD, House, Person

WRONG = "some wrong phrase"

SIGN_UP = """
mutation SignUp($email: String!, $password: String!) {
  signUp(email: $email, password: $password) {
    ... on Signed { token expiresAt me { id email isAdministrator plan } }
    ... on Refusal { code message fields { name value } }
  }
}
"""
SIGN_IN = SIGN_UP.replace("mutation SignUp", "mutation SignIn").replace("signUp(", "signIn(")
SIGN_OUT = "mutation { signOut { ... on SignedOut { isSignedOut } ... on Refusal { code } } }"
ME = "{ me { id email plan settings { freshnessDays language } apiKeys { id name scopes } } }"
MAKE_KEY = """
mutation MakeKey($name: String!, $scopes: [Scope!]!) {
  createApiKey(name: $name, scopes: $scopes) {
    ... on ApiKeyCreated { token apiKey { id name scopes usedAt } }
    ... on Refusal { code }
  }
}
"""
REVOKE = """
mutation Revoke($id: ID!) {
  revokeApiKey(id: $id) { ... on ApiKeyRevoked { id } ... on Refusal { code message } }
}
"""
SET = """
mutation Set($settings: SettingsInput!) {
  updateSettings(settings: $settings) {
    ... on AccountSettings { freshnessDays language reviewSentencesMin reviewSentencesMax }
    ... on Refusal { code fields { name value } }
  }
}
"""


def signed_up(house: House, email: str) -> Person:
    answer = house.nobody.asks(SIGN_UP, email=email, password=PASSWORD)["signUp"]
    return Person(http=house.http, token=answer["token"])


def test_a_stranger_signs_up_and_comes_back(house: House) -> None:
    first = house.nobody.asks(SIGN_UP, email=" New@Example.org ", password=PASSWORD)["signUp"]
    assert first["me"] == {
        "id": first["me"]["id"],
        "email": "new@example.org",
        "isAdministrator": False,
        "plan": "FREE",
    }
    again = house.nobody.asks(SIGN_IN, email="new@example.org", password=PASSWORD)["signIn"]
    tokens = {Token(answer["token"]) for answer in (first, again)}
    assert [token.kind for token in tokens] == [TokenKind.SESSION] * 2
    for token in tokens:
        person = Person(http=house.http, token=token.text)
        assert person.asks(ME)["me"]["email"] == "new@example.org"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(house: House) -> None:
    signed_up(house, "known@example.org")
    answers = [
        house.nobody.posts(SIGN_IN, email=email, password=WRONG).text
        for email in ("known@example.org", "unknown@example.org", "no address", "@" * 5_000)
    ]
    assert len(set(answers)) == 1
    assert "sign_in_refused" in answers[0]


def test_a_refusal_is_told_in_the_readers_language(house: House) -> None:
    """R-901."""
    reader = Person(http=house.http, language="ru")
    answer = reader.asks(SIGN_UP, email="ru@example.org", password=WRONG[:5])["signUp"]
    assert answer["code"] == "invalid_password"
    assert re.search("[а-я]", answer["message"])


def test_guessing_is_slowed_down(house: House) -> None:
    signed_up(house, "guessed@example.org")
    for _ in range(10):
        house.nobody.asks(SIGN_IN, email="guessed@example.org", password=WRONG)
    answer = house.nobody.asks(SIGN_IN, email="guessed@example.org", password=PASSWORD)["signIn"]
    assert answer["code"] == "too_many_attempts"
    assert [field["name"] for field in answer["fields"]] == ["free_at"]


def test_signing_out_ends_the_session(house: House) -> None:
    person = signed_up(house, "leaving@example.org")
    assert person.asks(SIGN_OUT) == {"signOut": {"isSignedOut": True}}
    assert person.is_told(ME) == "unauthenticated"


def test_a_key_is_told_once_and_does_what_it_was_made_for(house: House) -> None:
    person = signed_up(house, "keys@example.org")
    made = person.asks(MAKE_KEY, name="statistics", scopes=["READ"])["createApiKey"]
    program = Person(http=house.http, token=made["token"])
    assert Token(made["token"]).kind is TokenKind.API_KEY
    listed = program.asks(ME)["me"]["apiKeys"]
    assert listed == [{"id": made["apiKey"]["id"], "name": "statistics", "scopes": ["READ"]}]
    assert program.is_told(SET, settings={"freshnessDays": 0}) == "forbidden"
    assert program.is_told(MAKE_KEY, name="more", scopes=["READ"]) == "forbidden"
    assert person.asks(REVOKE, id=made["apiKey"]["id"])["revokeApiKey"] == {
        "id": made["apiKey"]["id"]
    }
    assert program.is_told(ME) == "unauthenticated"


def test_a_key_that_makes_keys_makes_no_mightier_one(house: House) -> None:
    person = signed_up(house, "maker@example.org")
    made = person.asks(MAKE_KEY, name="maker", scopes=["ACCOUNT"])["createApiKey"]
    program = Person(http=house.http, token=made["token"])
    refused = program.asks(MAKE_KEY, name="x", scopes=["ACCOUNT", "RUN"])["createApiKey"]
    assert refused == {"code": "scope_missing"}
    less = program.asks(MAKE_KEY, name="x", scopes=["ACCOUNT"])["createApiKey"]
    assert less["apiKey"]["scopes"] == ["ACCOUNT"]


def test_anothers_key_is_as_unknown_as_nobodys(house: House) -> None:
    """R-902; hardening 59."""
    owner, other = signed_up(house, "owner@example.org"), signed_up(house, "other@example.org")
    key_id = owner.asks(MAKE_KEY, name="mine", scopes=["READ"])["createApiKey"]["apiKey"]["id"]
    answers = {other.posts(REVOKE, id=one).text for one in (key_id, "nobodys", "VXNlcjoxMjM")}
    assert len(answers) == 1
    assert "api_key_not_found" in answers.pop()
    node = "query Node($id: ID!) { node(id: $id) { id } }"
    assert other.asks(node, id=key_id) == {"node": None}
    assert owner.asks(node, id=key_id) == {"node": {"id": key_id}}
    owner_id = owner.asks(ME)["me"]["id"]
    assert other.asks(node, id=owner_id) == {"node": None}
    assert owner.asks(node, id=owner_id) == {"node": {"id": owner_id}}


def test_settings_are_changed_one_by_one(house: House) -> None:
    person = signed_up(house, "settings@example.org")
    assert person.asks(ME)["me"]["settings"] == {"freshnessDays": 3, "language": "RU"}
    person.asks(SET, settings={"freshnessDays": 0})
    changed = person.asks(SET, settings={"language": "EN", "reviewSentencesMin": 10})
    assert changed["updateSettings"] == {
        "freshnessDays": 0,
        "language": "EN",
        "reviewSentencesMin": 10,
        "reviewSentencesMax": 60,
    }
    refused = person.asks(SET, settings={"freshnessDays": 366})["updateSettings"]
    assert refused == {
        "code": "invalid_settings",
        "fields": [{"name": "setting", "value": "freshness_days"}],
    }


class Collected(logging.Handler):
    """Everything that anything logs, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[Collected]:
    collected = Collected()
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(collected)
        # At DEBUG, SQLAlchemy writes every row it reads: that is what one asks it for.
        is_sql = logger.name.startswith("sqlalchemy")
        logger.setLevel(logging.INFO if is_sql else logging.DEBUG)
    yield collected
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(collected)
        logger.setLevel(level)


CANARY, SECRET = "quokka", "numbat and wombat 1"


def test_no_address_password_or_token_is_logged(house: House, log: Collected) -> None:
    """R-706: neither where all goes well nor in a refusal, a wrong query or a wrong token."""
    email = f"{CANARY}@example.org"
    people = house.nobody
    token = people.asks(SIGN_UP, email=email, password=SECRET)["signUp"]["token"]
    people.asks(SIGN_UP, email=email, password=SECRET)
    people.asks(SIGN_IN, email=email, password=f"{SECRET}2")
    people.asks(SIGN_IN, email=f"{CANARY}2@example.org", password=SECRET)
    person = Person(http=house.http, token=token)
    made = person.asks(MAKE_KEY, name="mine", scopes=["READ"])["createApiKey"]
    program = Person(http=house.http, token=made["token"])
    program.is_told(SET, settings={"freshnessDays": 0})
    inline = f'mutation {{ signIn(email: "{email}", password: "{SECRET}") {{ nothing }} }}'
    people.is_told(inline)
    people.is_told(f'{{ me(email: "{email}") {{ id }} }}')
    program.is_told(
        f'mutation {{ saveProfile(name: "{SECRET}", components: []) {{ __typename }} }}'
    )
    Person(http=house.http, token=f"{token}x").is_told(ME)
    person.asks(SIGN_OUT)
    person.is_told(ME)
    written = "\n".join(log.lines)
    assert written
    hidden = (CANARY, SECRET, token, token[4:], made["token"][4:])
    assert [canary for canary in hidden if canary in written] == []
