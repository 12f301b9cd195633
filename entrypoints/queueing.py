"""Which broker carries runs to workers on other machines, and how long they are gathered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

URL, GATHERING = "TRENDFLOW_BROKER_URL", "TRENDFLOW_GATHERING_S"
SETTINGS = frozenset({URL, GATHERING})
GATHERING_USUAL_S = 5.0
GATHERING_MAX_S = 60.0

_SECONDS = re.compile(r"[0-9]{1,2}(\.[0-9]{1,3})?", re.ASCII)
_PORT_MAX = 65535


class InvalidQueue(Exception):
    """A setting of the queue cannot be; the word is its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Without a broker's URL the outbox itself is the queue. R-502: gathered for 5 to 10 s."""

    broker_url: str | None = field(default=None, repr=False)
    gathering_s: float = GATHERING_USUAL_S

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Queue":
        """Raises InvalidQueue with the name of the variable."""
        url = environment.get(URL, "").strip()
        if url and not _is_broker(url):
            raise InvalidQueue(URL)
        given = environment.get(GATHERING, "").strip()
        if not given:
            return cls(broker_url=url or None)
        # Gathering for a broker that is not there is a mistake somewhere.
        if not url or not _SECONDS.fullmatch(given) or float(given) > GATHERING_MAX_S:
            raise InvalidQueue(GATHERING)
        return cls(broker_url=url, gathering_s=float(given))


def _is_broker(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    is_port = port is None or 0 < port <= _PORT_MAX
    return parts.scheme in {"amqp", "amqps"} and bool(parts.hostname) and is_port
