"""Who may use the store: the process that holds the lock file beside it. A crash frees it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from cti_desktop.core.errors import StorageError
from cti_desktop.relay.owner import hand_over

_PID_BYTES: Final = 20

if sys.platform == "win32":
    import msvcrt

    # Windows makes locked bytes unreadable, so the lock lies behind the process id.
    _LOCKED_AT: Final = 1024

    def _try_lock(fd: int) -> None:
        os.lseek(fd, _LOCKED_AT, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """A lock that is held from construction until `release`. The file itself stays."""

    def __init__(self, path: Path) -> None:
        """Raises `StorageError`: `in_use` when another process holds it, naming that process."""
        try:
            fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            hand_over(path)
        except OSError as error:
            raise StorageError(f"{path} can't be opened: {error.strerror}") from error
        try:
            _try_lock(fd)
        except OSError:
            holder = _holder(fd)
            os.close(fd)
            raise StorageError(f"{holder} uses this store ({path})", code="in_use") from None
        os.lseek(fd, 0, os.SEEK_SET)
        os.write(fd, str(os.getpid()).ljust(_PID_BYTES).encode())
        self._fd: int | None = fd

    def release(self) -> None:
        """Let another process have it. A second call does nothing."""
        fd, self._fd = self._fd, None
        if fd is not None:
            os.close(fd)


def _holder(fd: int) -> str:
    os.lseek(fd, 0, os.SEEK_SET)
    text = os.read(fd, _PID_BYTES).decode("ascii", "replace").strip()
    return f"process {text}" if text.isdecimal() else "another process"
