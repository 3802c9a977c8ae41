"""Whether others see this screen, as far as the system tells. Not how a system tells it, nor what follows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from cti_desktop.desktop.ui.sharing_macos import is_mirrored
from cti_desktop.desktop.ui.sharing_screens import ScreensTeller
from cti_desktop.desktop.ui.sharing_windows import is_presented

if sys.platform == "linux":
    from cti_desktop.desktop.ui.sharing_bus import BusTeller

# A share that breaks off is often taken up again at once: names that flash up meanwhile would have been seen.
DWELL_MS: Final = 5_000
# Where a system sends no news to a program that has no window up.
ASK_MS: Final = 3_000


class Teller(Protocol):
    """A system's way of telling. `changed` is called in the Qt thread, after what it tells may be another."""

    def begin(self, changed: Callable[[], None]) -> None:
        """Listen from now on."""

    def tells(self) -> bool:
        """Whether others see the screen now."""

    def end(self) -> None:
        """Listen no longer, and tell nothing."""


class Asked(QObject):
    """A teller that has to be asked, every now and then."""

    def __init__(self, ask: Callable[[], bool], parent: QObject) -> None:
        """Not asked before it begins."""
        super().__init__(parent)
        self._ask = ask
        self._timer = QTimer(self, interval=ASK_MS)

    def begin(self, changed: Callable[[], None]) -> None:
        """See `Teller`."""
        self._timer.timeout.connect(changed)
        self._timer.start()

    def tells(self) -> bool:
        """See `Teller`."""
        return self._timer.isActive() and self._ask()

    def end(self) -> None:
        """See `Teller`."""
        if self._timer.isActive():
            self._timer.stop()
            self._timer.timeout.disconnect()


class Sharing(QObject):
    """`changed` carries whether others see the screen: at once when they do, a while after the last did."""

    changed = Signal(bool)

    def __init__(self, tellers: Sequence[Teller] | None = None, *, dwell_ms: int = DWELL_MS) -> None:
        """Nobody is listened to before `use`. `tellers` None: those that this computer has."""
        super().__init__()
        self._tellers = _of_this_system(self) if tellers is None else tellers
        self._wanted = self._told = False
        self._dwell = QTimer(self, interval=dwell_ms, singleShot=True)
        self._dwell.timeout.connect(self._leave)

    def use(self, *, wanted: bool) -> None:
        """Listen to the system, or no longer: then nobody sees anything, at once."""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        for teller in self._tellers:
            if wanted:
                teller.begin(self._look)
            else:
                teller.end()
        if wanted:
            self._look()
        else:
            self._leave()

    def close(self) -> None:
        """Listen no longer, for good, and say nothing more."""
        self._told = False
        self.use(wanted=False)
        self.deleteLater()

    def _look(self) -> None:
        if any(teller.tells() for teller in self._tellers):
            self._dwell.stop()
            self._tell(told=True)
        elif self._told and not self._dwell.isActive():
            self._dwell.start()

    def _leave(self) -> None:
        self._dwell.stop()
        self._tell(told=False)

    def _tell(self, *, told: bool) -> None:
        if told != self._told:
            self._told = told
            self.changed.emit(told)


def _of_this_system(parent: QObject) -> list[Teller]:
    """Screens that show the same are told of everywhere; who else tells depends on the system."""
    tellers: list[Teller] = [ScreensTeller(parent)]
    if sys.platform == "win32":
        tellers.append(Asked(is_presented, parent))
    elif sys.platform == "darwin":
        tellers.append(Asked(is_mirrored, parent))
    elif sys.platform == "linux" and (bus := BusTeller.opened(parent)):
        tellers.append(bus)
    return tellers
