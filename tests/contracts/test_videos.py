"""Every keeper of users' videos and of uploads against its one suite."""

import pytest
from sqlalchemy import Engine

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from tests.contracts.upload_sessions import UploadSessionsContract
from tests.contracts.videos import Units, VideosContract


class TestMemoryVideos(VideosContract, UploadSessionsContract):
    @pytest.fixture
    def units(self) -> Units:
        database = MemoryDatabase()
        return lambda: MemoryUnitOfWork(database)


class TestSqliteVideos(VideosContract, UploadSessionsContract):
    @pytest.fixture
    def units(self, sqlite_engine: Engine) -> Units:
        return lambda: SqlUnitOfWork(sqlite_engine)


class TestPostgresVideos(VideosContract, UploadSessionsContract):
    @pytest.fixture
    def units(self, postgres_engine: Engine) -> Units:
        return lambda: SqlUnitOfWork(postgres_engine)
