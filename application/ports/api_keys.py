"""API keys of users' programs."""

from collections.abc import Sequence
from typing import Protocol

from domain.api_key import ApiKey, ApiKeyId
from domain.ledger import UserId


class ApiKeys(Protocol):
    """All keys that were not revoked, within one unit of work.

    Contract (tests/contracts/api_keys.py): `with_token` gives the key that was added with the
    digest, None once it was removed; `of` gives a user's own, the oldest first; to remove what is
    not the user's raises `ApiKeyNotFound`, whether another has it or nobody.
    """

    def add(self, key: ApiKey) -> None: ...

    def with_token(self, token_sha256: str) -> ApiKey | None: ...

    def of(self, user_id: UserId) -> Sequence[ApiKey]: ...

    def save(self, key: ApiKey) -> None:
        """Keeps when it was used; nothing else of it changes, and one that is gone stays gone."""
        ...

    def remove(self, key_id: ApiKeyId, *, user_id: UserId) -> None: ...
