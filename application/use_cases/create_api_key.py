"""Making an API key for a program of the user's."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import uuid4

from application.ports.clock import Clock
from application.ports.randomness import Randomness
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.api_key import API_KEYS_MAX, ApiKey, ApiKeyId, Scope
from domain.caller import Caller
from domain.errors import TooManyKept
from domain.token import RANDOM_BYTES, Token, TokenKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedKey:
    """A new key; its token is told here and never again."""

    key: ApiKey
    token: Token


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateApiKey:
    """Makes a key with some of the caller's own scopes; a key never makes a mightier one.

    Raises ScopeMissing, InvalidText for the name, TooManyKept.
    """

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying
    clock: Clock
    randomness: Randomness

    def __call__(self, caller: Caller, *, name: str, scopes: Collection[Scope]) -> CreatedKey:
        caller.require(Scope.ACCOUNT, *sorted(scopes))
        token = Token.made(TokenKind.API_KEY, self.randomness.draw(RANDOM_BYTES))
        key = ApiKey(
            id=ApiKeyId(uuid4()),
            user_id=caller.user.id,
            name=name,
            scopes=frozenset(scopes),
            token_sha256=token.sha256,
            created_at=self.clock.now(),
        )
        self.retrying(lambda: self._add(key))
        return CreatedKey(key=key, token=token)

    def _add(self, key: ApiKey) -> None:
        with self.unit_of_work() as work:
            work.users.lock(key.user_id)
            own = work.api_keys.of(key.user_id)
            if key.id in {one.id for one in own}:
                return
            if len(own) >= API_KEYS_MAX:
                raise TooManyKept(what="api_keys", limit=API_KEYS_MAX)
            work.api_keys.add(key)
            work.commit()
