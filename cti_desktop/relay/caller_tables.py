"""Tables of what is known of callers besides their contacts: history, promises, debts, other directories.

Part of the same schema as `tables`; a change here needs a revision in `migrations/`.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Integer, Table, Text

from cti_desktop.relay.tables import BIG_ID, Moment, agent_column, metadata

# What other directories said of a number, until it is asked again. `body` is a `core.events.Contact` as JSON,
# None where nobody knew it.
looked_up: Final = Table(
    "looked_up",
    metadata,
    Column("number", Text, primary_key=True),  # E.164
    Column("source", Text, nullable=False),
    Column("body", Text),
    Column("expires_at", Moment, nullable=False),
)

# One row per call that is over, for the caller's history. `result` is a `core.events.Result`.
interactions: Final = Table(
    "interactions",
    metadata,
    Column("call_id", Text, primary_key=True),
    Column("number", Text, nullable=False),  # E.164
    Column("at", Moment, nullable=False),
    Column("direction", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("agent_id", Text),
    Column("agent", Text),
    Column("talk_seconds", Integer),
    Column("outcome", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Index(None, "number", "at"),
    Index(None, "at"),
)

# Promised calls back. `id` is the disposition's; open until the next outcome with that number.
follow_ups: Final = Table(
    "follow_ups",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False),  # E.164
    Column("call_id", Text, nullable=False),
    Column("agent_id", Text),
    Column("agent", Text),
    Column("due_at", Moment, nullable=False),
    Column("notes", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("done_at", Moment),
    Index(None, "number", "done_at"),
)

# Outcomes that agents owe: one row per conversation, settled by whichever way the outcome came.
owed: Final = Table(
    "owed",
    metadata,
    Column("call_id", Text, primary_key=True),
    agent_column(primary_key=True),
    Column("number", Text),  # E.164
    Column("since", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("settled_at", Moment),
    Column("settled_via", Text),
    Index(None, "agent_id", "settled_at"),
    Index(None, "settled_at"),
)

# Two entries that were made one; `before` has both as they were, as JSON, so that they can be two again.
merges: Final = Table(
    "merges",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("keep", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("other_key", Text),
    Column("before", Text, nullable=False),
    Column("undone_at", Moment),
    Index(None, "keep"),
    Index(None, "other_key"),
)

# Entries of one number that somebody said are two people's; `one` is the lesser id.
not_same: Final = Table(
    "not_same",
    metadata,
    Column("one", Text, primary_key=True),
    Column("other", Text, primary_key=True),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

# Who looked behind a mask, exported, merged or erased. `subject` is a call's or contacts' ids, no number.
audit: Final = Table(
    "audit",
    metadata,
    Column("id", BIG_ID, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
)
