"""`cti-relay owed`."""

from tests.helpers.relay_cli import Keyboard


def test_roles(keyboard: Keyboard) -> None:
    """One word, kept in lower case."""
    keyboard.types("agent", "add", "Asha", "--phone", "9999900001")

    assert keyboard.types("agent", "role", "Asha", "Lead") == "Asha is lead.\n"
    assert "is no role" in keyboard.types("agent", "role", "Asha", "team lead!", code=1)


def test_nothing_is_owed_at_first(keyboard: Keyboard) -> None:
    """By nobody; an unknown agent is named as such."""
    assert keyboard.types("owed") == "Nothing is owed.\n"
    assert keyboard.gets("owed") == []
    assert "there is no agent 'Zubin'" in keyboard.types("owed", "Zubin", code=1)
