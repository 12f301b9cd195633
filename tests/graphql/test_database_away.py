"""A database that is away: whoever asks is told so in the words of the API."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from adapters.memory.pauses import NoPauses
from application.retrying import Retrying
from domain.token import RANDOM_BYTES, Token, TokenKind
from entrypoints.api import application
from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.graphql.house import Person
from tests.servers.web import served

NOBODY_ANSWERS = "postgresql://name:word@127.0.0.1:1/none"


@pytest.fixture
def ann(tmp_path: Path) -> Iterator[Person]:
    """Yield somebody with a token that nobody can look up."""
    settings = Settings.read({"TRENDFLOW_DATABASE_URL": NOBODY_ANSWERS}, data_dir=tmp_path)
    container = Container(settings=settings)
    container.retrying.override(Retrying(NoPauses()))
    token = Token.made(TokenKind.SESSION, bytes(RANDOM_BYTES)).text
    with (
        served(application(container, is_open=False)) as url,
        httpx.Client(base_url=url, timeout=30) as http,
    ):
        yield Person(http=http, token=token)
    container.engine().dispose()


def test_who_asks_with_a_token_is_told_that_it_is_not_available(ann: Person) -> None:
    """And not that the token is wrong, which would have a front end throw it away."""
    assert ann.is_told("{ me { email } }") == "unavailable"


def test_what_anybody_may_ask_is_answered(ann: Person) -> None:
    assert ann.asks("{ components { name } }")["components"]
