"""Notices that the machine slept, or that its way to the relay is another one: reasons to doubt a link."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime
from typing import Final

from cti_desktop.desktop.clock import steady, wall

LOOK_SECONDS: Final = 5.0
# Later than expected by so much: the machine slept, or the whole program stood still.
SLEPT_SECONDS: Final = 10.0


class Vigil:
    """Ask `doubts` every `LOOK_SECONDS`. `route` says from which own address the relay is reached."""

    def __init__(
        self,
        route: Callable[[], str | None],
        ticks: Callable[[], float] = steady,
        now: Callable[[], datetime] = wall,
    ) -> None:
        """Begin now."""
        self._route = route
        self._ticks = ticks
        self._now = now
        self._was = (ticks(), now(), route())

    def doubts(self) -> bool:
        """Whether something happened since the last time that a link may not have survived.

        A wall clock that was set forward counts too: some systems stop every steady counter while they sleep.
        """
        ticks, now, route = self._was
        self._was = (self._ticks(), self._now(), self._route())
        slept = max(self._was[0] - ticks, (self._was[1] - now).total_seconds())
        return slept > LOOK_SECONDS + SLEPT_SECONDS or self._was[2] != route


def own_address(host: str) -> str | None:
    """The own address from which packets to `host`, an IP address, would leave; None: no way there.

    Sends nothing.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((host, 9))
            return str(probe.getsockname()[0])
    except OSError:
        return None
