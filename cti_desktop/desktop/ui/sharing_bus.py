"""On Linux: screens that are cast, as any program of the session may ask on its bus. Starts no service.

- GNOME, and compositors that speak like it (niri): each stream of a cast, a recording or a remote desktop is
  an object below `/org/gnome/Mutter/ScreenCast/Stream`, told by `org.gnome.Mutter.ScreenCast.Stream`'s signal
  `PipeWireStreamAdded` and its session's `Closed`. The interface is Mutter's own, and promises nothing.
- Plasma: `org.freedesktop.Notifications` says `Inhibited` while a screen is cast by the portal, but also for
  *Do not disturb* and for full-screen windows. So it counts only together with an open session of its portal,
  `org.freedesktop.impl.portal.desktop.kde`: still a guess when a program holds one for something else.

What is streamed, and to whom, neither says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Self

from PySide6.QtCore import SLOT, QObject, QTimer, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCall,
    QDBusPendingCallWatcher,
    QDBusVariant,
)

from cti_desktop.desktop.ui.session_bus import has_session_bus

_CASTS: Final = "org.gnome.Mutter.ScreenCast"
_REMOTE: Final = "org.gnome.Mutter.RemoteDesktop"
_STREAMS: Final = "/org/gnome/Mutter/ScreenCast/Stream"
_NOTIFICATIONS: Final = "org.freedesktop.Notifications"
_PORTAL: Final = "org.freedesktop.impl.portal.desktop.kde"
_SESSIONS: Final = "/org/freedesktop/portal/desktop/session"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_BUS: Final = "org.freedesktop.DBus"
# Not by QDBusServiceWatcher: told of a service, it waits for Qt's thread, which waits for PySide's lock.
_OWNER: Final = (_BUS, "/org/freedesktop/DBus", _BUS, "NameOwnerChanged")
# Service, path (empty: any), interface, signal, and its first word: after each, everything is asked again.
_NEWS: Final[tuple[tuple[object, ...], ...]] = (
    (*_OWNER, [_CASTS], "sss"),
    (*_OWNER, [_NOTIFICATIONS], "sss"),
    (_CASTS, "", f"{_CASTS}.Stream", "PipeWireStreamAdded"),
    (_CASTS, "", f"{_CASTS}.Session", "Closed"),
    (_REMOTE, "", f"{_REMOTE}.Session", "Closed"),
    (_NOTIFICATIONS, "/org/freedesktop/Notifications", _PROPERTIES, "PropertiesChanged"),
)
_SLOT: Final = SLOT("on_news(QDBusMessage)")
_PATIENCE_MS: Final = 5_000
# While anything is told: Plasma's portal doesn't say when a session begins, nor does each compositor in
# time when a stream ends.
_AGAIN_MS: Final = 3_000


class BusTeller(QObject):
    """See `Teller`."""

    def __init__(self, parent: QObject, bus: QDBusConnection) -> None:
        """Not listening."""
        super().__init__(parent)
        self._bus = bus
        self._changed: Callable[[], None] | None = None
        self._streams = self._inhibited = self._sessions = False
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(self._ask)

    @classmethod
    def opened(cls, parent: QObject) -> Self | None:
        """None without a session bus."""
        if not has_session_bus():
            return None
        bus = QDBusConnection.sessionBus()
        return cls(parent, bus) if bus.isConnected() else None

    def begin(self, changed: Callable[[], None]) -> None:
        """See `Teller`."""
        self._changed = changed
        for news in _NEWS:
            self._bus.connect(*news, self, _SLOT)  # type: ignore[call-overload]  # it takes text only
        self._ask()

    def tells(self) -> bool:
        """See `Teller`."""
        return self._streams or (self._inhibited and self._sessions)

    def end(self) -> None:
        """See `Teller`."""
        if self._changed is None:
            return
        self._changed = None
        for news in _NEWS:
            self._bus.disconnect(*news, self, _SLOT)  # type: ignore[call-overload]  # it takes text only
        self._again.stop()
        self._streams = self._inhibited = self._sessions = False

    @Slot("QDBusMessage")
    def on_news(self, _message: QDBusMessage) -> None:
        """From the bus."""
        self._ask()

    def _ask(self) -> None:
        """What is there now. A service that is gone, or never was, answers no as well."""
        self._call(_children(_CASTS, _STREAMS), self._on_streams)
        inhibited = _message(_NOTIFICATIONS, "/org/freedesktop/Notifications", _PROPERTIES, "Get")
        inhibited.setArguments([_NOTIFICATIONS, "Inhibited"])
        self._call(inhibited, self._on_inhibited)

    def _on_streams(self, answer: object) -> None:
        self._streams = _has_children(answer)

    def _on_inhibited(self, answer: object) -> None:
        self._inhibited = isinstance(answer, QDBusVariant) and answer.variant() is True
        if self._inhibited:
            self._call(_children(_PORTAL, _SESSIONS), self._on_sessions)
        else:
            self._sessions = False  # what was there then must not count the next time

    def _on_sessions(self, answer: object) -> None:
        self._sessions = _has_children(answer)

    def _call(self, message: QDBusMessage, on_answer: Callable[[object], None]) -> None:
        call = QDBusPendingCallWatcher(self._bus.asyncCall(message, _PATIENCE_MS), self)

        def finished(_call: QDBusPendingCall) -> None:
            call.deleteLater()
            reply = call.reply()
            answered = reply.type() is QDBusMessage.MessageType.ReplyMessage and reply.arguments()
            if self._changed is not None:
                on_answer(reply.arguments()[0] if answered else None)
                self._settle()
                self._changed()

        call.finished.connect(finished)

    def _settle(self) -> None:
        is_busy = self._streams or self._inhibited
        if is_busy and not self._again.isActive():
            self._again.start()
        elif not is_busy:
            self._again.stop()


def _children(service: str, path: str) -> QDBusMessage:
    return _message(service, path, "org.freedesktop.DBus.Introspectable", "Introspect")


def _has_children(introspection: object) -> bool:
    return "<node name=" in str(introspection)


def _message(service: str, path: str, interface: str, member: str) -> QDBusMessage:
    message = QDBusMessage.createMethodCall(service, path, interface, member)
    message.setAutoStartService(False)
    return message
