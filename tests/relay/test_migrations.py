"""What an older relay has stored is there after an update."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, text

from cti_desktop.relay import migrations


def test_streams_kept_by_agent_are_copied_whole(tmp_path: Path) -> None:
    """Revision 0008 lays events out by time: all are there, and each agent's have their numbers."""
    engine = create_engine(f"sqlite:///{tmp_path / 'relay.db'}")
    rows = [(agent, seq, f"2026-11-0{seq} 10:00:00") for agent in ("ann", "ben") for seq in (1, 2, 3)]
    with engine.begin() as connection:
        migrations.upgrade(connection, "0007")
        agent = text("INSERT INTO agents (id, name, created_at) VALUES (:id, :id, '2026-11-01')")
        connection.execute(agent, [{"id": "ann"}, {"id": "ben"}])
        event = text("INSERT INTO stream VALUES (:agent, :seq, 'call', :at, x'7b7d', 7)")
        connection.execute(event, [{"agent": agent, "seq": seq, "at": at} for agent, seq, at in rows])
    with engine.begin() as connection:
        migrations.upgrade(connection)
    engine.dispose()

    with closing(sqlite3.connect(tmp_path / "relay.db")) as after:
        found = after.execute(
            "SELECT agent_id, seq, received_at, body, crc FROM stream ORDER BY rowid"
        ).fetchall()
        [made] = after.execute("SELECT sql FROM sqlite_master WHERE name = 'stream'").fetchone()
    by_time = sorted(rows, key=lambda row: (row[2], row[0]))
    assert [(*row, b"{}", 7) for row in by_time] == found
    assert "WITHOUT ROWID" not in made
