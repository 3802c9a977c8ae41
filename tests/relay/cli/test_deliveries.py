"""Quarantine and tail, as an administrator types them."""

from tests.helpers.relay_cli import Keyboard


def test_nothing_came_yet(keyboard: Keyboard) -> None:
    """Which is said."""
    assert keyboard.types("quarantine", "list") == "Every webhook was understood.\n"
    nothing = "No webhook came in yet: cti-relay doctor says what to look at.\n"
    assert keyboard.prints("events", "tail") == ("", nothing)
    assert keyboard.prints("events", "tail", "--json") == ("", "")
    assert "no delivery 7" in keyboard.types("quarantine", "show", "7", code=1)


def test_replaying_needs_the_running_relay(keyboard: Keyboard) -> None:
    """It alone may tell the agents."""
    assert "only a running relay" in keyboard.types("quarantine", "replay", code=1)
    assert "only a running relay" in keyboard.types("reload", code=1)
