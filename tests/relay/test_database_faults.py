"""Whose fault a failed write is."""

import sqlite3

import pytest
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError, ProgrammingError

from cti_desktop.relay import database_faults


def failed(kind: type[Exception], name: str = "") -> Exception:
    """An error as SQLAlchemy raises it."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = name
    return kind("INSERT …", {"number": "+919999900001"}, error)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (OperationalError, True),
        (InterfaceError, True),
        (IntegrityError, False),
        (DataError, False),
        (ProgrammingError, False),
        (KeyError, False),
    ],
)
def test_a_bad_row_is_its_own_fault(kind: type[Exception], *, expected: bool) -> None:
    """What else fails may fail for the next one as well; our bugs are nobody's."""
    assert expected == database_faults.is_the_databases(failed(kind))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SQLITE_IOERR_FSYNC", True),
        ("SQLITE_IOERR_WRITE", True),
        ("SQLITE_CORRUPT", True),
        ("SQLITE_CORRUPT_INDEX", True),
        ("SQLITE_NOTADB", True),
        ("SQLITE_FULL", False),
        ("SQLITE_BUSY", False),
        ("SQLITE_IOERR_SHMSIZE", False),
        ("", False),
    ],
)
def test_after_some_faults_the_file_cannot_be_trusted(name: str, *, expected: bool) -> None:
    """After those of which nobody knows what they left behind."""
    assert expected == database_faults.is_past_trust(failed(OperationalError, name))


def test_words_hold_no_values() -> None:
    """Nobody's number gets into a log."""
    assert "disk I/O error" == database_faults.words(failed(OperationalError))
