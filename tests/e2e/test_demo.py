"""The demo, as `dev.py demo --headless` runs it."""

import re
import subprocess
import sys
from pathlib import Path

PICTURES = [
    "01-idle.png",
    "02-ringing.png",
    "03-answered-by-me.png",
    "04-second-call-rings.png",
    "05-answered-elsewhere.png",
    "06-prompt.png",
    "07-invalid-draft.png",
    "08-offline-one-waiting.png",
    "09-back-online-and-sent.png",
    "10-missed.png",
    "11-outgoing.png",
    "12-end-of-shift.png",
]


def run_demo(out: Path) -> subprocess.CompletedProcess[str]:
    """The headless demo, in a process of its own."""
    command = [sys.executable, "-m", "cti_desktop.desktop.demo", "--headless", "--out", str(out)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_whole_shift_happens_and_is_photographed(tmp_path: Path) -> None:
    """All parts real: every step shows, every disposition is stored, nothing is muttered."""
    done = run_demo(tmp_path)
    assert ("", 0) == (done.stderr, done.returncode)
    assert PICTURES == sorted(p.name for p in tmp_path.iterdir())
    timeline = [re.sub(r"^\+\d+\.\d{3}s ", "", line) for line in done.stdout.splitlines()]
    assert timeline[:3] == [
        "signed in as Priya Sharma, connected",
        "popped +91 99999 00001 Asha Traders",
        "answered by me",
    ]
    stored = [line.rpartition(" ")[2] for line in timeline if line.startswith("the relay has stored")]
    assert ["not_interested", "interested", "resolved"] == stored


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """No traceback, no success."""
    (tmp_path / "file").touch()
    done = run_demo(tmp_path / "file" / "out")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert str(tmp_path / "file") in done.stderr
