"""This pair of Python and PySide6 is sound: an unsound one aborts after some 8,000 turns of the loop."""

import os
import subprocess
import sys

TURNS = """
import asyncio
from PySide6.QtCore import QCoreApplication
import qasync

async def turn():
    for _ in range(20_000):
        await asyncio.sleep(0)

application = QCoreApplication([])
with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
    runner.run(turn())
"""

TIMERS = """
import sys
from PySide6.QtCore import QCoreApplication, QObject

application = QCoreApplication([])
owner = QObject()
before = sys.getrefcount(None)
for _ in range(1_000):
    owner.killTimer(owner.startTimer(1_000))
print(sys.getrefcount(None) - before)
"""


def run(program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in an interpreter of its own: it may abort."""
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_API": "pyside6"}
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", program]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_event_loop_survives_many_turns() -> None:
    """The loop turns 20,000 times and ends in silence."""
    result = run(TURNS)

    assert (result.returncode, result.stderr) == (0, "")


def test_timers_keep_references_to_none() -> None:
    """A thousand timers leave the reference count of None where it was (from 3.12 on it is immortal)."""
    result = run(TIMERS)

    assert (result.returncode, result.stderr) == (0, "")
    assert int(result.stdout) > -100
