"""Technical errors of the API: a closed list of codes, and nothing of what went wrong inside."""

import logging
from collections.abc import Iterator
from enum import StrEnum

from graphql import GraphQLError
from strawberry.extensions import SchemaExtension
from strawberry.types.execution import ExecutionResult, StreamExecutionResult

from application.errors import AdapterError
from application.origins import origin_of
from domain.errors import DomainError, NotAdministrator, ScopeMissing, Unauthenticated

_log = logging.getLogger(__name__)


class Failing(StrEnum):
    """Every `extensions.code` that an error of the API may have."""

    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    INVALID_QUERY = "invalid_query"
    UNAVAILABLE = "unavailable"
    INTERNAL_ERROR = "internal_error"


_TOLD: dict[type[DomainError], Failing] = {
    Unauthenticated: Failing.UNAUTHENTICATED,
    ScopeMissing: Failing.FORBIDDEN,
    NotAdministrator: Failing.FORBIDDEN,
}
"""Refusals that are about who asks, not about what: errors of the whole request."""


class CodedErrors(SchemaExtension):
    """Gives every error its code; what is not for the asker's eyes becomes one plain sentence."""

    def on_operation(self) -> Iterator[None]:
        yield
        result = self.execution_context.result
        if isinstance(result, ExecutionResult) and result.errors:
            result.errors = [coded(error) for error in result.errors]

    def on_stream_result(self, result: StreamExecutionResult) -> Iterator[None]:
        if isinstance(result, ExecutionResult) and result.errors:
            result.errors = [coded(error) for error in result.errors]
        yield


def coded(error: GraphQLError) -> GraphQLError:
    """The error as it leaves us: with a code of the closed list, and without its insides."""
    original = error.original_error
    if original is None:
        return _located(error, error.message, Failing.INVALID_QUERY)
    for kind, code in _TOLD.items():
        if isinstance(original, kind):
            return _located(error, str(original), code)
    if isinstance(original, AdapterError):
        return _located(error, "Not available at the moment; try again.", Failing.UNAVAILABLE)
    # The message of a bug may hold anything, also what a person wrote: where it is says enough.
    _log.error("api.bug error=%s at=%s", type(original).__name__, origin_of(original))
    return _located(error, "This is our mistake; it has been noted.", Failing.INTERNAL_ERROR)


def _located(error: GraphQLError, message: str, code: Failing) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions={"code": str(code)},
    )
