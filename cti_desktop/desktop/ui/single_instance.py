"""One running program per profile: a later start brings the first one's window forward, and ends."""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from PySide6.QtCore import QLockFile
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS: Final = 2000
_SHOW: Final = b"show\n"
# What anything else on this machine may say to us before it is ignored.
_LONGEST: Final = 64


class SingleInstance:
    """Use as `with`. `is_first` tells which one this is; `on_second_start` is called in the Qt thread."""

    def __init__(self, folder: Path, profile: str) -> None:
        """`folder` is the profile's own, and there."""
        self.on_second_start: Callable[[], None] | None = None
        self._lock = QLockFile(str(folder / "instance.lock"))
        # Never by age: a lock of a process that is gone is taken over all the same.
        self._lock.setStaleLockTime(0)
        self._name = _server_name(folder, profile)
        self._server: QLocalServer | None = None
        self.is_first = self._lock.tryLock(0)

    def __enter__(self) -> Self:
        if self.is_first:
            self._listen()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        if self.is_first:
            self._lock.unlock()

    def bring_first_forward(self) -> bool:
        """Ask the first one to show itself. False when it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(PATIENCE_MS):
            return False
        if sys.platform == "win32":  # else Windows would only let the first one's task bar button blink
            ctypes.windll.user32.AllowSetForegroundWindow(-1)
        socket.write(_SHOW)
        socket.flush()
        # The first one hangs up once it has read: only then is it sure.
        return socket.state() is QLocalSocket.LocalSocketState.UnconnectedState or socket.waitForDisconnected(
            PATIENCE_MS
        )

    def _listen(self) -> None:
        server = QLocalServer()
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # Left over from a crash; safe to remove, as the lock is ours.
        QLocalServer.removeServer(self._name)
        if server.listen(self._name):
            server.newConnection.connect(self._on_connection)
            self._server = server

    def _on_connection(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda peer=socket: self._on_words(peer))
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._on_words(socket)

    def _on_words(self, socket: QLocalSocket) -> None:
        words = bytes(socket.read(_LONGEST).data())
        socket.disconnectFromServer()
        if words.startswith(_SHOW) and self.on_second_start is not None:
            self.on_second_start()


def _server_name(folder: Path, profile: str) -> str:
    """Short, as socket paths are bounded; in a folder of the user's where there is one."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    name = f"cti-desktop-{profile[:12]}-{digest}"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return f"{runtime}/{name}" if runtime and Path(runtime).is_dir() and len(runtime) < 48 else name
