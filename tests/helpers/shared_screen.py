"""A screen of ours on a D-Bus on which casts of the screen begin and end, as desktops tell of them.

`python -m tests.helpers.shared_screen` within `dbus-run-session` and an X display prints, as JSON, what
a card calls its caller: at first, and after each time that this changed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSocketNotifier

from cti_desktop.desktop.app import make_application
from cti_desktop.desktop.intents import AnyIntent, ScreenShared
from cti_desktop.desktop.sharing import Sharing as Shared
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.sharing import Sharing
from tests.helpers import situations as s
from tests.helpers.portal import line_of, piped
from tests.helpers.screen_reader import SYSTEM_PYTHON

# Mutter's screen casts, Plasma's notifications and Plasma's portal in one. Does what each line on stdin says,
# and says what it answered when it was asked whether notifications are inhibited.
_DESKTOP: Final = """
import os, gi
gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib

XML = '''<node>
<interface name="org.gnome.Mutter.ScreenCast.Stream">
  <signal name="PipeWireStreamAdded"><arg type="u"/></signal>
</interface>
<interface name="org.freedesktop.Notifications">
  <property name="Inhibited" type="b" access="read"/>
</interface>
<interface name="org.freedesktop.impl.portal.Session"><signal name="Closed"/></interface>
</node>'''
CAST, NOTIFICATIONS = "org.gnome.Mutter.ScreenCast", "org.freedesktop.Notifications"
PORTAL, PROPERTIES = "org.freedesktop.impl.portal.desktop.kde", "org.freedesktop.DBus.Properties"
CASTS, NOTIFIER = "/org/gnome/Mutter/ScreenCast", "/org/freedesktop/Notifications"
SESSION = "/org/freedesktop/portal/desktop/session/1_7/meeting"
stream, notifications, session = Gio.DBusNodeInfo.new_for_xml(XML).interfaces
objects, state = {}, {"inhibited": False}

def on_get(*_):
    print("inhibited" if state["inhibited"] else "free", flush=True)
    return GLib.Variant("b", state["inhibited"])

def put(path, interface):
    objects[path] = bus.register_object(path, interface, None, on_get, None)

def inhibit(wanted):
    state["inhibited"] = wanted
    changes = {"Inhibited": GLib.Variant("b", wanted)}
    told = GLib.Variant("(sa{sv}as)", (NOTIFICATIONS, changes, []))
    bus.emit_signal(None, NOTIFIER, PROPERTIES, "PropertiesChanged", told)

def on_lines(_channel, _condition):
    lines = os.read(0, 4096).decode().splitlines()
    for line in lines:
        do(line)
    if not lines:
        loop.quit()
    return bool(lines)

def do(line):
    match line:
        case "cast":
            put(CASTS + "/Stream/u1", stream)
            told = GLib.Variant("(u)", (7,))
            bus.emit_signal(None, CASTS + "/Stream/u1", CAST + ".Stream", "PipeWireStreamAdded", told)
        case "end cast":
            bus.unregister_object(objects.pop(CASTS + "/Stream/u1"))
            bus.emit_signal(None, CASTS + "/Session/u1", CAST + ".Session", "Closed", None)
        case "inhibit":
            inhibit(True)
        case "allow":
            inhibit(False)
        case "session":
            put(SESSION, session)
        case "end session":
            bus.unregister_object(objects.pop(SESSION))

bus = Gio.bus_get_sync(Gio.BusType.SESSION)
put(NOTIFIER, notifications)
ready = lambda *_: print("ready", flush=True)
for name in (CAST, NOTIFICATIONS, PORTAL):
    Gio.bus_own_name_on_connection(bus, name, 0, ready if name == PORTAL else None, None)
GLib.io_add_watch(0, GLib.IO_IN | GLib.IO_HUP, on_lines)
loop = GLib.MainLoop()
loop.run()
"""


def show() -> int:
    """Our program: a line for what the card calls its caller at first and then, until stdin ends."""
    application = make_application()
    assert application is not None
    situation = s.situation(s.ringing("a"))

    def on_intent(intent: AnyIntent) -> None:
        if isinstance(intent, ScreenShared):
            sharing = Shared.HIDDEN if intent.told else Shared.NOT_TOLD
            screen.render(replace(situation, sharing=sharing))
            tell()

    def tell() -> None:
        card = screen.card("a")
        assert card is not None
        assert card.model is not None
        sys.stdout.write(f"{card.model.caller.name}\n")
        sys.stdout.flush()

    screen = QtScreen(on_intent, zone=s.ZONE, sharing=Sharing(dwell_ms=0))
    screen.render(situation)
    tell()
    end = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    end.activated.connect(lambda *_told: application.exit())  # `quit` would ask the windows
    code = application.exec()
    screen.closed()
    return code


def main() -> int:
    """The desktop, and our program on it."""
    desktop = piped([str(SYSTEM_PYTHON), "-c", _DESKTOP])
    _hear(desktop, "ready")
    with desktop, piped([sys.executable, "-m", "tests.helpers.shared_screen", "show"]) as program:
        shown = [line_of(program).strip()]
        _hear(desktop, "free")
        shown += [_after((line,), desktop, program) for line in ("cast", "end cast")]
        _disturb_nobody(desktop)
        # Together with a session of the portal it is an audience; either may come first, and end first.
        for lines in (("session", "inhibit"), ("allow",)):
            shown.append(_after(lines, desktop, program))
        _say(desktop, "end session")
        _disturb_nobody(desktop)
        for lines in (("inhibit", "session"), ("end session",)):
            shown.append(_after(lines, desktop, program))
        shown.append(_after(("cast",), desktop, program))
        desktop.communicate()  # whose service goes away with it
        shown.append(line_of(program).strip())
        rest, _ = program.communicate()
    sys.stdout.write(json.dumps([*shown, *rest.split("\n")[:-1]]))
    return program.returncode


def _after(lines: tuple[str, ...], desktop: subprocess.Popen[str], program: subprocess.Popen[str]) -> str:
    """What the card calls its caller next, once the desktop was told so much."""
    for line in lines:
        _say(desktop, line)
    return line_of(program).strip()


def _disturb_nobody(desktop: subprocess.Popen[str]) -> None:
    """Do not disturb, and its end, are no audience: nothing may change."""
    for line, answer in (("inhibit", "inhibited"), ("allow", "free")):
        _say(desktop, line)
        _hear(desktop, answer)


def _say(desktop: subprocess.Popen[str], line: str) -> None:
    assert desktop.stdin is not None
    desktop.stdin.write(f"{line}\n")
    desktop.stdin.flush()


def _hear(desktop: subprocess.Popen[str], answer: str) -> None:
    while (line := line_of(desktop).strip()) != answer:
        assert line


if __name__ == "__main__":
    sys.exit(show() if sys.argv[1:] else main())
