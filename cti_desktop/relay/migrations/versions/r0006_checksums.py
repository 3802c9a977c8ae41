"""What is stored as bytes has a checksum beside it, so that a disk that turns a bit over is noticed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rows from before have none, and are not checked."""
    for table in ("inbox", "calls", "stream"):
        op.add_column(table, sa.Column("crc", sa.BigInteger))
