"""Dispositions on their way to the disk."""

from dataclasses import replace

from cti_desktop.core.disposition import Draft
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.saving import Saving
from tests.helpers.calls import after, info

OWED = MyCall(info(), LegState.WRAP_UP)
DRAFT = Draft("interested", notes="wants a quote")


def begun() -> Saving:
    """One that is on its way."""
    saving = Saving()
    saving.begin(OWED, DRAFT)
    return saving


def test_meanwhile_the_call_is_shown_as_submitted() -> None:
    """With the draft that was submitted, still owed."""
    saving = begun()
    assert ({"call-1": replace(OWED, draft=DRAFT)}, True, False) == (
        saving.shown,
        "call-1" in saving,
        "call-2" in saving,
    )


def test_success_is_told_once() -> None:
    """Later reports are about something else."""
    saving = begun()
    assert [True, False] == [saving.succeeded("call-1"), saving.succeeded("call-1")]
    assert {} == saving.shown


def test_failure_gives_the_call_back() -> None:
    """Owed again, with what was learned and typed in the meantime."""
    saving = begun()
    saving.redraft("call-1", Draft("interested", notes="wants a quote!"))
    learned = MyCall(info(recording="r.mp3"), LegState.CLOSED, heard_at=after(90), disposed_as="Interested")
    back = saving.failed("call-1", learned)
    assert back == MyCall(
        info(recording="r.mp3"),
        LegState.WRAP_UP,
        heard_at=after(90),
        draft=Draft("interested", notes="wants a quote!"),
    )
    assert saving.failed("call-1", learned) is None
