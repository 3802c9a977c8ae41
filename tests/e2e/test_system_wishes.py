"""The program turns dark, and sharp, and still, in the moment in which the desktop says so."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.e2e.test_screen_reader import can_hear
from tests.helpers.x11 import ON_X11, ROOT, new_display

pytestmark = [*ON_X11, pytest.mark.skipif(not can_hear(), reason="needs dbus-run-session and python3-gi")]


def heard(role: str) -> object:
    """What our program in this role heard from a desktop's settings portal."""
    with new_display() as env:
        env["XDG_CURRENT_DESKTOP"] = "XFCE"
        env.pop("QT_QPA_PLATFORMTHEME", None)
        done = subprocess.run(
            ["dbus-run-session", "--", sys.executable, "-m", "tests.helpers.portal", role],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert 0 == done.returncode, done.stderr
    return json.loads(done.stdout)


def test_colours_follow_the_desktop() -> None:
    """By its settings portal, whatever desktop it is: dark, high contrast, light, and as at first."""
    assert ["LIGHT", "DARK", "SHARP_DARK", "SHARP_LIGHT", "LIGHT"] == heard("wear")


def test_nothing_moves_where_the_desktop_asks_for_less_motion() -> None:
    """In the words of any desktop, of GNOME and of KDE; by none of them at first."""
    assert ["True", *["False", "True"] * 3] == heard("move")
