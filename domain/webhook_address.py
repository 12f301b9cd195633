"""Where a webhook may go: addresses of the public internet, written so that nobody is misled.

A name is looked at here when it is registered; what it resolves to is looked at whenever something
is sent, for it may be another address every time (`is_allowed`).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from urllib.parse import SplitResult, urlsplit

from domain.errors import InvalidWebhookAddress
from domain.public_address import is_loopback, is_public

LENGTH_MAX = 2048


class AddressPolicy(StrEnum):
    """Whom an installation sends to: `https` in production; the others are for development.

    `http` also allows what is not encrypted, `local` that and this machine itself.
    """

    HTTPS = "https"
    HTTP = "http"
    LOCAL = "local"


DEFAULT_PORTS = {"https": 443, "http": 80}
_PORT_MIN = 1025
SERVICE_PORTS = frozenset(
    {
        *(1433, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 3659),
        *(4045, 4190, 4369, 5060, 5061, 5432, 5433, 5671, 5672, 5900, 5984, 6000, 6379, 6380),
        *(6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 7000, 7001, 8086, 8500, 8600),
        *(9000, 9042, 9092, 9160, 9200, 9300, 10080, 10250, 10255, 11211, 15672, 25672),
        *(26379, 27017, 27018, 27019, 50070, 61616),
    }
)
"""Ports on which databases, brokers and their like wait for words that a request may hold: those
above 1024 that WHATWG's Fetch standard calls bad, and those of a service's own neighbours."""

_SPOKEN = re.compile(r"[!-\[\]-~]+", re.ASCII)  # printable ASCII without space and backslash
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_PRIVATE_NAMES = ("localhost", "local", "internal", "localdomain", "home.arpa", "onion", "test")
_NAME_LENGTH_MAX = 253


@dataclass(frozen=True, slots=True)
class WebhookAddress:
    """One checked address: `url` as it is shown and called, and its parts."""

    url: str
    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, given: str, *, policy: AddressPolicy = AddressPolicy.HTTPS) -> "WebhookAddress":
        """Raises InvalidWebhookAddress with the `detail` of what is wrong; the text is not shown.

        A host in other letters than ASCII is refused: two names may look alike in them. Its
        punycode (`xn--…`) is accepted, and shown as it is.
        """
        if len(given) > LENGTH_MAX:
            raise _refused("too_long")
        if not _SPOKEN.fullmatch(given):
            # Before it is split: `urlsplit` leaves out line breaks without a word.
            raise _refused("not_plain")
        try:
            parts = urlsplit(given)
            port = parts.port
        except ValueError:
            raise _refused("malformed") from None
        scheme = _scheme(parts, policy)
        if "@" in parts.netloc:
            raise _refused("userinfo")
        if "#" in given:
            raise _refused("fragment")
        number = DEFAULT_PORTS[scheme] if port is None else port
        if not _port_fits(number, scheme):
            raise _refused("port")
        host = _host(parts.hostname or "", policy)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return cls(f"{scheme}://{_netloc(host, number, scheme)}{path}", scheme, host, number)


def is_allowed(address: str, *, policy: AddressPolicy) -> bool:
    """Whether a resolved address may be connected to; ValueError for what is no address."""
    return is_public(address) or (policy is AddressPolicy.LOCAL and is_loopback(address))


def _refused(detail: str) -> InvalidWebhookAddress:
    return InvalidWebhookAddress(f"the address cannot be used: {detail}", detail=detail)


def _scheme(parts: SplitResult, policy: AddressPolicy) -> str:
    allowed = {"https"} if policy is AddressPolicy.HTTPS else {"https", "http"}
    if parts.scheme not in allowed:
        raise _refused("scheme")
    return parts.scheme


def _port_fits(port: int, scheme: str) -> bool:
    return port == DEFAULT_PORTS[scheme] or (port >= _PORT_MIN and port not in SERVICE_PORTS)


def _host(host: str, policy: AddressPolicy) -> str:
    literal = _literal(host)
    if literal is not None:
        if not is_allowed(literal, policy=policy):
            raise _refused("not_public")
        return literal
    name = host.removesuffix(".")
    labels = name.split(".")
    # A name that ends in a number is an address in one of the old spellings (2130706433, 0x7f.1).
    if not all(map(_LABEL.fullmatch, labels)) or _NUMBER.fullmatch(labels[-1]):
        raise _refused("host")
    if len(name) > _NAME_LENGTH_MAX:
        raise _refused("host")
    if policy is AddressPolicy.LOCAL and name == "localhost":
        return name
    if len(labels) == 1 or any(name.endswith(f".{private}") for private in _PRIVATE_NAMES):
        raise _refused("not_public")
    return name


def _literal(host: str) -> str | None:
    """The one spelling of an address written as such; None for a name."""
    try:
        return str(ip_address(host))
    except ValueError:
        return None


def _netloc(host: str, port: int, scheme: str) -> str:
    literal = _literal(host)
    is_six = literal is not None and isinstance(ip_address(literal), IPv6Address)
    shown = f"[{host}]" if is_six else host
    return shown if port == DEFAULT_PORTS[scheme] else f"{shown}:{port}"
