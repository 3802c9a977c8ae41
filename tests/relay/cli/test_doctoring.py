"""`cti-relay doctor` in words and as JSON."""

from pathlib import Path

from tests.helpers.relay_cli import Keyboard


def test_a_fresh_relay_has_warnings_only(keyboard: Keyboard) -> None:
    """Right after `init` nothing fails; what is still to do is said with its command."""
    said = keyboard.types("doctor")

    assert "FAIL" not in said
    assert " ".join(said.split()).startswith(f"ok config {keyboard.config} can be used ok")
    assert '→ cti-relay agent add "NAME" --phone +91…' in said


def test_as_json(keyboard: Keyboard) -> None:
    """Monitoring gets check, level, says and mend."""
    checks = keyboard.gets("doctor")

    assert {tuple(sorted(check)) for check in checks} == {("check", "level", "mend", "says")}
    assert {check["level"] for check in checks} == {"ok", "warn"}


def test_a_failure_is_one(keyboard: Keyboard, tmp_path: Path) -> None:
    """Exit code 1 when something fails."""
    (secret,) = keyboard.gets("secret", "list")
    keyboard.types("secret", "retire", secret["id"], "--force")

    assert keyboard.types("doctor", code=1) == "cti-relay: something fails: see above\n"
