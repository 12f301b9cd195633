"""Installations for tests of the API."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from entrypoints.api import application
from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.graphql.house import House
from tests.servers.web import served


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Yield an installation that shows its schema, as on one's own machine."""
    folder = tmp_path_factory.mktemp("house")
    container = Container(settings=Settings.read({}, data_dir=folder))
    yield from _open(container, is_open=True)


@pytest.fixture(scope="module")
def closed_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Yield an installation as in production."""
    folder = tmp_path_factory.mktemp("closed")
    container = Container(settings=Settings.read({}, data_dir=Path(folder)))
    yield from _open(container, is_open=False)


def _open(container: Container, *, is_open: bool) -> Iterator[House]:
    container.migrate()
    container.seed_prices()()
    with (
        served(application(container, is_open=is_open)) as url,
        httpx.Client(base_url=url, timeout=30) as http,
    ):
        yield House(container=container, http=http)
    container.engine().dispose()
