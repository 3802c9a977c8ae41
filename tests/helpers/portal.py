"""A desktop's settings portal, which tells programs of dark colours, contrast and motion, and one that hears.

`python -m tests.helpers.portal wear` within `dbus-run-session` and an X display prints one line of JSON: the
colours that our program wore at first, and after each thing that the portal told. With `move` instead:
whether things might move.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Final

from PySide6.QtCore import QSocketNotifier

from cti_desktop.desktop.app import make_application
from cti_desktop.desktop.ui import theme as themes
from cti_desktop.desktop.ui.motion import Motion
from tests.helpers.screen_reader import SYSTEM_PYTHON

# What is told, in this order; `color-scheme` is 1 for dark and 2 for light, `contrast` 1 for high.
TOLD: Final = ("color-scheme 1", "contrast 1", "color-scheme 2", "contrast 0")
# What users wish of different desktops: less motion, and again as at first.
MOTION: Final = (
    "reduced-motion 1",
    "reduced-motion 0",
    "enable-animations false",
    "enable-animations true",
    "AnimationDurationFactor '0'",
    "AnimationDurationFactor '0.5'",
)

# Tells one setting for each line on stdin.
_PORTAL: Final = """
import sys, gi
gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib

INTERFACE, GROUP = "org.freedesktop.portal.Settings", "org.freedesktop.appearance"
GROUPS = {"enable-animations": "org.gnome.desktop.interface"}
GROUPS["AnimationDurationFactor"] = "org.kde.kdeglobals.KDE"
PATH, FAILED = "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Error.NotFound"
XML = '''<node><interface name="org.freedesktop.portal.Settings">
<method name="ReadAll"><arg type="as" direction="in"/><arg type="a{sa{sv}}" direction="out"/></method>
<method name="ReadOne"><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="v" direction="out"/></method>
<method name="Read"><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="v" direction="out"/></method>
<signal name="SettingChanged"><arg type="s"/><arg type="s"/><arg type="v"/></signal>
</interface></node>'''
settings = {"color-scheme": GLib.Variant("u", 2), "contrast": GLib.Variant("u", 0)}

def on_call(_bus, _sender, _path, _interface, method, arguments, call):
    if method == "ReadAll":
        call.return_value(GLib.Variant("(a{sa{sv}})", ({GROUP: settings},)))
        return
    group, key = arguments.unpack()
    if method == "Read" and key in settings and group == GROUPS.get(key, GROUP):
        call.return_value(GLib.Variant("(v)", (GLib.Variant("v", settings[key]),)))
    else:
        call.return_dbus_error(FAILED, "not here")

def on_line(_channel, _condition):
    line = sys.stdin.readline()
    if not line:
        loop.quit()
        return False
    key, value = line.split()
    said = GLib.Variant("u", int(value)) if value.isdigit() else GLib.Variant.parse(None, value)
    settings[key] = said
    told = GLib.Variant("(ssv)", (GROUPS.get(key, GROUP), key, said))
    bus.emit_signal(None, PATH, INTERFACE, "SettingChanged", told)
    print("told", flush=True)
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


def move() -> int:
    """Our program: for each line on stdin one that says whether things may move by then."""
    application = make_application()
    assert application is not None
    for _ in sys.stdin:
        motion = Motion()
        motion.ask()
        while not all(question.is_answered for question, _ in motion._questions):
            application.processEvents()
        sys.stdout.write(f"{motion.is_welcome}\n")
        sys.stdout.flush()
    return 0


def main(role: str) -> int:
    """The portal, and our program beside it, in that role."""
    moves = role == "move"
    with piped([str(SYSTEM_PYTHON), "-c", _PORTAL]) as portal:
        assert "ready\n" == line_of(portal)
        with piped([sys.executable, "-m", "tests.helpers.portal", "program", role]) as program:
            heard = [_asked(program) if moves else line_of(program).strip()]
            for told in MOTION if moves else TOLD:
                _tell(portal, told)
                assert "told\n" == line_of(portal)
                heard.append(_asked(program) if moves else line_of(program).strip())
            program.communicate()
        portal.communicate()
    sys.stdout.write(json.dumps(heard))
    return 0


def _tell(program: subprocess.Popen[str], line: str) -> None:
    assert program.stdin is not None
    program.stdin.write(f"{line}\n")
    program.stdin.flush()


def _asked(program: subprocess.Popen[str]) -> str:
    _tell(program, "now?")
    return line_of(program).strip()


def piped(command: list[str]) -> subprocess.Popen[str]:
    """A program to talk to, line by line."""
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def line_of(program: subprocess.Popen[str]) -> str:
    """The next line that it says."""
    assert program.stdout is not None
    return program.stdout.readline()


if __name__ == "__main__":
    as_program = {"wear": wear, "move": move}
    sys.exit(as_program[sys.argv[2]]() if sys.argv[1] == "program" else main(sys.argv[1]))
