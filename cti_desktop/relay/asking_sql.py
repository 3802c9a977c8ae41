"""Asks a database: one parameterised SELECT in a read-only transaction, on threads of its own."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from cti_desktop.core.errors import ConfigError
from cti_desktop.core.events import Contact
from cti_desktop.relay.answers import contact_of
from cti_desktop.relay.asking_http import NotAnswered, spellings
from cti_desktop.relay.lookup_sources import SqlLookup
from cti_desktop.relay.named_secrets import secret_of

_THREADS: Final = 2


class SqlDirectory:
    """One source. A question that hangs holds one of its threads, and nothing else."""

    def __init__(self, source: SqlLookup, region: str) -> None:
        """Raises `ConfigError` for an URL that can't be used; connects when first asked."""
        self.source = source
        self._region = region
        self._engine = _read_only(source)
        self._query = text(source.query.strip().rstrip(";"))
        self._parameters = set(self._query.compile().params)
        self._threads = ThreadPoolExecutor(_THREADS, f"lookup-{source.name}")

    async def ask(self, number: str) -> Contact | None:
        """Who has the number; None for nobody. Raises `NotAnswered`."""
        loop = asyncio.get_running_loop()
        try:
            row = await loop.run_in_executor(self._threads, self._row, number)
        except SQLAlchemyError as error:
            raise NotAnswered(f"the database refused ({type(error).__name__})") from None
        if row is None:
            return None
        return contact_of(row, self.source.read, self.source.name, number, self._region)

    async def close(self) -> None:
        """Let go of its connections. A question that hangs is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._engine.dispose()

    def _row(self, number: str) -> dict[str, object] | None:
        values = {k: v for k, v in spellings(number).items() if k in self._parameters}
        with self._engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA query_only = ON")
            found = connection.execute(self._query, values).mappings().first()
            connection.rollback()
            return {str(key): value for key, value in found.items()} if found is not None else None


def _read_only(source: SqlLookup) -> Engine:
    address = secret_of(source.url) if source.url.startswith(("env:", "keyring:")) else source.url
    try:
        url = make_url(address)
        options = {"postgresql_readonly": True} if url.get_backend_name() == "postgresql" else {}
        return create_engine(url, execution_options=options, pool_pre_ping=True, pool_size=_THREADS)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, TypeError) as error:
        where = f"lookups, source {source.name}"
        allowed = f"an SQLAlchemy URL of a driver that is installed ({type(error).__name__})"
        raise ConfigError(where=where, key="url", found="…", allowed=allowed) from None
