"""What is in quarantine is found without reading the whole inbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index the few rows that are quarantined, and no others: each other insert would pay for it."""
    kept = sa.text("outcome = 'quarantined'")
    op.create_index("ix_inbox_quarantined", "inbox", ["id"], sqlite_where=kept, postgresql_where=kept)
