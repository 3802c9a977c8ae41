"""Whether SQLite's write-ahead log, left behind by a crash, lost commits that had reached the disk.

SQLite ends a log at the first frame that isn't sound, and says nothing. After a crash only the last
transaction may be like that: the one before was flushed before it began. More than that the disk has lost.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_HEADER: Final = struct.Struct(">IIIIIIII")
_FRAME: Final = struct.Struct(">IIIIII")
_MAGIC: Final = 0x377F0682  # its last bit: the checksums take words in big-endian order
_Sum = tuple[int, int]


def damage(path: Path) -> str:
    """What is wrong with the log of the database at `path`, in words; "" for a sound one, or none."""
    try:
        log = path.with_name(path.name + "-wal").read_bytes()
    except FileNotFoundError:
        return ""
    if len(log) < _HEADER.size + _FRAME.size:
        return ""
    magic, _, page, _, salt, salt_too, *kept = _HEADER.unpack_from(log)
    words = struct.Struct(">II" if magic & 1 else "<II")
    check = _summed((0, 0), log[: _HEADER.size - 8], words)
    if magic & ~1 != _MAGIC or check != tuple(kept):
        return "the write-ahead log's header is not as it was written"
    return _lost_commits(_frames(log, page), (salt, salt_too), check, words)


def _frames(log: bytes, page: int) -> Iterator[tuple[bytes, bytes]]:
    """Head and page of each whole frame."""
    size = _FRAME.size + page
    for at in range(_HEADER.size, len(log) - size + 1, size):
        yield log[at : at + _FRAME.size], log[at + _FRAME.size : at + size]


def _lost_commits(
    frames: Iterator[tuple[bytes, bytes]], salts: tuple[int, int], check: _Sum, words: struct.Struct
) -> str:
    """Whether, behind the first frame that isn't sound, a transaction was followed by another one."""
    sound, committed = True, False
    for head, page in frames:
        _, commits, *of_frame, first, second = _FRAME.unpack(head)
        ours = tuple(of_frame) == salts  # else left over from before the log was begun anew
        if sound:
            check = _summed(_summed(check, head[:8], words), page, words)
            sound = ours and check == (first, second)
        if not sound and ours:
            if committed:
                return "the write-ahead log lost commits"
            committed = commits > 0
    return ""


def _summed(check: _Sum, content: bytes, words: struct.Struct) -> _Sum:
    first, second = check
    for one, two in words.iter_unpack(content):
        first = first + one + second & 0xFFFFFFFF
        second = second + two + first & 0xFFFFFFFF
    return first, second
