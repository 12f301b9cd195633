"""Revoking an API key: it works no longer, from now on."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from domain.api_key import ApiKeyId, Scope
from domain.caller import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeApiKey:
    """Takes a key of the caller's away; ApiKeyNotFound for another's and for nobody's."""

    unit_of_work: Callable[[], UnitOfWork]

    def __call__(self, caller: Caller, key_id: ApiKeyId) -> None:
        caller.require(Scope.ACCOUNT)
        with self.unit_of_work() as work:
            work.api_keys.remove(key_id, user_id=caller.user.id)
            work.commit()
