"""Column types and names that both databases must understand."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Dialect, Text
from sqlalchemy.engine import make_url
from sqlalchemy.schema import CreateTable

from cti_desktop.relay.tables import Moment, metadata

INDIA = timezone(timedelta(hours=5, minutes=30))


SQLITE: Dialect = make_url("sqlite://").get_dialect()()
POSTGRESQL: Dialect = make_url("postgresql://").get_dialect()()


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL])
def test_every_table_can_be_made_in_either_database(dialect: Dialect) -> None:
    """No type is one database's own."""
    for table in metadata.sorted_tables:
        assert table.name in str(CreateTable(table).compile(dialect=dialect))


def test_moments_are_kept_in_utc() -> None:
    """Whatever zone comes in, the same moment comes out, aware."""
    at = datetime(2026, 11, 20, 17, 30, tzinfo=INDIA)
    kept = Moment().process_bind_param(at, SQLITE)

    assert datetime(2026, 11, 20, 12, 0, tzinfo=UTC) == kept
    assert kept is not None
    assert at == Moment().process_result_value(kept.replace(tzinfo=None), SQLITE)
    assert at == Moment().process_result_value(at, POSTGRESQL)


def test_no_moment_stays_none() -> None:
    """NULL is NULL."""
    assert Moment().process_bind_param(None, SQLITE) is None
    assert Moment().process_result_value(None, SQLITE) is None


def test_naive_moments_are_our_bug() -> None:
    """A time without a zone is never guessed at."""
    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(datetime(2026, 11, 20, 12, 0), SQLITE)  # noqa: DTZ001 - the point


def test_foreign_texts_have_no_length() -> None:
    """A provider's over-long id must not fail on PostgreSQL only."""
    texts = [c.type for t in metadata.sorted_tables for c in t.columns if isinstance(c.type, Text)]

    assert {None} == {text.length for text in texts}
