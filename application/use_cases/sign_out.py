"""Signing out: the session ends at once, or every session of the user's."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.caller import Caller
from domain.errors import Unauthenticated


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOut:
    """Ends the caller's session; Unauthenticated for a key, which has none and is revoked."""

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying

    def __call__(self, caller: Caller, *, everywhere: bool = False) -> None:
        session_id = caller.session_id
        if session_id is None:
            raise Unauthenticated("no session")

        def unit() -> None:
            with self.unit_of_work() as work:
                if everywhere:
                    work.sessions.remove_of(caller.user.id)
                else:
                    work.sessions.remove(session_id)
                work.commit()

        self.retrying(unit)
