"""The bus on which a Linux desktop tells programs what its user wishes: its settings portal is asked here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_PORTAL: Final = (
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.Settings",
    "Read",
)
_PATIENCE_MS: Final = 1_000


def has_session_bus() -> bool:
    """Without one, Qt would look for it in vain, and complain to stderr."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return "DBUS_SESSION_BUS_ADDRESS" in os.environ or (runtime is not None and Path(runtime, "bus").exists())


class Question:
    """Put to the portal by making it; nobody waits. The session bus must be there."""

    def __init__(self, group: str, key: str) -> None:
        """About one setting of the desktop."""
        # Not before it is used: Windows, macOS and the start of the program do without.
        from PySide6 import QtDBus  # noqa: PLC0415

        self._wrapped = QtDBus.QDBusVariant
        message = QtDBus.QDBusMessage.createMethodCall(*_PORTAL)
        message.setArguments([group, key])
        self._call = QtDBus.QDBusConnection.sessionBus().asyncCall(message, _PATIENCE_MS)

    @property
    def is_answered(self) -> bool:
        """Whether the portal said something, or won't any more."""
        return self._call.isFinished()

    @property
    def answer(self) -> object:
        """What the portal said; None where nobody knows, or not yet."""
        if not self.is_answered or self._call.isError():
            return None
        said = next(iter(self._call.reply().arguments()), None)
        while isinstance(said, self._wrapped):
            said = said.variant()
        return said
