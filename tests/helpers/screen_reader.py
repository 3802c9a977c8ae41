"""Hears a screen of ours as a screen reader does: over AT-SPI, from another program, on a D-Bus of its own.

`python -m tests.helpers.screen_reader SITUATION LAST` within `dbus-run-session` and an X display prints what
it heard as JSON: what was announced, and pairs of role and name of all that was up then.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.helpers.x11 import Program

LAUNCHER: Final = Path("/usr/libexec/at-spi-bus-launcher")
SYSTEM_PYTHON: Final = Path("/usr/bin/python3")
"""The one that Debian's bindings are for."""

# Listens to the bus: says when it is ready, when a program came, and all that is up once it heard a text.
_LISTENER: Final = """
import json, sys, gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

def walk(node, depth=0):
    if depth > 1 and not node.get_state_set().contains(Atspi.StateType.VISIBLE):
        return []
    found = [[node.get_role_name(), node.get_name() or ""]]
    for index in range(node.get_child_count() if depth < 30 else 0):
        child = node.get_child_at_index(index)
        if child is not None:
            found += walk(child, depth + 1)
    return found

def on_child(event):
    if event.source.get_role() == Atspi.Role.DESKTOP_FRAME:
        print("came", flush=True)

def on_announcement(event):
    heard.append(event.any_data)
    if event.any_data.startswith(sys.argv[1]):
        program = event.source.get_application()
        print(json.dumps({"said": heard, "found": walk(program)}), flush=True)
        Atspi.event_quit()

heard = []
children = Atspi.EventListener.new(on_child)
children.register("object:children-changed:add")
announcements = Atspi.EventListener.new(on_announcement)
announcements.register("object:announcement")
GLib.timeout_add_seconds(20, Atspi.event_quit)
print("listening", flush=True)
Atspi.event_main()
"""


def main(situation: str, last: str) -> int:
    """Show a situation, and print what is said until `last`, and what is found then."""
    with (
        subprocess.Popen([LAUNCHER, "--launch-immediately"], stdout=subprocess.DEVNULL) as bus,
        subprocess.Popen(
            [SYSTEM_PYTHON, "-c", _LISTENER, last], stdout=subprocess.PIPE, text=True
        ) as listener,
    ):
        assert listener.stdout is not None
        assert "listening\n" == listener.stdout.readline()
        cards = Program("cards", dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1"))
        assert "came\n" == listener.stdout.readline()
        cards.ask("show", situation, {})
        sys.stdout.write(listener.stdout.readline())
        cards.end()
        listener.terminate()
        bus.terminate()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
