"""A desktop's settings portal, which tells programs of dark colours and high contrast, and one that hears.

`python -m tests.helpers.portal` within `dbus-run-session` and an X display prints one line of JSON: the
colours that our program wore at first, and after each thing that the portal told.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Final

from PySide6.QtCore import QSocketNotifier

from cti_desktop.desktop.app import make_application
from cti_desktop.desktop.ui import theme as themes
from tests.helpers.screen_reader import SYSTEM_PYTHON

# What is told, in this order; `color-scheme` is 1 for dark and 2 for light, `contrast` 1 for high.
TOLD: Final = ("color-scheme 1", "contrast 1", "color-scheme 2", "contrast 0")

# Tells one setting for each line on stdin.
_PORTAL: Final = """
import sys, gi
gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib

INTERFACE, GROUP = "org.freedesktop.portal.Settings", "org.freedesktop.appearance"
PATH, FAILED = "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Error.NotFound"
XML = '''<node><interface name="org.freedesktop.portal.Settings">
<method name="ReadAll"><arg type="as" direction="in"/><arg type="a{sa{sv}}" direction="out"/></method>
<method name="ReadOne"><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="v" direction="out"/></method>
<signal name="SettingChanged"><arg type="s"/><arg type="s"/><arg type="v"/></signal>
</interface></node>'''
settings = {"color-scheme": 2, "contrast": 0}

def on_call(_bus, _sender, _path, _interface, method, arguments, call):
    if method == "ReadAll":
        found = {key: GLib.Variant("u", value) for key, value in settings.items()}
        call.return_value(GLib.Variant("(a{sa{sv}})", ({GROUP: found},)))
    else:
        call.return_dbus_error(FAILED, "not here")

def on_line(_channel, _condition):
    line = sys.stdin.readline()
    if not line:
        loop.quit()
        return False
    key, value = line.split()
    settings[key] = int(value)
    told = GLib.Variant("(ssv)", (GROUP, key, GLib.Variant("u", int(value))))
    bus.emit_signal(None, PATH, INTERFACE, "SettingChanged", told)
    return True

bus = Gio.bus_get_sync(Gio.BusType.SESSION)
bus.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0], on_call, None, None)
name, flags = "org.freedesktop.portal.Desktop", Gio.BusNameOwnerFlags.NONE
Gio.bus_own_name_on_connection(bus, name, flags, lambda *_: print("ready", flush=True), None)
GLib.io_add_watch(0, GLib.IO_IN | GLib.IO_HUP, on_line)
loop = GLib.MainLoop()
loop.run()
"""


def wear() -> int:
    """Our program: a line for the colours at first, and for each change, until stdin ends."""
    application = make_application()
    assert application is not None
    theme = themes.Theme(application)
    names = {id(getattr(themes, name)): name for name in ("LIGHT", "DARK", "SHARP_LIGHT", "SHARP_DARK")}

    worn: list[str] = []

    def tell() -> None:
        name = names[id(theme.colors)]
        if worn[-1:] != [name]:
            worn.append(name)
            sys.stdout.write(f"{name}\n")
            sys.stdout.flush()

    theme.changed.connect(tell)
    end = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    end.activated.connect(application.quit)
    tell()
    return application.exec()


def main() -> int:
    """The portal, and our program beside it."""
    wearing = [sys.executable, "-m", "tests.helpers.portal", "wear"]
    with _piped([str(SYSTEM_PYTHON), "-c", _PORTAL]) as portal:
        assert "ready\n" == _line(portal)
        with _piped(wearing) as program:
            worn = [_line(program).strip()]
            for told in TOLD:
                assert portal.stdin is not None
                portal.stdin.write(f"{told}\n")
                portal.stdin.flush()
                worn.append(_line(program).strip())
            program.communicate()
        portal.communicate()
    sys.stdout.write(json.dumps(worn))
    return 0


def _piped(command: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _line(program: subprocess.Popen[str]) -> str:
    assert program.stdout is not None
    return program.stdout.readline()


if __name__ == "__main__":
    sys.exit(wear() if sys.argv[1:] else main())
