"""Technical errors of the API: a closed list of codes, and nothing of what went wrong inside."""

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from enum import StrEnum
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.types.execution import ExecutionContext

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


class CodedSchema(strawberry.Schema):
    """Gives every error its code; what is not for the asker's eyes becomes one plain sentence.

    Done where results leave the schema, because an error of parsing passes every extension by.
    """

    async def execute(self, *given: Any, **named: Any) -> Any:
        return _with_codes(await super().execute(*given, **named))

    async def stream(self, *given: Any, **named: Any) -> Any:
        return _stream(await super().stream(*given, **named))

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Logs nothing here: messages and traces may hold what a person wrote (R-706)."""


async def _stream(results: AsyncGenerator[Any, None]) -> AsyncGenerator[Any, None]:
    async with aclosing(results):
        async for result in results:
            yield _with_codes(result)


def _with_codes(result: Any) -> Any:
    if result.errors:
        result.errors = [coded(error) for error in result.errors]
    return result


def coded(error: GraphQLError) -> GraphQLError:
    """The error as it leaves us: with a code of the closed list, and without its insides."""
    original = error.original_error
    if original is None or isinstance(original, GraphQLError):
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
