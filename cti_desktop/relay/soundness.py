"""Which large store was read whole lately, and closed in good order since: then it need not be read again.

To read a store with millions of contacts takes a minute, and each command on a stopped relay opens it.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

# A smaller one is read in no time.
_LARGE: Final = 64 * 1024 * 1024
# Disks forget by themselves: once a day it is read whatever was noted.
_GOOD_FOR: Final = 24 * 3600.0


class _Note(msgspec.Struct, frozen=True):
    """The file as it was left, and when all of it was read."""

    size: int
    mtime_ns: int
    read_at: float


class Soundness:
    """Of one SQLite file, which nobody else has open."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time, large: int = _LARGE) -> None:
        """Look at what was noted."""
        self._path = path
        self._noted = path.with_name(path.name + ".sound")
        self._clock = clock
        self._large = large
        self._read_at = self._known()

    @property
    def is_known(self) -> bool:
        """Whether the file is as it was left, and was read whole within a day."""
        return self._read_at is not None

    def was_read(self) -> None:
        """All of it was read just now, and it is sound."""
        self._read_at = self._clock()

    def note(self) -> None:
        """The file is closed in good order."""
        with contextlib.suppress(OSError):
            stat = self._path.stat()
            if stat.st_size >= self._large and self._read_at is not None:
                self._noted.write_bytes(
                    msgspec.json.encode(_Note(stat.st_size, stat.st_mtime_ns, self._read_at))
                )

    def _known(self) -> float | None:
        try:
            stat = self._path.stat()
            note = msgspec.json.decode(self._noted.read_bytes(), type=_Note)
        except (OSError, msgspec.DecodeError):
            return None
        log = self._path.with_name(self._path.name + "-wal")
        as_left = (note.size, note.mtime_ns) == (stat.st_size, stat.st_mtime_ns) and not log.exists()
        return note.read_at if as_left and 0 <= self._clock() - note.read_at < _GOOD_FOR else None
