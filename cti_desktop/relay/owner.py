"""Whose the relay's files are: what root makes in its folder, somebody else, the relay, must write."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def hand_over(file: Path, like: Path | None = None) -> None:
    """Give a file of root's to whom `like` belongs, else its folder. Anybody but root can't, nor need."""
    if sys.platform != "win32" and os.geteuid() == file.stat().st_uid == 0:
        owner = (like if like is not None and like.exists() else file.parent).stat()
        os.chown(file, owner.st_uid, owner.st_gid)
