"""Passwords, sessions, API keys and attempts to sign in, in memory."""

from collections.abc import Sequence
from datetime import datetime

from adapters.memory.database import Kept
from domain.api_key import ApiKey, ApiKeyId
from domain.errors import ApiKeyNotFound
from domain.ledger import UserId
from domain.session import Session, SessionId


class MemoryCredentials:
    """Hashes in a dictionary (port `Credentials`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def set(self, user_id: UserId, password_hash: str) -> None:
        self._kept.credentials[user_id] = password_hash

    def of(self, user_id: UserId) -> str | None:
        return self._kept.credentials.get(user_id)


class MemorySessions:
    """Sessions in a dictionary (port `Sessions`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def add(self, session: Session) -> None:
        self._kept.sessions[session.id] = session

    def with_token(self, token_sha256: str) -> Session | None:
        for session in self._kept.sessions.values():
            if session.token_sha256 == token_sha256:
                return session
        return None

    def save(self, session: Session) -> None:
        if session.id in self._kept.sessions:
            self._kept.sessions[session.id] = session

    def remove(self, session_id: SessionId) -> None:
        self._kept.sessions.pop(session_id, None)

    def remove_of(self, user_id: UserId) -> None:
        for session in list(self._kept.sessions.values()):
            if session.user_id == user_id:
                del self._kept.sessions[session.id]

    def expire(self, by: datetime) -> int:
        ended = [one.id for one in self._kept.sessions.values() if not one.is_live(by)]
        for session_id in ended:
            del self._kept.sessions[session_id]
        return len(ended)


class MemoryApiKeys:
    """Keys in a dictionary (port `ApiKeys`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def add(self, key: ApiKey) -> None:
        self._kept.api_keys[key.id] = key

    def with_token(self, token_sha256: str) -> ApiKey | None:
        for key in self._kept.api_keys.values():
            if key.token_sha256 == token_sha256:
                return key
        return None

    def of(self, user_id: UserId) -> Sequence[ApiKey]:
        own = [key for key in self._kept.api_keys.values() if key.user_id == user_id]
        return sorted(own, key=lambda key: (key.created_at, key.id))

    def save(self, key: ApiKey) -> None:
        if key.id in self._kept.api_keys:
            self._kept.api_keys[key.id] = key

    def remove(self, key_id: ApiKeyId, *, user_id: UserId) -> None:
        key = self._kept.api_keys.get(key_id)
        if key is None or key.user_id != user_id:
            raise ApiKeyNotFound("no key of this user has this id")
        del self._kept.api_keys[key_id]


class MemorySignInAttempts:
    """Attempts in a list (port `SignInAttempts`); the one turn of the database keeps others out."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def since(self, email_sha256: str, moment: datetime) -> Sequence[datetime]:
        own = (at for digest, at in self._kept.sign_in_attempts if digest == email_sha256)
        return sorted(at for at in own if at > moment)

    def add(self, email_sha256: str, at: datetime) -> None:
        self._kept.sign_in_attempts.append((email_sha256, at))

    def forget(self, email_sha256: str) -> None:
        self._kept.sign_in_attempts[:] = [
            (digest, at) for digest, at in self._kept.sign_in_attempts if digest != email_sha256
        ]

    def expire(self, by: datetime) -> int:
        before = len(self._kept.sign_in_attempts)
        self._kept.sign_in_attempts[:] = [
            (digest, at) for digest, at in self._kept.sign_in_attempts if at > by
        ]
        return before - len(self._kept.sign_in_attempts)
