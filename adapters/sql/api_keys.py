"""API keys in SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from adapters.sql.identity_tables import api_keys
from domain.api_key import ApiKey, ApiKeyId, Scope
from domain.errors import ApiKeyNotFound
from domain.ledger import UserId


class SqlApiKeys:
    """Keys as rows (port `ApiKeys`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, key: ApiKey) -> None:
        self._connection.execute(
            insert(api_keys).values(
                id=key.id,
                user_id=key.user_id,
                name=key.name,
                scopes=sorted(str(scope) for scope in key.scopes),
                token_sha256=key.token_sha256,
                created_at=key.created_at,
                used_at=key.used_at,
            )
        )

    def with_token(self, token_sha256: str) -> ApiKey | None:
        query = select(api_keys).where(api_keys.c.token_sha256 == token_sha256)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _key(row)

    def of(self, user_id: UserId) -> Sequence[ApiKey]:
        query = select(api_keys).where(api_keys.c.user_id == user_id)
        rows = self._connection.execute(query.order_by(api_keys.c.created_at, api_keys.c.id))
        return [_key(row) for row in rows]

    def save(self, key: ApiKey) -> None:
        self._connection.execute(
            update(api_keys).where(api_keys.c.id == key.id).values(used_at=key.used_at)
        )

    def remove(self, key_id: ApiKeyId, *, user_id: UserId) -> None:
        own = delete(api_keys).where(api_keys.c.id == key_id, api_keys.c.user_id == user_id)
        if self._connection.execute(own).rowcount != 1:
            raise ApiKeyNotFound("no key of this user has this id")


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=ApiKeyId(row.id),
        user_id=UserId(row.user_id),
        name=row.name,
        scopes=frozenset(Scope(scope) for scope in row.scopes),
        token_sha256=row.token_sha256,
        created_at=row.created_at,
        used_at=row.used_at,
    )
