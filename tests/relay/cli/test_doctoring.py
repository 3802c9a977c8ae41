"""`cti-relay doctor` in words and as JSON."""

import json
from pathlib import Path

from tests.helpers.relay_cli import Keyboard


def test_a_fresh_relay_needs_a_start_only(keyboard: Keyboard) -> None:
    """Right after `init` only the relay itself is missing; what is to do is said with its command."""
    said, _ = keyboard.prints("doctor", code=1)

    assert ["server"] == [line.split()[1] for line in said.splitlines() if line.startswith("FAIL")]
    assert "Start it with `cti-relay serve`" in " ".join(said.split())
    assert " ".join(said.split()).startswith(f"ok config {keyboard.config} can be used ok")
    assert '→ cti-relay agent add "NAME" --phone +91…' in said


def test_as_json(keyboard: Keyboard) -> None:
    """Monitoring gets check, level, says and mend."""
    checks = json.loads(keyboard.prints("doctor", "--json", code=1)[0])

    assert {tuple(sorted(check)) for check in checks} == {("check", "level", "mend", "says")}
    assert {check["level"] for check in checks} == {"ok", "warn", "fail"}


def test_a_failure_is_one(keyboard: Keyboard, tmp_path: Path) -> None:
    """Exit code 1 when something fails."""
    (secret,) = keyboard.gets("secret", "list")
    keyboard.types("secret", "retire", secret["id"], "--force")

    assert keyboard.types("doctor", code=1) == "cti-relay: something fails: see above\n"
