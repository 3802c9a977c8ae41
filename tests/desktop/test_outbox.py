"""Saved dispositions that the relay has not stored."""

from cti_desktop.core.disposition import Disposition
from cti_desktop.desktop.changes import Changes, Urgency
from cti_desktop.desktop.outbox import Outbox
from cti_desktop.desktop.screen import OutboxItem, OutboxState
from cti_desktop.wire.desktop_link import DispositionRefused
from tests.helpers.calls import NOON


def disposition(id_: str) -> Disposition:
    """A saved disposition."""
    return Disposition(id_, f"call-{id_}", "interested", None, "", None, NOON)


ONE, TWO = disposition("d-1"), disposition("d-2")


def test_what_is_refused_blocks_nothing() -> None:
    """It is parked with the relay's reason; later ones still wait to be sent."""
    outbox, changes = Outbox([OutboxItem(ONE), OutboxItem(TWO)]), Changes()
    outbox.park(DispositionRefused("d-1", "retired", "code", "no longer used"), changes)
    parked = OutboxItem(ONE, OutboxState.PARKED, "retired", "code", "no longer used")
    assert ([TWO], ONE, None) == (outbox.waiting, outbox.parked("d-1"), outbox.parked("d-2"))
    assert ((parked, OutboxItem(TWO)), {"d-1": parked}) == (outbox.items, changes.outbox)
    assert Urgency.NOW is changes.urgency


def test_what_is_stored_leaves() -> None:
    """Once; a second answer changes nothing."""
    outbox, first, second = Outbox([OutboxItem(ONE)]), Changes(), Changes()
    outbox.remove("d-1", first)
    outbox.remove("d-1", second)
    outbox.park(DispositionRefused("d-1", "x", "code", ""), second)
    assert ((), {"d-1": None}, Changes()) == (outbox.items, first.outbox, second)


def test_new_items_queue_behind() -> None:
    """Oldest first."""
    outbox = Outbox([OutboxItem(ONE)])
    outbox.take_up(OutboxItem(TWO))
    assert [ONE, TWO] == outbox.waiting


def test_a_former_agents_words_are_kept_but_not_sent() -> None:
    """They can't go out in another's name."""
    outbox, changes = Outbox([OutboxItem(ONE)]), Changes()
    outbox.park_for_former_agent(outbox.waiting, changes)
    assert ([], ["other_agent"]) == (outbox.waiting, [item.code for item in outbox.items])
