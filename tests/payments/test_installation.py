"""An installation with a secret takes payments; one without takes none."""

from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from domain.credits import Credits
from domain.ledger import LOCAL_USER
from entrypoints.api import application
from entrypoints.container import Container
from entrypoints.http.payments import PLACE
from entrypoints.settings import Settings
from tests.payments.conftest import SECRET
from tests.servers.web import served as api
from tests.servers.webhooks import served


def installed(folder: Path, **environment: str) -> Container:
    return Container(settings=Settings.read(environment, data_dir=folder))


def test_a_user_tops_up_through_the_provider_on_this_machine(tmp_path: Path) -> None:
    """R-608, from the request to the balance, over real HTTP and a database in a file."""
    parts = installed(tmp_path, TRENDFLOW_PAYMENT_SECRET=SECRET)
    parts.migrate()
    with (
        served(parts.payment_webhook()) as url,
        parts.local_payments(webhook_url=url) as provider,
    ):
        start = parts.start_payment(provider=provider)
        place = start(LOCAL_USER, Credits.of("250.50"), key="one")
        target = urlsplit(place.url)
        for _ in range(2):
            page = HTTPConnection(target.netloc, timeout=10)
            page.request("POST", f"{target.path}/succeeded")
            assert page.getresponse().status == HTTPStatus.OK
            page.close()
    with parts.unit_of_work() as work:
        assert str(work.ledger.balance(LOCAL_USER).available) == "250.50"
    parts.engine().dispose()


def test_without_a_secret_no_webhook_is_mounted(tmp_path: Path) -> None:
    parts = installed(tmp_path)
    with pytest.raises(ValueError, match="secret"):
        parts.payment_webhook()
    parts.migrate()
    with api(application(parts, is_open=False)) as url:
        assert httpx.post(f"{url}{PLACE}", json={}).status_code == HTTPStatus.NOT_FOUND
    parts.engine().dispose()


def test_the_api_hears_of_payments(tmp_path: Path) -> None:
    """R-608: the provider tells the address that the service answers at."""
    parts = installed(tmp_path, TRENDFLOW_PAYMENT_SECRET=SECRET)
    parts.migrate()
    with (
        api(application(parts, is_open=False)) as url,
        parts.local_payments(webhook_url=f"{url}{PLACE}") as provider,
    ):
        place = parts.start_payment(provider=provider)(LOCAL_USER, Credits.of("99"), key="one")
        assert httpx.post(f"{place.url}/succeeded").status_code == HTTPStatus.OK
        forged = httpx.post(f"{url}{PLACE}", json={}, headers={"Webhook-Signature": "t=1,v1=0"})
        assert forged.status_code == HTTPStatus.UNAUTHORIZED
        long = httpx.post(f"{url}{PLACE}", json={"event": "x" * (17 << 10)})
        assert long.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        assert httpx.get(f"{url}{PLACE}").status_code == HTTPStatus.METHOD_NOT_ALLOWED
    with parts.unit_of_work() as work:
        assert str(work.ledger.balance(LOCAL_USER).available) == "99.00"
    parts.engine().dispose()
