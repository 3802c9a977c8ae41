"""Hears a screen of ours as a screen reader does: over AT-SPI, from another program, on a D-Bus of its own.

`python -m tests.helpers.screen_reader SITUATION` within `dbus-run-session` and an X display prints what it
found as JSON: pairs of role and name.
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

# Asks again and again until a button is there, as the program comes up by and by.
_WALK: Final = """
import json, time, gi
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi

def walk(node, depth=0):
    if depth > 1 and not node.get_state_set().contains(Atspi.StateType.VISIBLE):
        return []
    found = [[node.get_role_name(), node.get_name() or ""]]
    for index in range(node.get_child_count() if depth < 30 else 0):
        child = node.get_child_at_index(index)
        if child is not None:
            found += walk(child, depth + 1)
    return found

found, deadline = [], time.monotonic() + 20
while time.monotonic() < deadline and not any("button" in role for role, _ in found):
    time.sleep(0.1)
    desktop = Atspi.get_desktop(0)
    found = []
    for index in range(desktop.get_child_count()):
        program = desktop.get_child_at_index(index)
        if program is not None:
            found += walk(program)
print(json.dumps(found))
"""


def main(situation: str) -> int:
    """Show a situation, and print what is heard of it."""
    bus = subprocess.Popen([LAUNCHER, "--launch-immediately"], stdout=subprocess.DEVNULL)
    try:
        cards = Program("cards", dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1"))
        cards.ask("show", situation, {})
        walked = subprocess.run([SYSTEM_PYTHON, "-c", _WALK], capture_output=True, text=True, check=True)
        sys.stdout.write(walked.stdout)
        cards.end()
    finally:
        bus.terminate()
        bus.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
