"""A real database, asked read-only."""

import sqlite3
from pathlib import Path

import pytest

from cti_desktop.core.errors import ConfigError
from cti_desktop.core.events import Contact
from cti_desktop.relay.asking_http import NotAnswered
from cti_desktop.relay.asking_sql import SqlDirectory
from cti_desktop.relay.lookup_sources import Reading, SqlLookup

ONE, TWO = "+919999900001", "+919999900002"


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A CRM's database with one customer."""
    file = tmp_path / "crm.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE customers (name TEXT, phone TEXT)")
    connection.execute("INSERT INTO customers VALUES ('Asha', '9999900001')")
    connection.commit()
    connection.close()
    return f"sqlite:///{file.as_posix()}"


async def asked(url: str, query: str, number: str = ONE) -> Contact | None:
    """What the database says."""
    directory = SqlDirectory(SqlLookup(name="db", url=url, query=query, read=Reading("name")), "IN")
    try:
        return await directory.ask(number)
    finally:
        await directory.close()


async def test_a_row_is_a_contact(url: str) -> None:
    """By whichever spelling the query asks for."""
    query = "SELECT name FROM customers WHERE phone = :national"

    assert Contact(f"db:{ONE}", "Asha") == await asked(url, query)
    assert await asked(url, query, TWO) is None


async def test_it_can_not_write(url: str) -> None:
    """Not even by a query that came through the check."""
    with pytest.raises(NotAnswered, match="refused"):
        await asked(url, "DELETE FROM customers WHERE phone = :national RETURNING name")
    assert await asked(url, "SELECT name FROM customers WHERE phone = :national") is not None


async def test_a_query_that_fails(url: str) -> None:
    """Said without its text."""
    with pytest.raises(NotAnswered, match=r"refused \(OperationalError\)"):
        await asked(url, "SELECT name FROM nowhere WHERE phone = :number")


def test_a_driver_that_is_not_there() -> None:
    """Said at the start, without the password in the URL."""
    with pytest.raises(ConfigError, match="a driver that is installed") as error:
        SqlDirectory(SqlLookup(name="db", url="oracle+nix://u:pw@h/x", query="", read=Reading("name")), "IN")
    assert "pw" not in str(error.value)
