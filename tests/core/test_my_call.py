"""One of my calls, moved on by events."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cti_desktop.core.call import EndReason
from cti_desktop.core.disposition import Draft
from cti_desktop.core.events import CallEvent
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MAX_RING_AGE, RING_TIMEOUT, STALE_PROMPT_AGE, TALK_TIMEOUT, MyCall
from tests.helpers.calls import NOON, after, answered, disposed, ended, info, rang, updated

SECOND = timedelta(seconds=1)


def told(*events: CallEvent) -> MyCall:
    """A call of which so much was heard."""
    call = MyCall(events[0].info)
    for event in events:
        call = call.after(event)
    return call


@pytest.mark.parametrize(
    ("events", "state", "owes"),
    [
        ([rang()], LegState.RINGING, False),
        ([rang(), answered()], LegState.CONNECTED, False),
        ([rang(), answered(), ended()], LegState.WRAP_UP, True),
        ([rang(), ended(EndReason.MISSED)], LegState.CLOSED, False),
        ([rang(), answered(), ended(), disposed()], LegState.CLOSED, False),
        ([answered(), disposed(at=20), ended()], LegState.CLOSED, False),
        ([answered(), ended(EndReason.UNKNOWN)], LegState.WRAP_UP, True),
        ([rang(), ended(EndReason.UNKNOWN), updated(reason=EndReason.HUNG_UP)], LegState.WRAP_UP, True),
    ],
)
def test_where_it_stands(events: list[CallEvent], state: LegState, *, owes: bool) -> None:
    """A conversation that is over owes an outcome until one is recorded."""
    call = told(*events)
    assert (state, owes) == (call.state, call.owes_disposition)


def test_each_moment_is_stamped_once() -> None:
    """The first ring and the first answer count; the end may be corrected."""
    call = told(rang(0), answered(5), answered(9), ended(at=60))
    assert (NOON, after(5), after(60)) == (call.rang_at, call.answered_at, call.ended_at)


def test_no_moment_is_later_than_its_news() -> None:
    """A provider's clock that is ahead would stop our timers."""
    picked_up, over = replace(answered(35), received_at=after(1)), replace(ended(at=60), received_at=after(2))
    call = told(rang(30, received=0), picked_up, over)
    assert (NOON, after(1), after(2)) == (call.rang_at, call.answered_at, call.ended_at)


def test_a_later_part_keeps_the_draft_and_forgets_the_times() -> None:
    """My phone rings again within the call: the timer starts anew."""
    call = MyCall(info(leg="2"), LegState.CLOSED, rang_at=NOON, draft=Draft(notes="x"))
    again = call.after(rang(40, leg="4"))
    assert (LegState.RINGING, after(40), "x") == (again.state, again.rang_at, again.draft.notes)
    assert again.has_moved_on_from(updated(leg="2"))
    assert not again.has_moved_on_from(disposed(leg="2"))


def test_what_deserves_the_screen() -> None:
    """A fresh ring and every conversation; nothing that is over."""
    ringing, talking, over = told(rang()), told(answered()), told(rang(), ended(EndReason.MISSED))
    assert ringing.deserves_pop(NOON + MAX_RING_AGE)
    assert not ringing.deserves_pop(NOON + MAX_RING_AGE + SECOND)
    assert talking.deserves_pop(NOON + timedelta(hours=3))
    assert not over.deserves_pop(NOON)


def test_when_an_end_must_have_been_lost() -> None:
    """Counted from the last news, by state; closed calls wait for nothing."""
    ringing, talking = told(rang(0)), told(answered(0))
    assert not ringing.is_overdue(NOON + RING_TIMEOUT)
    assert ringing.is_overdue(NOON + RING_TIMEOUT + SECOND)
    assert not talking.is_overdue(NOON + RING_TIMEOUT + SECOND)
    assert talking.is_overdue(NOON + TALK_TIMEOUT + SECOND)
    assert not told(ended()).is_overdue(NOON + timedelta(days=1))


def test_giving_up_says_that_the_end_is_unknown() -> None:
    """But keeps a reason that was told."""
    assert told(rang()).given_up(after(9)).info.reason is EndReason.UNKNOWN
    closed = told(rang(), ended(EndReason.MISSED, 8))
    assert closed == closed.given_up(after(9))


def test_a_question_grows_stale() -> None:
    """Counted from the end of the conversation."""
    call = told(ended(at=0))
    assert not call.is_stale_prompt(NOON + STALE_PROMPT_AGE)
    assert call.is_stale_prompt(NOON + STALE_PROMPT_AGE + SECOND)


def test_a_call_found_afterwards_waits_in_the_list() -> None:
    """Its outcome is owed, but not asked for in the middle of something else."""
    event = ended(talk_seconds=31)
    found = replace(event, info=replace(event.info, call_id="recovered:1"))
    call = MyCall(found.info).after(found)

    assert call.owes_disposition
    assert not call.is_asked
