"""Noticing sleep and another network."""

from datetime import UTC, datetime, timedelta

from cti_desktop.desktop.vigil import Vigil, own_address


class World:
    """Clocks and a network that a test moves."""

    def __init__(self) -> None:
        self.ticks = 100.0
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
        self.address: str | None = "10.0.0.5"

    def passes(self, steady: float, wall: float) -> None:
        """So many seconds, by either clock."""
        self.ticks += steady
        self.now += timedelta(seconds=wall)

    def vigil(self) -> Vigil:
        """A vigil in this world."""
        return Vigil(lambda: self.address, lambda: self.ticks, lambda: self.now)


def test_a_quiet_time_raises_no_doubt() -> None:
    """Nor does a clock that is set back, or a busy machine."""
    world = World()
    vigil = world.vigil()
    for wall in (5, 5.2, -3600, 9):
        world.passes(5, wall)
        assert not vigil.doubts()


def test_sleep_raises_one_doubt() -> None:
    """Whether the steady counter went on meanwhile (Linux) or stood still (macOS)."""
    for steady in (3600.0, 5.0):
        world = World()
        vigil = world.vigil()
        world.passes(steady, 3600)
        assert vigil.doubts()
        world.passes(5, 5)
        assert not vigil.doubts()


def test_another_network_raises_a_doubt() -> None:
    """A VPN that comes, a cable that is pulled."""
    world = World()
    vigil = world.vigil()
    for address in ("10.8.0.2", None, "10.0.0.5"):
        world.address = address
        world.passes(5, 5)
        assert vigil.doubts()


def test_the_own_address_towards_a_host() -> None:
    """As the system's routing has it, without a packet."""
    assert "127.0.0.1" == own_address("127.0.0.1")
    assert None is own_address("no address at all")
