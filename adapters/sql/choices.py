"""What users have set and saved, in SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from adapters.sql.identity_tables import account_settings, profiles
from adapters.sql.rows import from_profile, to_profile
from domain.account_settings import AccountSettings, Language
from domain.errors import ProfileNotFound
from domain.ledger import UserId
from domain.profile import Profile


class SqlUserSettings:
    """Settings as rows (port `UserSettings`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, user_id: UserId) -> AccountSettings:
        query = select(account_settings).where(account_settings.c.user_id == user_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return AccountSettings()
        return AccountSettings(
            freshness_days=row.freshness_days,
            language=Language(row.language),
            review_sentences_min=row.review_sentences_min,
            review_sentences_max=row.review_sentences_max,
        )

    def save(self, user_id: UserId, settings: AccountSettings) -> None:
        new = {
            "freshness_days": settings.freshness_days,
            "language": str(settings.language),
            "review_sentences_min": settings.review_sentences_min,
            "review_sentences_max": settings.review_sentences_max,
        }
        self._connection.execute(
            _dialect(self._connection)
            .insert(account_settings)
            .values(user_id=user_id, **new)
            .on_conflict_do_update(index_elements=["user_id"], set_=new)
        )


class SqlSavedProfiles:
    """Profiles as rows (port `SavedProfiles`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, user_id: UserId, profile: Profile) -> None:
        new = {"content": from_profile(profile)}
        self._connection.execute(
            _dialect(self._connection)
            .insert(profiles)
            .values(user_id=user_id, name=profile.name, **new)
            .on_conflict_do_update(index_elements=["user_id", "name"], set_=new)
        )

    def named(self, user_id: UserId, name: str) -> Profile:
        query = select(profiles.c.content).where(*_is(user_id, name))
        content = self._connection.execute(query).scalar_one_or_none()
        if content is None:
            raise ProfileNotFound("no profile of this user has this name")
        return to_profile(content)

    def of(self, user_id: UserId) -> Sequence[Profile]:
        query = select(profiles.c.content).where(profiles.c.user_id == user_id)
        own = [to_profile(content) for content in self._connection.execute(query).scalars()]
        # Not by the database, whose order of letters depends on where it was made.
        return sorted(own, key=lambda profile: profile.name)

    def remove(self, user_id: UserId, name: str) -> None:
        own = delete(profiles).where(*_is(user_id, name))
        if self._connection.execute(own).rowcount != 1:
            raise ProfileNotFound("no profile of this user has this name")


def _is(user_id: UserId, name: str) -> tuple[Any, Any]:
    return profiles.c.user_id == user_id, profiles.c.name == name


def _dialect(connection: Connection) -> Any:
    return sqlite if connection.dialect.name == "sqlite" else postgresql
