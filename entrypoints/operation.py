"""How an installation is watched: its logs, its health, and whom it tells of runs."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from domain.webhook_address import AddressPolicy

HEALTH_PORT = "TRENDFLOW_HEALTH_PORT"


class LogFormat(StrEnum):
    """Lines for people, or one JSON object a line for a machine."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`health_port` is where a process without an API tells how it is; None: nowhere.

    `deliveries_kept` is how long it is known what a webhook was told, and whom a run calls back.
    `origins` are the front ends elsewhere whose pages may ask the API from a browser.
    """

    log_format: LogFormat = LogFormat.TEXT
    health_host: str = "127.0.0.1"
    health_port: int | None = None
    webhooks: AddressPolicy = AddressPolicy.HTTPS
    deliveries_kept: timedelta = timedelta(days=30)
    origins: tuple[str, ...] = ()
