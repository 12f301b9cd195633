"""Pages of other origins may ask where the installation names them, and nowhere else."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from entrypoints.api import application
from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.servers.web import served

OURS, STRANGERS = "https://app.example.org", "https://evil.example.org"
ASKED = {"Access-Control-Request-Method": "POST"}
ASKED |= {"Access-Control-Request-Headers": "authorization,content-type"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    environment = {"TRENDFLOW_ORIGINS": OURS}
    settings = Settings.read(environment, data_dir=tmp_path_factory.mktemp("origins"))
    container = Container(settings=settings)
    container.migrate()
    with served(application(container, is_open=False)) as address:
        yield address
    container.engine().dispose()


def test_a_page_that_is_named_may_ask(url: str) -> None:
    before = httpx.options(f"{url}/graphql", headers={"Origin": OURS, **ASKED})
    assert before.status_code == httpx.codes.OK
    assert before.headers["access-control-allow-origin"] == OURS
    asked = {"query": "{ __typename }"}
    answer = httpx.post(f"{url}/graphql", json=asked, headers={"Origin": OURS})
    assert answer.headers["access-control-allow-origin"] == OURS


def test_a_strangers_page_may_not(url: str) -> None:
    before = httpx.options(f"{url}/graphql", headers={"Origin": STRANGERS, **ASKED})
    assert before.status_code == httpx.codes.BAD_REQUEST
    assert "access-control-allow-origin" not in before.headers


def test_where_none_is_named_no_page_elsewhere_may(tmp_path: Path) -> None:
    container = Container(settings=Settings.read({}, data_dir=tmp_path))
    container.migrate()
    with served(application(container, is_open=False)) as address:
        before = httpx.options(f"{address}/graphql", headers={"Origin": OURS, **ASKED})
    assert "access-control-allow-origin" not in before.headers
    container.engine().dispose()


def test_a_websocket_is_opened_for_named_pages_only(url: str) -> None:
    address = f"{url.replace('http', 'ws')}/graphql"
    protocols = [Subprotocol("graphql-transport-ws")]
    with connect(address, subprotocols=protocols, origin=Origin(OURS)) as socket:
        assert socket.subprotocol == "graphql-transport-ws"
    with pytest.raises(InvalidStatus):
        connect(address, subprotocols=protocols, origin=Origin(STRANGERS))
