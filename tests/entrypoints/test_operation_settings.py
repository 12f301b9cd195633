"""How an installation is watched is set by words and numbers that can be, and by nothing else."""

from pathlib import Path

import pytest

from domain.webhook_address import AddressPolicy
from entrypoints.operation import LogFormat, Operation
from entrypoints.settings import InvalidSetting, Settings


def read(**given: str) -> Operation:
    environment = {f"TRENDFLOW_{name}": value for name, value in given.items()}
    return Settings.read(environment, data_dir=Path("/nowhere")).operation


def test_without_settings_it_is_as_safe_as_it_can_be() -> None:
    usual = Operation(
        log_format=LogFormat.TEXT,
        health_host="127.0.0.1",
        health_port=None,
        webhooks=AddressPolicy.HTTPS,
    )
    assert read() == usual
    assert read(HEALTH_PORT=" ", LOG_FORMAT="", WEBHOOKS="", HEALTH_HOST="") == usual


def test_everything_can_be_set() -> None:
    assert read(
        HEALTH_PORT="9464", HEALTH_HOST="10.0.0.1", LOG_FORMAT="JSON", WEBHOOKS="local"
    ) == (
        Operation(
            log_format=LogFormat.JSON,
            health_host="10.0.0.1",
            health_port=9464,
            webhooks=AddressPolicy.LOCAL,
        )
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("HEALTH_PORT", port) for port in ("0", "65536", "-1", "x", "1.5", "٨٠", "080")),
        ("LOG_FORMAT", "xml"),
        ("WEBHOOKS", "everywhere"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(InvalidSetting, match=f"^TRENDFLOW_{name}$"):
        read(**{name: value})
