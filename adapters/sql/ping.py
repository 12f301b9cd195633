"""Whether the database answers at all."""

from sqlalchemy import Engine, select

from adapters.sql.engine import reading


def ping(engine: Engine) -> None:
    """Raises DatabaseUnavailable when it does not; waits for nobody's write."""
    with reading(engine).connect() as connection:
        connection.execute(select(1))
