"""Who types a command, for the trace that it leaves: the system's own user, not what a variable says."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Mapping

from cti_desktop.core.text import one_line


def typed_by(env: Mapping[str, str] = os.environ) -> str:
    """`meera (cti-relay)`; through sudo `meera as root (cti-relay)`."""
    user, asked_by = _user(), one_line(env.get("SUDO_USER", ""), 60)
    through = f"{asked_by} as {user}" if asked_by and asked_by != user else user
    return f"{through} (cti-relay)"


def _user() -> str:
    if sys.platform == "win32":
        return getpass.getuser()
    import pwd  # noqa: PLC0415 - not on Windows

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # a container's user may have no name
        return f"user {os.geteuid()}"
