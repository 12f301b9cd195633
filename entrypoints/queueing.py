"""Which broker carries runs to workers on other machines, and how long they are gathered."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

URL, GATHERING, AUTHORITY, CERTIFICATE, KEY = (
    "TRENDFLOW_BROKER_URL",
    "TRENDFLOW_GATHERING_S",
    "TRENDFLOW_BROKER_CA",
    "TRENDFLOW_BROKER_CERTIFICATE",
    "TRENDFLOW_BROKER_KEY",
)
SETTINGS = frozenset({URL, GATHERING, AUTHORITY, CERTIFICATE, KEY})
GATHERING_USUAL_S = 5.0
GATHERING_MAX_S = 60.0

_SECONDS = re.compile(r"[0-9]{1,2}(\.[0-9]{1,3})?", re.ASCII)
_PORT_MAX = 65535


class InvalidQueue(Exception):
    """A setting of the queue cannot be, or lacks another; the word is its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Without a broker's URL the outbox itself is the queue. R-502: gathered for 5 to 10 s.

    R-904: `authority` is whom to trust beside the system's own, `certificate` and `key` what to
    show to a broker that asks who comes.
    """

    broker_url: str | None = field(default=None, repr=False)
    gathering_s: float = GATHERING_USUAL_S
    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Queue":
        """Raises InvalidQueue with the name of the variable."""
        given = {name: environment.get(name, "").strip() for name in SETTINGS}
        url = given[URL]
        if url and not _is_broker(url):
            raise InvalidQueue(URL)
        for name in (GATHERING, AUTHORITY, CERTIFICATE, KEY):
            # Whatever is said of a broker that is not there is a mistake somewhere.
            if given[name] and not url:
                raise InvalidQueue(name)
        if bool(given[CERTIFICATE]) != bool(given[KEY]):
            raise InvalidQueue(KEY if given[CERTIFICATE] else CERTIFICATE)
        return cls(
            broker_url=url or None,
            gathering_s=_seconds(given[GATHERING]),
            authority=_file(AUTHORITY, given),
            certificate=_file(CERTIFICATE, given),
            key=_file(KEY, given),
        )


def _seconds(given: str) -> float:
    if not given:
        return GATHERING_USUAL_S
    if not _SECONDS.fullmatch(given) or float(given) > GATHERING_MAX_S:
        raise InvalidQueue(GATHERING)
    return float(given)


def _file(name: str, given: Mapping[str, str]) -> Path | None:
    if not given[name]:
        return None
    file = Path(given[name]).expanduser().absolute()
    is_encrypted = urlsplit(given[URL]).scheme == "amqps"
    if not (is_encrypted and file.is_file() and os.access(file, os.R_OK)):
        raise InvalidQueue(name)
    return file


def _is_broker(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    is_port = port is None or 0 < port <= _PORT_MAX
    return parts.scheme in {"amqp", "amqps"} and bool(parts.hostname) and is_port
