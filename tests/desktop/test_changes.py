"""What is to be written in one transaction."""

from cti_desktop.core.disposition import Disposition
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.people import Person
from cti_desktop.desktop.changes import Changes, Team, Urgency
from cti_desktop.desktop.screen import OutboxItem
from cti_desktop.wire.desktop_link import Cursor
from tests.helpers.calls import NOON, info

CALL = MyCall(info())
ITEM = OutboxItem(Disposition("d-1", "call-1", "interested", None, "", None, NOON))


def test_the_later_word_counts() -> None:
    """Where both say something; otherwise what was said stays."""
    changes = Changes({"call-1": CALL}, {"d-1": ITEM}, Cursor("e1", 1), Team(Person("a1", "Asha")))
    changes.add(Changes({"call-1": None}, {}, Cursor("e1", 2), history=1))
    assert ({"call-1": None}, {"d-1": ITEM}, Cursor("e1", 2), 1) == (
        changes.calls,
        changes.outbox,
        changes.cursor,
        changes.history,
    )
    assert Team(Person("a1", "Asha")) == changes.team


def test_the_most_urgent_decides() -> None:
    """A keystroke does not slow down an event."""
    changes = Changes(urgency=Urgency.NOW)
    changes.add(Changes(urgency=Urgency.SOON))
    assert Urgency.NOW is changes.urgency


def test_a_saved_disposition_is_not_tried_again_by_itself() -> None:
    """Nor is its call, which must not look disposed of; everything else is."""
    other = MyCall(info(call_id="call-2"))
    changes = Changes({"call-1": CALL, "call-2": other}, {"d-1": ITEM, "d-0": None}, saved={"d-1": "call-1"})
    again = changes.without_saved()
    assert ({"call-2": other}, {"d-0": None}, {}) == (again.calls, again.outbox, again.saved)
