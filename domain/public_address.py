"""Which internet addresses are public: those that anybody may be sent to by a stranger's word.

Python's own `is_global` changes between releases and calls some translations public through which
a private address is reached (64:ff9b::/96), so the lists stand here.
Sources: IANA's registries of special-purpose IPv4 and IPv6 addresses (RFC 6890 and its successors).
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by the customers of a provider
        "127.0.0.0/8",  # this machine
        "169.254.0.0/16",  # link-local; clouds answer here with credentials
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
_GIVEN_OUT_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo among them: an IPv4 address in disguise
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",  # documentation
    )
)


def is_public(address: str) -> bool:
    """Whether an address, spelled as a resolver spells it, is one of the public internet.

    An IPv4 address inside an IPv6 one is never public, whatever it is; nor is what has a zone.
    ValueError for what is no address.
    """
    found = ip_address(address)
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _NOT_PUBLIC_4)
    return _is_public_6(found)


def is_loopback(address: str) -> bool:
    """Whether an address is this machine's own; ValueError for what is no address."""
    return ip_address(address).is_loopback


def _is_public_6(found: IPv6Address) -> bool:
    # What is not given out to anybody (mapped, translated, local, reserved) is outside 2000::/3.
    if found.scope_id is not None or found not in _GIVEN_OUT_6:
        return False
    return not any(found in network for network in _NOT_PUBLIC_6)
