"""The relay's tables, for SQLite and PostgreSQL alike. Owns names and keys; holds no queries.

A change here needs a revision in `migrations/`; a test compares the two.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """An aware datetime. SQLite, which knows no zones, keeps it in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """To the database; naive times are our bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """From the database, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value


# SQLite counts by itself only in a column of type INTEGER.
BIG_ID: Final = BigInteger().with_variant(Integer, "sqlite")


def agent_column(*, primary_key: bool = False) -> Column[str]:
    """Whose row it is."""
    return Column("agent_id", ForeignKey("agents.id"), primary_key=primary_key, nullable=False)


# `epoch`: the life of this store's sequences. `heartbeat`: the last write that /readyz made.
meta: Final = Table(
    "meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False)
)

# --- who is who -------------------------------------------------------------------------------------------

# `head` is the last seq of the agent's stream, `floor` the first that can still be read.
agents: Final = Table(
    "agents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("email", Text, unique=True),  # lower case
    Column("extension", Text, unique=True),
    Column("queue", Text),
    Column("disabled", Boolean, nullable=False, default=False, server_default=false()),
    Column("role", Text, nullable=False, default="agent", server_default=text("'agent'")),
    Column("created_at", Moment, nullable=False),
    Column("head", BigInteger, nullable=False, default=0, server_default=text("0")),
    Column("floor", BigInteger, nullable=False, default=1, server_default=text("1")),
)

agent_phones: Final = Table(
    "agent_phones",
    metadata,
    Column("phone", Text, primary_key=True),  # E.164
    agent_column(),
    Index(None, "agent_id"),
)

# What a provider calls an agent: imported, or learned from legs that carry it beside a known phone.
agent_provider_ids: Final = Table(
    "agent_provider_ids",
    metadata,
    Column("provider", Text, primary_key=True),
    Column("provider_id", Text, primary_key=True),
    agent_column(),
    Index(None, "agent_id"),
)

# `key` is what a repeated import knows the contact by; `fields` is a JSON list of [name, text]; `tags` are
# lines. `owner` is the name or e-mail of the agent to whom the customer belongs.
contacts: Final = Table(
    "contacts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("company", Text),
    Column("key", Text),
    Column("owner", Text),
    Column("vip", Boolean, nullable=False, default=False, server_default=false()),
    Column("tags", Text, nullable=False, default="", server_default=text("''")),
    Column("notes", Text, nullable=False, default="", server_default=text("''")),
    Column("link", Text),
    Column("fields", Text, nullable=False, default="[]", server_default=text("'[]'")),
    Column("updated_at", Moment),
    Index(None, "key", unique=True),
    # In either database whatever their case: see revision 0007.
    Index(None, "name"),
    Index(None, "company"),
)

# One number may be several contacts'; the one chosen last is meant.
contact_numbers: Final = Table(
    "contact_numbers",
    metadata,
    Column("number", Text, primary_key=True),  # E.164
    Column("contact_id", ForeignKey("contacts.id"), primary_key=True),
    Column("chosen_at", Moment),
    Index(None, "contact_id"),
)

did_labels: Final = Table(
    "did_labels",
    metadata,
    Column("number", Text, primary_key=True),  # E.164
    Column("label", Text, nullable=False),
)

# Legs whose agent nobody is: `who` is the phone, e-mail or other name by which the provider meant them.
unrouted: Final = Table(
    "unrouted",
    metadata,
    Column("who", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("last_call_id", Text, nullable=False),
)

# --- who may come in --------------------------------------------------------------------------------------

tokens: Final = Table(
    "tokens",
    metadata,
    Column("id", Text, primary_key=True),
    agent_column(),
    Column("device", Text, nullable=False),
    Column("sha256", Text, nullable=False, unique=True),  # hex
    Column("created_at", Moment, nullable=False),
    Column("last_seen_at", Moment),
    Column("revoked_at", Moment),
    Index(None, "agent_id"),
)

enrolment_codes: Final = Table(
    "enrolment_codes",
    metadata,
    Column("sha256", Text, primary_key=True),  # hex
    agent_column(),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("tries", Integer, nullable=False, default=0, server_default=text("0")),
)

# Raw, because a signature can only be checked with the secret itself.
secrets: Final = Table(
    "secrets",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("retired_at", Moment),
    Index(None, "source"),
)

# --- what came in -----------------------------------------------------------------------------------------

# Every authenticated delivery, whole. `outcome` is `stored` or `quarantined`; `reason` says why the latter.
# `crc`, here and below: `zlib.crc32` of the bytes before it, as SQLite keeps no checksums. None: not checked.
inbox: Final = Table(
    "inbox",
    metadata,
    Column("id", BIG_ID, primary_key=True, autoincrement=True),
    Column("source", Text, nullable=False),
    Column("dedupe_key", Text, nullable=False),
    Column("kind", Text),
    Column("received_at", Moment, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("crc", BigInteger),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("call_id", Text),
    UniqueConstraint("source", "dedupe_key"),
    Index(None, "call_id"),
    # Of the few that are in quarantine only, so that no other insert pays for it.
    Index(
        "ix_inbox_quarantined",
        "id",
        sqlite_where=text("outcome = 'quarantined'"),
        postgresql_where=text("outcome = 'quarantined'"),
    ),
)

# `state` is a `core.call.Call` as JSON. `open`: some leg goes on; then `deadline` is when it is given up.
calls: Final = Table(
    "calls",
    metadata,
    Column("id", Text, primary_key=True),
    Column("provider", Text, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("crc", BigInteger),
    Column("updated_at", Moment, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("deadline", Moment),
    Index(None, "open", "deadline"),
)

# --- what goes out ----------------------------------------------------------------------------------------

# `body` is a `wire.events.EventBody` as JSON. `seq` has no gaps: it comes from the agent's `head`.
# In SQLite with row ids, so that bodies lie in the order of their coming: by agent, each would cost a page.
stream: Final = Table(
    "stream",
    metadata,
    agent_column(primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("call_id", Text, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("crc", BigInteger),
)

# How far each device has come. Written lazily: losing one costs nothing but a replay.
cursors: Final = Table(
    "cursors",
    metadata,
    agent_column(primary_key=True),
    Column("device", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("updated_at", Moment, nullable=False),
)

# `replaces`: the version that this one corrects. That row stays, but the outcome is the one nobody replaces.
dispositions: Final = Table(
    "dispositions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("call_id", Text, nullable=False),
    agent_column(),
    Column("code", Text, nullable=False),
    Column("sub_code", Text),
    Column("notes", Text, nullable=False),
    Column("follow_up_at", Moment),
    Column("saved_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("replaces", Text),
    Index(None, "call_id"),
    Index(None, "agent_id"),
    Index(None, "replaces"),
)
