"""Saved dispositions that the relay has not stored."""

from datetime import timedelta

from cti_desktop.core.disposition import Disposition
from cti_desktop.desktop.changes import Changes, Delivered, Urgency
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


def test_what_the_relay_has_is_kept_for_a_restored_one() -> None:
    """It leaves the outbox, and comes back once when the relay began a new life."""
    outbox, stored, again = Outbox([OutboxItem(ONE)], [Delivered(TWO, NOON)]), Changes(), Changes()
    outbox.stored("d-1", NOON, stored)
    outbox.stored("d-1", NOON, Changes())
    assert ((), {"d-1": None}, {"d-1": Delivered(ONE, NOON)}) == (
        outbox.items,
        stored.outbox,
        stored.delivered,
    )

    outbox.deliver_again(again)
    outbox.deliver_again(Changes())
    assert ([TWO, ONE], {"d-1": None, "d-2": None}) == (outbox.waiting, again.delivered)
    assert {"d-1", "d-2"} == set(again.outbox)


def test_what_was_delivered_long_ago_is_forgotten() -> None:
    """What came later stays."""
    outbox, changes = Outbox([], [Delivered(ONE, NOON), Delivered(TWO, NOON + timedelta(days=1))]), Changes()
    outbox.forget_delivered(NOON + timedelta(hours=1), changes)
    assert ({"d-1": None}, Urgency.SOON) == (changes.delivered, changes.urgency)
