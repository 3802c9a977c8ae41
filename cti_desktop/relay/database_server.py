"""The store in PostgreSQL: engines, and the lock that lets one relay write. SQLite is in `store`."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import URL, Engine, NullPool, create_engine, event

from cti_desktop.core.errors import StorageError

# An advisory lock is a number that all who use a database agree on: "ctirelay", in ASCII.
_LOCK: Final = 0x637469_72656C61
_CONNECT_SECONDS: Final = 10


def engines(url: URL, readers: int) -> tuple[Engine, Engine]:
    """One that writes and one that reads, for a server at `url`."""
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    patience = {"connect_timeout": _CONNECT_SECONDS}
    writing = create_engine(url, poolclass=NullPool, connect_args=patience)
    event.listen(writing, "connect", _take_lock)
    reading = create_engine(url, pool_size=readers, pool_pre_ping=True, connect_args=patience)
    # One view for all statements of a transaction, as SQLite gives it.
    return writing, reading.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _take_lock(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's, SQLAlchemy's
    """The server frees it when the connection ends, however that happens."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK,))
        (taken,) = cursor.fetchone()
    connection.commit()
    if not taken:
        connection.close()
        raise StorageError("another relay uses this database", code="in_use")
