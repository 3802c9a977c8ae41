"""`cti-relay owed`."""

from tests.helpers.relay_cli import Keyboard


def test_nothing_is_owed_at_first(keyboard: Keyboard) -> None:
    """By nobody; an unknown agent is named as such."""
    assert keyboard.types("owed") == "Nothing is owed.\n"
    assert keyboard.gets("owed") == []
    assert "there is no agent 'Zubin'" in keyboard.types("owed", "Zubin", code=1)
