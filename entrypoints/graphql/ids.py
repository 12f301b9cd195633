"""Opaque global ids: the kind of a thing and its own id, in one word that nobody takes apart."""

import base64
import binascii
from collections.abc import Callable
from uuid import UUID

import strawberry

RUN = "Run"


def encode(kind: str, own: object) -> strawberry.ID:
    """The global id of a thing."""
    packed = base64.urlsafe_b64encode(f"{kind}:{own}".encode()).decode().rstrip("=")
    return strawberry.ID(packed)


def decode(text: str) -> tuple[str, str] | None:
    """Kind and own id; None for what no `encode` ever gave."""
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, ValueError):
        return None
    kind, colon, own = packed.partition(":")
    return (kind, own) if colon and encode(kind, own) == text else None


def uuid_in(text: str, *, kind: str, otherwise: Callable[[], Exception]) -> UUID:
    """The UUID inside a global id of this kind.

    Whatever else was given raises what `otherwise` makes: an id that cannot be is answered as one
    that is unknown.
    """
    found = decode(text)
    if found is not None and found[0] == kind:
        try:
            return UUID(found[1])
        except ValueError:
            pass
    raise otherwise()
