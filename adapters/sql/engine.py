"""Connections to the database, set up alike whoever asks for them."""

import json
import re
import sqlite3
from functools import partial
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from application.errors import AdapterError, ResourceExhausted

BUSY_TIMEOUT_S = 30.0
STATEMENT_TIMEOUT_S = 60.0
CONNECT_TIMEOUT_S = 10
CONNECTIONS_KEPT, CONNECTIONS_MAX = 5, 50
"""More than a process has threads that ask: they queue for the database, not for each other."""

_READING = "trendflow_reading"
_SQLITE_FILE = "sqlite:///"
_SQLITE_FAILURES = re.compile("SQLITE_(BUSY|LOCKED|IOERR|CANTOPEN|READONLY|PROTOCOL|NOMEM)")
_NO_ROOM = {"SQLITE_FULL", "53100", "53200"}
"""The last two are disk_full and out_of_memory of PostgreSQL's appendix A."""


class DatabaseUnavailable(AdapterError):
    """The database did not answer, or was too busy for too long."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="database_unavailable", retryable=True)


def connect(database_url: str, *, busy_timeout_s: float = BUSY_TIMEOUT_S) -> Engine:
    """An engine for `sqlite:///file` or `postgresql://…`; ValueError for another database.

    Nothing is opened yet. Who waits longer than `busy_timeout_s` for another's lock fails.
    What is stored stands in no log and in no message of an error (R-706).
    Failures of the database come as `DatabaseUnavailable`, a full disk as `ResourceExhausted`;
    everything else is a mistake of ours and stays what it is.
    """
    # All of a SQLite address is the file's path: a folder's name may hold `?`, `#` and `%`.
    file = database_url.removeprefix(_SQLITE_FILE)
    is_file = file != database_url
    url = URL.create("sqlite", database=file) if is_file else make_url(database_url)
    match url.get_backend_name():
        case "sqlite":
            engine = _sqlite(url, busy_timeout_s)
        case "postgresql":
            engine = _postgres(url, busy_timeout_s)
        case other:
            raise ValueError(f"no database of this kind is supported: {other}")
    event.listen(engine, "handle_error", _translate)
    return engine


def connected(engine: Engine) -> Connection:
    """A connection of the pool; DatabaseUnavailable when all are in use for too long."""
    try:
        return engine.connect()
    except PoolTimeout as error:
        raise DatabaseUnavailable("every connection is in use") from error


def reading(engine: Engine) -> Engine:
    """The same database for transactions that only read: in SQLite they keep no writer waiting."""
    return engine.execution_options(**{_READING: True})


def _sqlite(url: URL, busy_timeout_s: float) -> Engine:
    engine = create_engine(
        url,
        json_serializer=_strict_json,
        hide_parameters=True,
        pool_size=CONNECTIONS_KEPT,
        max_overflow=CONNECTIONS_MAX - CONNECTIONS_KEPT,
        # The driver must not begin or end transactions by itself: `_begin_immediate` does.
        connect_args={"isolation_level": None, "timeout": busy_timeout_s},
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _postgres(url: URL, busy_timeout_s: float) -> Engine:
    limits = {"lock_timeout": busy_timeout_s, "statement_timeout": STATEMENT_TIMEOUT_S}
    options = " ".join(f"-c {name}={round(1000 * limit)}" for name, limit in limits.items())
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        json_serializer=_strict_json,
        hide_parameters=True,
        pool_size=CONNECTIONS_KEPT,
        max_overflow=CONNECTIONS_MAX - CONNECTIONS_KEPT,
        pool_pre_ping=True,
        connect_args={"options": options, "connect_timeout": CONNECT_TIMEOUT_S},
    )


def _set_up_sqlite(connection: Any, record: Any) -> None:
    """WAL, so that a reader outside a unit of work never waits; FULL, so that a commit is kept.

    With NORMAL a power cut may take back the last commits. There are a few a component, each one
    sync of a file that is written from its end: less than a millisecond beside seconds of work.
    """
    del record
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    """One writer at a time from the first statement on.

    A transaction that reads before it takes the write lock cannot take it any more once another
    has written; a unit of work reads first, so it waits for its turn here. One that only reads
    (`reading`) waits for nobody.
    """
    is_reading = connection.get_execution_options().get(_READING, False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _translate(context: ExceptionContext) -> None:
    # A connection that turns out to be gone before it is used is replaced by the pool.
    if context.is_pre_ping and context.is_disconnect:
        return
    error, original = context.sqlalchemy_exception, context.original_exception
    if not isinstance(error, OperationalError | InterfaceError):
        return
    # The words of the driver may hold an address or a value; its codes do not.
    code = str(getattr(original, "sqlite_errorname", getattr(original, "sqlstate", "")) or "")
    if code in _NO_ROOM:
        raise ResourceExhausted(f"the database has no room left ({code})") from error
    # SQLite calls a mistake in a statement an OperationalError too: that one is ours.
    if isinstance(original, sqlite3.Error) and not _SQLITE_FAILURES.match(code):
        return
    raise DatabaseUnavailable(
        f"the database failed: {type(original).__name__} {code}".strip()
    ) from error


_strict_json = partial(json.dumps, allow_nan=False)
