"""What a command is."""

from cti_desktop.relay.command import Command, Outcome


def test_a_command_writes_unless_it_says_otherwise() -> None:
    """Whoever runs it reloads what it keeps in memory."""
    assert Command(lambda _conn, _args, _at: Outcome(None)).writes
    assert Outcome(None).ended_tokens == ()
