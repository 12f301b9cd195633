"""Telling who asks, by the token that they show."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.api_key import ApiKey
from domain.caller import ALL_SCOPES, Caller
from domain.errors import Unauthenticated
from domain.session import Session
from domain.token import Token, TokenKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Authenticate:
    """The user and scopes of a session's or an API key's token; else Unauthenticated.

    A use prolongs a session; it is written down at most once an hour. All other requests are read
    through `reading`, which keeps nobody waiting.
    """

    reading: Callable[[], UnitOfWork]
    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying
    clock: Clock

    def __call__(self, text: str) -> Caller:
        token = Token(text)
        if token.kind is TokenKind.API_KEY:
            return self.retrying(lambda: self._by_key(token))
        return self.retrying(lambda: self._by_session(token))

    def _by_session(self, token: Token) -> Caller:
        now = self.clock.now()
        with self.reading() as work:
            session = work.sessions.with_token(token.sha256)
            if session is None or not session.is_live(now):
                raise Unauthenticated("no session has this token")
            user = work.users.get(session.user_id)
        used = session.used(now)
        if used is not session:
            self._note(used)
        return Caller(user=user, scopes=ALL_SCOPES, session_id=session.id)

    def _by_key(self, token: Token) -> Caller:
        with self.reading() as work:
            key = work.api_keys.with_token(token.sha256)
            if key is None:
                raise Unauthenticated("no key has this token")
            user = work.users.get(key.user_id)
        used = key.used(self.clock.now())
        if used is not key:
            self._note(used)
        return Caller(user=user, scopes=key.scopes, api_key_id=key.id)

    def _note(self, used: Session | ApiKey) -> None:
        """What was revoked meanwhile stays so: a use brings nothing back."""
        with self.unit_of_work() as work:
            if isinstance(used, Session):
                work.sessions.save(used)
            else:
                work.api_keys.save(used)
            work.commit()
