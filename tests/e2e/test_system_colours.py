"""The program turns dark, and sharp, in the moment in which the desktop does."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.e2e.test_screen_reader import can_hear
from tests.helpers.x11 import ON_X11, ROOT, new_display

pytestmark = [*ON_X11, pytest.mark.skipif(not can_hear(), reason="needs dbus-run-session and python3-gi")]


def test_colours_follow_the_desktop() -> None:
    """By its settings portal, whatever desktop it is: dark, high contrast, light, and as at first."""
    with new_display() as env:
        env["XDG_CURRENT_DESKTOP"] = "XFCE"
        env.pop("QT_QPA_PLATFORMTHEME", None)
        done = subprocess.run(
            ["dbus-run-session", "--", sys.executable, "-m", "tests.helpers.portal"],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert 0 == done.returncode, done.stderr
    assert ["LIGHT", "DARK", "SHARP_DARK", "SHARP_LIGHT", "LIGHT"] == json.loads(done.stdout)
