"""What every resolver of one request shares: the installation, who asks, and in what language."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import strawberry
from starlette.concurrency import run_in_threadpool

from application.errors import AdapterError
from domain.api_key import Scope
from domain.caller import Caller
from domain.errors import DomainError, Unauthenticated
from domain.user import User
from entrypoints.container import Container
from entrypoints.graphql.refusal import Refusal
from entrypoints.graphql.shared_answers import SharedAnswers
from entrypoints.language import Language

Answer = TypeVar("Answer")


SIGNING_AT_ONCE = 4


def signing_turns() -> asyncio.Semaphore:
    """For those who sign in: hashing is slow on purpose, and would take every thread there is.

    Whoever has no turn yet waits in the event loop, where waiting keeps nobody else from an answer.
    """
    return asyncio.Semaphore(SIGNING_AT_ONCE)


@dataclass(slots=True, kw_only=True)
class Context:
    """One request, or one websocket. `connection_params` is what its client said at the start.

    `away` is what kept us from finding out who asks: told to whatever wants to know.

    Whoever asks for what their token does not allow gets a technical error, not a refusal.
    """

    container: Container = field(repr=False)
    language: Language = "en"
    known: Caller | None = None
    away: AdapterError | None = None
    token: str = field(default="", repr=False)
    connection_params: dict[str, Any] | None = field(default=None, repr=False)
    signing: asyncio.Semaphore = field(default_factory=signing_turns, repr=False)
    answers: SharedAnswers = field(default_factory=SharedAnswers, repr=False)

    async def know(self, token: str) -> None:
        """Finds out who asks; raises Unauthenticated for a token that is nobody's."""
        authenticate = self.container.authenticate()
        self.known = await asked(lambda: authenticate(token))
        self.token = token

    async def still_known(self) -> None:
        """Raises Unauthenticated when the session or key has ended meanwhile."""
        await self.know(self.token)

    @property
    def caller(self) -> Caller:
        """Who asks; raises Unauthenticated for nobody, AdapterError while nobody can tell."""
        if self.away is not None:
            raise self.away
        if self.known is None:
            raise Unauthenticated("sign in first")
        return self.known

    def reading(self) -> User:
        """The user, who may see what is theirs. Raises Unauthenticated, ScopeMissing."""
        return self._allowed(Scope.READ)

    def spending(self) -> User:
        """The user, who may add videos and start runs. Raises as `reading`."""
        return self._allowed(Scope.RUN)

    def of_account(self) -> User:
        """The user, who may change their account. Raises as `reading`."""
        return self._allowed(Scope.ACCOUNT)

    def administering(self) -> User:
        """An administrator. Raises Unauthenticated, NotAdministrator, ScopeMissing."""
        self.caller.require_administrator()
        return self.caller.user

    def _allowed(self, scope: Scope) -> User:
        self.caller.require(scope)
        return self.caller.user


Info = strawberry.Info[Context, None]


async def asked(act: Callable[[], Answer]) -> Answer:
    """What a use case or a query answers, asked beside the event loop, which it would block."""
    return await run_in_threadpool(act)


async def answered(info: Info, act: Callable[[], Answer]) -> Answer | Refusal:
    """The same, with a rule's no as data."""
    try:
        return await asked(act)
    except DomainError as refusal:
        info.context.container.counts().refused(refusal.code)
        return Refusal.of(refusal, info.context.language)
