"""A screen reader hears the cards: over AT-SPI, from another program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from tests.helpers.screen_reader import LAUNCHER, SYSTEM_PYTHON
from tests.helpers.x11 import ON_X11, ROOT, new_display


def can_hear() -> bool:
    """Whether AT-SPI and its bindings are here."""
    if not (LAUNCHER.exists() and SYSTEM_PYTHON.exists() and shutil.which("dbus-run-session")):
        return False
    ask = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    return subprocess.run([SYSTEM_PYTHON, "-c", ask], capture_output=True, check=False).returncode == 0


pytestmark = [*ON_X11, pytest.mark.skipif(not can_hear(), reason="needs at-spi2-core, gir1.2-atspi-2.0")]


def heard(situation: str, last: str) -> tuple[list[str], set[tuple[str, str]]]:
    """What is announced, and role and name of everything in a situation."""
    with new_display() as env:
        command = [
            "dbus-run-session",
            "--",
            sys.executable,
            "-m",
            "tests.helpers.screen_reader",
            situation,
            last,
        ]
        done = subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60
        )
    assert 0 == done.returncode, done.stderr
    told = json.loads(done.stdout)
    return told["said"], {(role, name) for role, name in told["found"]}


def test_cards_and_prompts_are_heard() -> None:
    """Each says itself as it pops; then choices, inputs and buttons can be found by role and name."""
    said, found = heard("next prompt", "Incoming call")
    assert ["How did it go? Asha Traders  …0001", "Incoming call, Unknown caller  …4567, Renewals"] == said
    names = {name for _, name in found}
    assert {"Save", "Later", "Notes", "Interested", "Add note"} <= names
    assert ("text", "Notes") in found
    assert any(role == "push button" and name == "Save" for role, name in found)
    assert not [role for role, name in found if "button" in role and not name]
