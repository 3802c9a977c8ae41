"""The tables of what is known of callers, as the migrations make them."""

from pathlib import Path

from sqlalchemy import Connection, inspect

from cti_desktop.relay import caller_tables
from cti_desktop.relay.tables import metadata
from tests.helpers.relay_store import opened


def columns(connection: Connection) -> dict[str, set[str]]:
    """Every table's columns in a migrated store."""
    found = inspect(connection)
    return {name: {c["name"] for c in found.get_columns(name)} for name in found.get_table_names()}


def test_the_migrations_make_every_table_and_column(tmp_path: Path) -> None:
    """What the code names is what a new store has."""
    with opened(tmp_path) as store:
        made = store.read_now(columns)

    made.pop("alembic_version")
    assert caller_tables.interactions.name in made
    assert {t.name: {c.name for c in t.columns} for t in metadata.sorted_tables} == made


def test_history_is_found_by_number_and_time(tmp_path: Path) -> None:
    """The index that keeps a million calls quick is there."""
    with opened(tmp_path) as store:
        indexes = store.read_now(lambda c: inspect(c).get_indexes("interactions"))

    assert ["number", "at"] in [index["column_names"] for index in indexes]
