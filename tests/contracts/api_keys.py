"""What every adapter of the port `ApiKeys` keeps to."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from domain.api_key import ApiKey, ApiKeyId, Scope
from domain.errors import ApiKeyNotFound
from domain.user import User
from tests.contracts.users import NOW, Units, a_user


def a_key(user: User, token_sha256: str = "ab" * 32, *, created_at: datetime = NOW) -> ApiKey:
    return ApiKey(
        id=ApiKeyId(uuid4()),
        user_id=user.id,
        name="моя статистика",
        scopes=frozenset({Scope.READ, Scope.RUN}),
        token_sha256=token_sha256,
        created_at=created_at,
    )


class ApiKeysContract:
    """A subclass gives the fixture `units`."""

    def test_a_key_is_found_by_the_digest_of_its_token(self, units: Units) -> None:
        anna = a_user()
        key = a_key(anna)
        with units() as work:
            work.users.add(anna)
            work.api_keys.add(key)
            work.commit()
        with units() as work:
            assert work.api_keys.with_token("ab" * 32) == key
            assert work.api_keys.with_token("cd" * 32) is None

    def test_a_user_sees_only_their_own_the_oldest_first(self, units: Units) -> None:
        """R-902."""
        anna, boris = a_user("anna"), a_user("boris")
        later = a_key(anna, "aa" * 32, created_at=NOW + timedelta(days=1))
        earlier, his = a_key(anna, "bb" * 32), a_key(boris, "cc" * 32)
        with units() as work:
            for user in (anna, boris):
                work.users.add(user)
            for key in (later, earlier, his):
                work.api_keys.add(key)
            work.commit()
        with units() as work:
            assert list(work.api_keys.of(anna.id)) == [earlier, later]
            assert list(work.api_keys.of(boris.id)) == [his]

    def test_a_use_is_kept(self, units: Units) -> None:
        anna = a_user()
        key = a_key(anna)
        used = replace(key, used_at=NOW + timedelta(hours=2))
        with units() as work:
            work.users.add(anna)
            work.api_keys.add(key)
            work.api_keys.save(used)
            work.commit()
        with units() as work:
            assert work.api_keys.with_token(key.token_sha256) == used != key

    def test_a_removed_key_is_gone_and_stays_so(self, units: Units) -> None:
        anna = a_user()
        key = a_key(anna)
        with units() as work:
            work.users.add(anna)
            work.api_keys.add(key)
            work.commit()
        with units() as work:
            work.api_keys.remove(key.id, user_id=anna.id)
            work.api_keys.save(key.used(NOW))
            work.commit()
        with units() as work:
            assert work.api_keys.with_token(key.token_sha256) is None
            with pytest.raises(ApiKeyNotFound):
                work.api_keys.remove(key.id, user_id=anna.id)

    def test_another_users_key_is_nobodys(self, units: Units) -> None:
        """R-902: the same answer as for an id that nobody has, and the key stays."""
        anna, boris = a_user("anna"), a_user("boris")
        key = a_key(anna)
        with units() as work:
            work.users.add(anna)
            work.users.add(boris)
            work.api_keys.add(key)
            work.commit()
        answers = []
        for key_id in (key.id, ApiKeyId(uuid4())):
            with units() as work, pytest.raises(ApiKeyNotFound) as refused:
                work.api_keys.remove(key_id, user_id=boris.id)
            answers.append(str(refused.value))
        assert answers[0] == answers[1]
        with units() as work:
            assert list(work.api_keys.of(anna.id)) == [key]
