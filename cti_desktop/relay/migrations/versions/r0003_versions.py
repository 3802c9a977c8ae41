"""Corrected dispositions: each is a new row that names the version it replaces."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what is there has replaced nothing."""
    op.add_column("dispositions", sa.Column("replaces", sa.Text(), nullable=True))
    op.create_index("ix_dispositions_replaces", "dispositions", ["replaces"])
