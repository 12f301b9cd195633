"""Every keeper of passwords, sessions, keys, attempts and choices against the one suite of each."""

import pytest
from sqlalchemy import Engine

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from tests.contracts.api_keys import ApiKeysContract
from tests.contracts.credentials import CredentialsContract
from tests.contracts.saved_profiles import SavedProfilesContract
from tests.contracts.sessions import SessionsContract
from tests.contracts.sign_in_attempts import SignInAttemptsContract
from tests.contracts.user_settings import UserSettingsContract
from tests.contracts.users import Units


class IdentityContract(
    CredentialsContract,
    SessionsContract,
    ApiKeysContract,
    SignInAttemptsContract,
    UserSettingsContract,
    SavedProfilesContract,
):
    """All of them: a subclass gives the fixture `units`."""


class TestMemoryIdentity(IdentityContract):
    @pytest.fixture
    def units(self) -> Units:
        database = MemoryDatabase()
        return lambda: MemoryUnitOfWork(database)


class TestSqliteIdentity(IdentityContract):
    @pytest.fixture
    def units(self, sqlite_engine: Engine) -> Units:
        return lambda: SqlUnitOfWork(sqlite_engine)


class TestPostgresIdentity(IdentityContract):
    @pytest.fixture
    def units(self, postgres_engine: Engine) -> Units:
        return lambda: SqlUnitOfWork(postgres_engine)
