"""Watches the room that the store has to grow, and says stop while there is still enough for a clean no.

A full disk met in the middle of a write costs more than a webhook that is refused and comes again.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path
from typing import Final

_log: Final = logging.getLogger(__name__)

_GIB: Final = 1024**3
# Shares of the disk; on a large one, so many bytes are enough.
LOW: Final = (0.10, 20 * _GIB)
FULL: Final = (0.02, 2 * _GIB)
_LOOK_SECONDS: Final = 1.0


class Room(IntEnum):
    """How much is left."""

    ENOUGH = 0
    LOW = 1
    FULL = 2


_SAYS: Final = {
    Room.ENOUGH: (logging.INFO, "the disk has room again (%.1f GiB)"),
    Room.LOW: (logging.WARNING, "the disk of the store runs full (%.1f GiB left): make room"),
    Room.FULL: (logging.ERROR, "the disk of the store is full (%.1f GiB left): webhooks are refused"),
}


def judge(free: int, total: int) -> Room:
    """What `free` of `total` bytes mean."""
    if free < min(total * FULL[0], FULL[1]):
        return Room.FULL
    return Room.LOW if free < min(total * LOW[0], LOW[1]) else Room.ENOUGH


class DiskGuard:
    """Looks at most once a second. `folder` None: the store is elsewhere, and nothing is watched."""

    def __init__(
        self,
        folder: Path | None,
        usage: Callable[[Path], tuple[int, int, int]] = shutil.disk_usage,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`usage` gives total, used and free bytes."""
        self._folder = folder
        self._usage = usage
        self._monotonic = monotonic
        self._looked_at = float("-inf")
        self._room = Room.ENOUGH
        self.free_bytes: int | None = None

    @property
    def room(self) -> Room:
        """How much is left now, or was within the last second."""
        now = self._monotonic()
        if self._folder is not None and now - self._looked_at >= _LOOK_SECONDS:
            self._looked_at = now
            self._look(self._folder)
        return self._room

    @property
    def free(self) -> float:
        """The bytes that are left; NaN where nothing is watched."""
        _ = self.room
        return float("nan") if self.free_bytes is None else self.free_bytes

    async def watch(self) -> None:
        """Look, so that a full disk is said before a webhook meets it."""
        _ = self.room

    def _look(self, folder: Path) -> None:
        try:
            total, _, self.free_bytes = self._usage(folder)
        except OSError as error:  # whether it can be written is for the writes to say
            _log.warning("the disk of the store can't be looked at: %s", error.strerror)
            return
        room, before = judge(self.free_bytes, total), self._room
        self._room = room
        if room is not before:
            level, says = _SAYS[room]
            _log.log(level, says, self.free_bytes / _GIB)
