"""Who calls is hidden in the moment in which the desktop tells that the screen is shared."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.e2e.test_screen_reader import can_hear
from tests.helpers.x11 import ON_X11, ROOT, new_display

pytestmark = [*ON_X11, pytest.mark.skipif(not can_hear(), reason="needs dbus-run-session and python3-gi")]

NAME, INITIALS = "Ananya Deshmukh", "A. D."


def test_callers_are_hidden_while_the_screen_is_cast() -> None:
    """By Mutter; by Plasma's portal, whichever told first; neither Do not disturb nor a portal alone does it.

    What tells may go away with what it told.
    """
    with new_display() as env:
        done = subprocess.run(
            ["dbus-run-session", "--", sys.executable, "-m", "tests.helpers.shared_screen"],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert 0 == done.returncode, done.stderr
    assert [NAME, *(INITIALS, NAME) * 4] == json.loads(done.stdout)
