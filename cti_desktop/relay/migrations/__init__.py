"""The schema's revisions, run by the store when it opens. There is no alembic.ini: call `upgrade`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import caller_tables

# The metadata of both rooms of tables: importing the second one completes it.
SCHEMA: Final = caller_tables.interactions.metadata

_FOLDER: Final = Path(__file__).parent


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the schema to `revision`. Raises `StorageError` if only a newer relay knows the store's."""
    current = MigrationContext.configure(connection).get_current_revision()
    if current == ScriptDirectory(str(_FOLDER)).get_current_head():
        return
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    try:
        command.upgrade(config, revision)
    except CommandError as error:
        raise StorageError(
            f"the store was written by a newer relay: update this one ({error})", code="newer"
        ) from error
