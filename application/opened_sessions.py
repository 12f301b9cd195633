"""Opening a session: what signing up and signing in end with."""

from dataclasses import dataclass
from uuid import uuid4

from application.ports.clock import Clock
from application.ports.randomness import Randomness
from application.ports.unit_of_work import UnitOfWork
from domain.session import Session, SessionId
from domain.token import RANDOM_BYTES, Token, TokenKind
from domain.user import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A user who has just signed in; the token is told here and never again."""

    user: User
    token: Token
    session: Session


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionMaker:
    """Makes sessions with tokens that nobody can foresee; `keep` stores one."""

    clock: Clock
    randomness: Randomness

    def __call__(self, user: User) -> Signed:
        token = Token.made(TokenKind.SESSION, self.randomness.draw(RANDOM_BYTES))
        session = Session.opened(
            SessionId(uuid4()),
            user_id=user.id,
            token_sha256=token.sha256,
            now=self.clock.now(),
        )
        return Signed(user=user, token=token, session=session)


def keep(work: UnitOfWork, signed: Signed) -> None:
    """Stores the session, once: a commit whose answer was lost is tried again."""
    if work.sessions.with_token(signed.session.token_sha256) is None:
        work.sessions.add(signed.session)
