"""Whose fault a failed write is: the row's, the database's, or a disk's that can't be trusted any more."""

from __future__ import annotations

from typing import Final

from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InterfaceError, ProgrammingError

# The database's complaints about one statement, not about itself.
_ONES_OWN: Final = (IntegrityError, DataError, ProgrammingError)


def is_the_databases(error: BaseException) -> bool:
    """Whether whatever is written next may fail as well."""
    return isinstance(error, DatabaseError | InterfaceError) and not isinstance(error, _ONES_OWN)


def is_past_trust(error: BaseException) -> bool:
    """Whether nobody knows what the disk holds now.

    After an fsync that failed the next one may succeed without having written anything. Only a new process,
    which reads the file anew, can tell. SHM is shared memory, which fails on a full disk and holds nothing.
    """
    name = str(getattr(getattr(error, "orig", error), "sqlite_errorname", ""))
    if name.startswith("SQLITE_IOERR"):
        return not name.startswith("SQLITE_IOERR_SHM")
    return name.startswith("SQLITE_CORRUPT") or name == "SQLITE_NOTADB"


def words(error: BaseException) -> str:
    """The driver's words, without the statement and its values."""
    return str(getattr(error, "orig", error))
