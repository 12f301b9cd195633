"""An installation with a secret takes payments; one without takes none."""

from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from domain.credits import Credits
from domain.ledger import LOCAL_USER
from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.payments.conftest import SECRET
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
    with pytest.raises(ValueError, match="secret"):
        installed(tmp_path).payment_webhook()
