"""Room for the store."""

import math
from pathlib import Path

import pytest

from cti_desktop.relay.disk_guard import DiskGuard, Room, judge

MIB, GIB = 1024**2, 1024**3
HERE = Path()


class Disk:
    """A disk of 100 MiB and a clock, both set by hand."""

    def __init__(self) -> None:
        self.free = 50 * MIB
        self.broken = False
        self.now = 0.0
        self.looked = 0
        self.guard = DiskGuard(HERE, self.usage, lambda: self.now)

    def usage(self, _folder: Path) -> tuple[int, int, int]:
        """Total, used, free."""
        self.looked += 1
        if self.broken:
            raise OSError(5, "Input/output error")
        return 100 * MIB, 100 * MIB - self.free, self.free

    def later(self, free: int) -> Room:
        """What the guard says of `free` bytes, some seconds later."""
        self.free = free
        self.now += 5
        return self.guard.room


@pytest.mark.parametrize(
    ("free", "total", "room"),
    [
        (11, 100, Room.ENOUGH),
        (9, 100, Room.LOW),
        (1, 100, Room.FULL),
        (30 * GIB, 2000 * GIB, Room.ENOUGH),  # 1.5 %, but plenty
        (15 * GIB, 2000 * GIB, Room.LOW),
        (1 * GIB, 2000 * GIB, Room.FULL),
    ],
)
def test_a_share_or_on_large_disks_an_amount(free: int, total: int, room: Room) -> None:
    """A tenth is low, a fiftieth is full; of a large disk, 20 and 2 GiB are."""
    assert judge(free, total) is room


@pytest.mark.warning_logs("runs full", "webhooks are refused")
def test_each_change_is_said_once() -> None:
    """Down and up again."""
    disk = Disk()

    rooms = [disk.later(mib * MIB) for mib in (50, 9, 8, 1, 1, 50)]
    assert rooms == [Room.ENOUGH, Room.LOW, Room.LOW, Room.FULL, Room.FULL, Room.ENOUGH]


def test_it_looks_once_a_second() -> None:
    """However many webhooks come."""
    disk = Disk()
    assert [disk.guard.room for _ in range(100)] == [Room.ENOUGH] * 100
    assert disk.looked == 1

    disk.now = 1.0
    assert disk.guard.room is Room.ENOUGH
    assert disk.looked == 2


@pytest.mark.warning_logs("can't be looked at")
def test_a_disk_that_cannot_be_looked_at_changes_nothing() -> None:
    """Whether it can be written, the writes will say."""
    disk = Disk()
    disk.broken = True

    assert disk.later(0) is Room.ENOUGH


def test_a_store_elsewhere_is_not_watched() -> None:
    """A database server has its own disk."""
    assert DiskGuard(None).room is Room.ENOUGH
    assert math.isnan(DiskGuard(None).free)
    assert Disk().guard.free == 50 * MIB
