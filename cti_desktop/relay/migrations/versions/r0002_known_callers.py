"""What is known of callers: more of contacts, several for a number; history, follow-ups, owed outcomes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from cti_desktop.relay.tables import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add columns and tables; numbers may belong to several contacts from here on."""
    role = sa.Column("role", sa.Text(), server_default=sa.text("'agent'"), nullable=False)
    op.add_column("agents", role)
    _contacts()
    _numbers()
    _looked_up()
    _interactions()
    _follow_ups()
    _owed()
    _audit()


def _contacts() -> None:
    for column in (
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("vip", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("tags", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("notes", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("fields", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("updated_at", Moment(), nullable=True),
    ):
        op.add_column("contacts", column)
    op.create_index(op.f("ix_contacts_key"), "contacts", ["key"], unique=True)


def _numbers() -> None:
    """SQLite can't change a primary key: the table is made anew."""
    op.drop_index(op.f("ix_contact_numbers_contact_id"), table_name="contact_numbers")
    op.rename_table("contact_numbers", "contact_numbers_0001")
    if op.get_bind().dialect.name == "postgresql":  # where names of constraints are the schema's
        for kind in ("pk_contact_numbers", "fk_contact_numbers_contact_id"):
            op.execute(f"ALTER TABLE contact_numbers_0001 RENAME CONSTRAINT {kind} TO {kind}_0001")
    op.create_table(
        "contact_numbers",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("chosen_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_contact_numbers_contact_id")),
        sa.PrimaryKeyConstraint("number", "contact_id", name=op.f("pk_contact_numbers")),
    )
    op.execute(
        "INSERT INTO contact_numbers (number, contact_id) SELECT number, contact_id FROM contact_numbers_0001"
    )
    op.drop_table("contact_numbers_0001")
    op.create_index(op.f("ix_contact_numbers_contact_id"), "contact_numbers", ["contact_id"], unique=False)


def _looked_up() -> None:
    op.create_table(
        "looked_up",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_looked_up")),
    )


def _interactions() -> None:
    op.create_table(
        "interactions",
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("agent", sa.Text(), nullable=True),
        sa.Column("talk_seconds", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_interactions")),
    )
    op.create_index(op.f("ix_interactions_number_at"), "interactions", ["number", "at"], unique=False)
    op.create_index(op.f("ix_interactions_at"), "interactions", ["at"], unique=False)


def _follow_ups() -> None:
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("agent", sa.Text(), nullable=True),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
    )
    op.create_index(op.f("ix_follow_ups_number_done_at"), "follow_ups", ["number", "done_at"], unique=False)


def _owed() -> None:
    op.create_table(
        "owed",
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("settled_via", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_owed_agent_id")),
        sa.PrimaryKeyConstraint("call_id", "agent_id", name=op.f("pk_owed")),
    )
    op.create_index(op.f("ix_owed_agent_id_settled_at"), "owed", ["agent_id", "settled_at"], unique=False)
    op.create_index(op.f("ix_owed_settled_at"), "owed", ["settled_at"], unique=False)


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _BIG_ID, autoincrement=True, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
