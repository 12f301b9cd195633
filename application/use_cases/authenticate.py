"""Telling who asks, by the token that they show."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.caller import ALL_SCOPES, Caller
from domain.errors import Unauthenticated
from domain.token import Token, TokenKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Authenticate:
    """The user and scopes of a session's or an API key's token; else Unauthenticated.

    A use prolongs a session; it is written down at most once an hour.
    """

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying
    clock: Clock

    def __call__(self, text: str) -> Caller:
        token = Token(text)
        by_kind = self._by_key if token.kind is TokenKind.API_KEY else self._by_session

        def unit() -> Caller:
            with self.unit_of_work() as work:
                return by_kind(work, token)

        return self.retrying(unit)

    def _by_session(self, work: UnitOfWork, token: Token) -> Caller:
        now = self.clock.now()
        session = work.sessions.with_token(token.sha256)
        if session is None or not session.is_live(now):
            raise Unauthenticated("no session has this token")
        user = work.users.get(session.user_id)
        used = session.used(now)
        if used is not session:
            work.sessions.save(used)
            work.commit()
        return Caller(user=user, scopes=ALL_SCOPES, session_id=session.id)

    def _by_key(self, work: UnitOfWork, token: Token) -> Caller:
        key = work.api_keys.with_token(token.sha256)
        if key is None:
            raise Unauthenticated("no key has this token")
        user = work.users.get(key.user_id)
        used = key.used(self.clock.now())
        if used is not key:
            work.api_keys.save(used)
            work.commit()
        return Caller(user=user, scopes=key.scopes, api_key_id=key.id)
