"""A refusal that the API told, as the rule that it is."""

from collections.abc import Mapping
from typing import Any

from domain.errors import DomainError, MetadataRequired


def refusal_of(told: Mapping[str, Any]) -> DomainError:
    """The refusal of the stable code, with the message and fields that were told."""
    fields = {field["name"]: field["value"] for field in told["fields"]}
    if told["code"] == f"{fields.get('field')}_required":
        return MetadataRequired(fields["field"])
    kind = _kinds(DomainError)[told["code"]]
    refusal = kind.__new__(kind)
    DomainError.__init__(refusal, told["message"], **fields)
    return refusal


def _kinds(kind: type[DomainError]) -> dict[str, type[DomainError]]:
    known = {child.code: child for child in kind.__subclasses__()}
    for child in kind.__subclasses__():
        known |= _kinds(child)
    return known
