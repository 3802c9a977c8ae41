"""The engines of a store in PostgreSQL; a real server is tried in tests/e2e/test_relay_on_postgresql.py."""

from sqlalchemy.engine import make_url

from cti_desktop.relay.database_server import engines


def test_a_bare_url_means_the_driver_that_is_installed() -> None:
    """Reads are of one consistent view and can't write; a driver that is named is used."""
    writing, reading = engines(make_url("postgresql://u@db/relay"), 2)

    assert (writing.driver, reading.driver) == ("psycopg", "psycopg")
    options = reading.get_execution_options()
    assert (options["isolation_level"], options["postgresql_readonly"]) == ("REPEATABLE READ", True)
    assert engines(make_url("postgresql+psycopg://u@db/relay"), 2)[0].driver == "psycopg"
