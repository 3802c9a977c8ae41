"""Quarantine and tail, as an administrator types them."""

from sqlalchemy import insert

from cti_desktop.relay.tables import inbox
from cti_desktop.relay.typed_by import typed_by
from tests.helpers.relay_cli import Keyboard
from tests.helpers.relay_store import NOW, opened


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


def test_one_that_was_understood_is_shown(keyboard: Keyboard) -> None:
    """By the id that its line in the tail begins with; and who looked at the number in it leaves a trace."""
    body = {
        "source": "myoperator",
        "dedupe_key": "1",
        "kind": "call.end",
        "received_at": NOW,
        "outcome": "stored",
    }
    body |= {"content_type": "application/json", "body": b'{"customer_identifier": "+919999900001"}'}
    with opened(keyboard.folder) as store:
        store.write_now(lambda c: c.execute(insert(inbox), body))
    [line] = keyboard.types("events", "tail").splitlines()
    shown = keyboard.types("quarantine", "show", line.split()[0])

    assert ("+919999900001" in shown, "9999900001" in line) == (True, False)
    [trace] = keyboard.gets("audit")
    assert (trace["what"], trace["subject"], trace["who"]) == ("delivery.show", "delivery 1", typed_by())
