"""An agent's day, told as events and intents in and commands out."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.core.call import EndReason
from cti_desktop.core.commands import (
    Command,
    ExplainDraft,
    HidePop,
    PromptDisposition,
    RefreshPop,
    Remember,
    SaveDisposition,
    ShowPop,
    SubmitForAgent,
    WithdrawPrompt,
)
from cti_desktop.core.disposition import EDIT_GRACE, EDIT_WINDOW, Draft, Fault, Problem
from cti_desktop.core.events import CallDisposed, CallEvent
from cti_desktop.core.follow_up import REMIND_AGAIN
from cti_desktop.core.intents import (
    CloseCall,
    CorrectDisposition,
    DismissCard,
    EditDraft,
    ExtendWrapUp,
    FinishFollowUp,
    Intent,
    OpenPrompt,
    PutOffFollowUp,
    ShowCard,
    SnoozePrompt,
    SubmitDraft,
)
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MAX_RING_AGE, RING_TIMEOUT, STALE_PROMPT_AGE, TALK_TIMEOUT
from cti_desktop.core.report import Direction
from cti_desktop.core.session import Session
from cti_desktop.core.wrap_up import REQUIRED_SNOOZE, TYPING_GRACE, Demand, WrapUp
from tests.helpers.calls import CATALOGUE, NOON, RAVI, after, answered, disposed, ended, rang, updated

ID = "call-1"


def play(session: Session, *steps: CallEvent | Intent, now: datetime | None = None) -> list[Command]:
    """Each step at its own time; the commands of the last one, without what is only remembered."""
    commands: list[Command] = []
    for step in steps:
        arrives = NOON if isinstance(step, Intent) else step.received_at
        commands = session.handle(step, now or arrives)
    return [c for c in commands if not isinstance(c, Remember)]


@pytest.fixture
def session() -> Session:
    """A desktop that has just come up."""
    return Session(CATALOGUE)


def test_a_ring_pops(session: Session) -> None:
    """The reason why the product exists."""
    assert play(session, rang()) == [ShowPop(ID)]


def test_every_change_is_remembered_first(session: Session) -> None:
    """The store must know before the agent relies on it."""
    command = session.handle(rang(), NOON)[0]
    assert Remember(session.calls[ID]) == command


def test_my_answer_keeps_the_card(session: Session) -> None:
    """The card goes on, with the timer from the answer."""
    play(session, rang(0), answered(5))
    assert (LegState.CONNECTED, after(5)) == (session.calls[ID].state, session.calls[ID].answered_at)


def test_an_answer_without_a_ring_pops(session: Session) -> None:
    """Deliveries overtake each other; the conversation is there all the same."""
    assert play(session, answered()) == [ShowPop(ID)]


def test_a_colleagues_answer_refreshes_the_card_without_a_prompt(session: Session) -> None:
    """The card says who took it; nothing is owed."""
    commands = play(session, rang(), ended(EndReason.ANSWERED_ELSEWHERE, 9, answered_by=RAVI))
    assert [RefreshPop(ID)] == commands
    assert (LegState.CLOSED, []) == (session.calls[ID].state, session.owed)


@pytest.mark.parametrize(
    "reason", [EndReason.MISSED, EndReason.REJECTED, EndReason.VOICEMAIL, EndReason.UNKNOWN]
)
def test_a_ring_that_became_no_conversation_owes_nothing(session: Session, reason: EndReason) -> None:
    """Only conversations are disposed of."""
    assert play(session, rang(), ended(reason)) == [RefreshPop(ID)]


def test_the_end_of_a_conversation_asks(session: Session) -> None:
    """The card turns into the question how it went."""
    assert play(session, rang(), answered(), ended()) == [RefreshPop(ID), PromptDisposition(ID)]


def test_the_end_alone_asks_too(session: Session) -> None:
    """If ring and answer were lost, the outcome is owed still, but nothing pops."""
    assert play(session, ended()) == [RefreshPop(ID), PromptDisposition(ID)]


def test_a_valid_draft_is_saved_and_the_prompt_goes(session: Session) -> None:
    """Saving is one command that the store commits together with the call."""
    draft = Draft("interested", notes="wants a demo")
    play(session, rang(), answered(), ended())
    save, withdraw = play(session, SubmitDraft(ID, draft, "d-1"), now=after(90))
    assert isinstance(save, SaveDisposition)
    assert ("d-1", ID, "interested", "wants a demo", after(90)) == (
        save.disposition.id,
        save.disposition.call_id,
        save.disposition.code,
        save.disposition.notes,
        save.disposition.saved_at,
    )
    assert WithdrawPrompt(ID) == withdraw
    assert (LegState.CLOSED, "Interested", Draft()) == (
        session.calls[ID].state,
        session.calls[ID].disposed_as,
        session.calls[ID].draft,
    )


def test_saving_twice_saves_once(session: Session) -> None:
    """A double click finds nothing owed."""
    draft = Draft("interested")
    play(session, ended(), SubmitDraft(ID, draft, "d-1"))
    assert play(session, SubmitDraft(ID, draft, "d-2")) == [WithdrawPrompt(ID)]


def test_an_invalid_draft_is_explained_and_kept(session: Session) -> None:
    """Nothing closes, nothing is lost."""
    draft = Draft("not_interested", notes="too dear")
    commands = play(session, ended(), SubmitDraft(ID, draft, "d-1"))
    assert [ExplainDraft(ID, (Problem("sub_code", Fault.MISSING),))] == commands
    assert (draft, LegState.WRAP_UP) == (session.calls[ID].draft, session.calls[ID].state)


def test_a_note_typed_while_talking_is_in_the_prompt(session: Session) -> None:
    """The draft belongs to the call, not to the prompt."""
    play(session, rang(), answered(), EditDraft(ID, Draft(notes="GST number is wrong")), ended())
    assert session.prompts[0].draft.notes == "GST number is wrong"


def test_a_second_call_leaves_the_first_alone(session: Session) -> None:
    """Neither card nor draft of the first call is touched."""
    play(session, rang(), answered(), EditDraft(ID, Draft(notes="mine")))
    first = session.calls[ID]
    assert play(session, rang(20, call_id="call-2")) == [ShowPop("call-2")]
    assert first == session.calls[ID]


def test_prompts_queue_oldest_first(session: Session) -> None:
    """Two conversations can end before the first is disposed of."""
    play(session, ended(at=60), ended(at=70, call_id="call-2"))
    assert [ID, "call-2"] == [c.id for c in session.prompts]


def test_a_snoozed_prompt_is_owed_still(session: Session) -> None:
    """Later is not never."""
    assert play(session, ended(), SnoozePrompt(ID)) == [WithdrawPrompt(ID)]
    assert ([], [ID]) == ([c.id for c in session.prompts], [c.id for c in session.owed])
    assert play(session, OpenPrompt(ID)) == [PromptDisposition(ID)]
    assert [ID] == [c.id for c in session.prompts]


def test_a_prompt_that_nobody_owes_does_not_open(session: Session) -> None:
    """A stale menu entry does no harm."""
    assert play(session, rang(), OpenPrompt(ID)) == []


def test_the_panels_disposition_resolves_the_prompt(session: Session) -> None:
    """Whoever disposes in the provider's panel isn't asked again; the card says so."""
    assert play(session, ended(), disposed()) == [ShowPop(ID), WithdrawPrompt(ID)]
    assert ("Interested", "provider") == (session.calls[ID].disposed_as, session.calls[ID].disposed_via)


def test_a_disposition_during_the_call_is_not_asked_for_again(session: Session) -> None:
    """The conversation goes on; when it ends, nothing is owed."""
    play(session, rang(), answered(), disposed(at=30))
    assert LegState.CONNECTED is session.calls[ID].state
    assert play(session, ended()) == [RefreshPop(ID)]
    assert [] == session.owed


def test_an_outcome_of_a_call_that_was_never_heard_of_shows_nothing(session: Session) -> None:
    """Neither card nor row: nothing is known of it. What comes later makes a call as ever."""
    assert play(session, disposed(leg="")) == []
    assert session.calls == {}
    play(session, rang())
    assert [ID] == list(session.calls)


def test_a_repeated_end_does_not_reopen_what_is_disposed(session: Session) -> None:
    """A snapshot after a reconnect may tell old news."""
    play(session, ended(), SubmitDraft(ID, Draft("interested"), "d-1"), ended(at=100))
    assert [] == session.owed


def test_a_dismissed_card_comes_back_on_demand(session: Session) -> None:
    """Dismissing is about the screen, not about the call."""
    assert play(session, rang(), DismissCard(ID)) == [HidePop(ID)]
    assert play(session, updated(1)) == [RefreshPop(ID)]
    assert not session.calls[ID].shown
    assert play(session, ShowCard(ID)) == [ShowPop(ID)]


def test_a_dismissed_ring_that_i_answer_pops_again(session: Session) -> None:
    """A conversation is news, even after its ring was waved away."""
    assert play(session, rang(), DismissCard(ID), answered()) == [ShowPop(ID)]


def test_late_knowledge_changes_no_state(session: Session) -> None:
    """The summary brings talk time and recording."""
    play(session, rang(), answered(), ended())
    play(session, updated(reason=EndReason.HUNG_UP, talk_seconds=110, recording="x.mp3"))
    assert (LegState.WRAP_UP, 110) == (session.calls[ID].state, session.calls[ID].info.talk_seconds)


# --- replay -----------------------------------------------------------------------------------------------


def test_a_replayed_ring_pops_only_if_it_still_rings(session: Session) -> None:
    """What has ended by the end of the replay never flashes up as a ring: it was missed."""
    session.handle(rang(0), after(10), replayed=True)
    session.handle(ended(EndReason.MISSED, 8), after(10), replayed=True)
    session.handle(rang(9, call_id="call-2"), after(10), replayed=True)
    commands = [c for c in session.caught_up(after(10)) if not isinstance(c, Remember)]
    assert [ShowPop(ID), ShowPop("call-2")] == commands
    assert {ID: True, "call-2": False} == {call.id: call.late for call in session.calls.values()}


def test_what_others_took_while_i_was_away_is_no_news(session: Session) -> None:
    """Nor is what is older than half a day, nor a call of my own that nobody took."""
    session.handle(ended(EndReason.ANSWERED_ELSEWHERE, 8), after(10), replayed=True)
    session.handle(ended(EndReason.MISSED, 8, call_id="b", answered_by=RAVI), after(10), replayed=True)
    session.handle(ended(EndReason.MISSED, -13 * 3600, call_id="c"), after(10), replayed=True)
    outgoing = ended(EndReason.MISSED, 8, call_id="d", direction=Direction.OUTGOING)
    session.handle(outgoing, after(10), replayed=True)
    assert [] == [c for c in session.caught_up(after(10)) if isinstance(c, ShowPop)]


def test_what_was_seen_to_be_missed_stays_away(session: Session) -> None:
    """Dismissed once, it does not come back with the next reconnect."""
    session.handle(ended(EndReason.MISSED, 8), after(10), replayed=True)
    session.caught_up(after(10))
    play(session, DismissCard(ID), now=after(11))
    assert [] == session.caught_up(after(20))


def test_a_missed_call_is_still_up_after_a_restart(session: Session) -> None:
    """It stays until it is seen; a ring of the former run does not."""
    play(session, rang(), ended(EndReason.MISSED, 8), rang(9, call_id="call-2"))
    again = Session(CATALOGUE)
    again.restore(session.calls.values())
    assert {ID: True, "call-2": False} == {call.id: call.shown for call in again.calls.values()}


def test_nothing_shows_during_a_replay(session: Session) -> None:
    """Neither pops nor prompts come before the desktop has caught up."""
    for event in (rang(), answered(), ended()):
        commands = session.handle(event, after(61), replayed=True)
        assert not [c for c in commands if isinstance(c, ShowPop | PromptDisposition)]
    assert session.caught_up(after(61)) == [PromptDisposition(ID)]


def test_a_dismissed_conversation_stays_away_after_a_reconnect(session: Session) -> None:
    """The agent took it off the screen; a link that breaks is no reason to bring it back."""
    play(session, rang(), answered(), DismissCard(ID))
    assert session.caught_up(after(30)) == []


def test_a_ring_that_is_too_old_becomes_a_missed_one(session: Session) -> None:
    """By the relay's clock (it was stored long ago), or by the provider's (it was delivered late)."""
    late = MAX_RING_AGE.total_seconds() + 1
    session.handle(rang(0), after(late), replayed=True)
    assert [ShowPop(ID)] == [c for c in session.caught_up(after(late)) if not isinstance(c, Remember)]
    assert play(session, rang(0, received=late, call_id="call-2"), now=after(late)) == [ShowPop("call-2")]
    assert all(call.late for call in session.calls.values())
    play(session, answered(late + 1), now=after(late + 1))
    assert not session.calls[ID].late


def test_a_conversation_is_shown_again_after_a_restart(session: Session) -> None:
    """However long it has lasted: I am in it."""
    play(session, rang(), answered(5))
    again = Session(CATALOGUE)
    assert again.restore(session.calls.values()) == []
    hour = after(3600)
    assert [ShowPop(ID)] == [c for c in again.caught_up(hour) if not isinstance(c, Remember)]


def test_owed_prompts_and_drafts_survive_a_restart(session: Session) -> None:
    """What was typed is there again."""
    play(session, ended(), EditDraft(ID, Draft("escalated", notes="half a sent")))
    again = Session(CATALOGUE)
    assert again.restore(session.calls.values()) == [PromptDisposition(ID)]
    assert again.prompts[0].draft == Draft("escalated", notes="half a sent")


def test_an_outcome_owed_since_yesterday_waits_in_the_list(session: Session) -> None:
    """It isn't pushed at the agent in the morning, and not forgotten either."""
    session.handle(ended(at=0), NOON, replayed=True)
    assert session.caught_up(NOON + STALE_PROMPT_AGE + timedelta(seconds=1)) == []
    assert [ID] == [c.id for c in session.owed]


def test_a_reset_gives_up_what_is_not_in_the_snapshot(session: Session) -> None:
    """Never a silent gap: what the relay no longer knows as open is over, its end unknown."""
    play(session, rang(), answered(), rang(9, call_id="call-2"))
    commands = session.reset_to([rang(9, call_id="call-2")], after(20))
    assert PromptDisposition(ID) in commands
    assert (EndReason.UNKNOWN, LegState.RINGING) == (
        session.calls[ID].info.reason,
        session.calls["call-2"].state,
    )


# --- ends that never come ---------------------------------------------------------------------------------


def test_a_ring_without_an_end_closes_by_itself(session: Session) -> None:
    """No card rings for ever."""
    play(session, rang())
    assert session.tick(NOON + RING_TIMEOUT) == []
    session.tick(NOON + RING_TIMEOUT + timedelta(seconds=1))
    assert (LegState.CLOSED, EndReason.UNKNOWN) == (session.calls[ID].state, session.calls[ID].info.reason)


def test_a_conversation_without_an_end_is_owed_in_the_end(session: Session) -> None:
    """Its outcome still counts."""
    play(session, answered())
    commands = session.tick(after(5) + TALK_TIMEOUT + timedelta(seconds=1))
    assert PromptDisposition(ID) in commands


def test_the_agent_can_close_a_call_by_hand(session: Session) -> None:
    """Hung up, but the provider never said so."""
    assert PromptDisposition(ID) in play(session, rang(), answered(), CloseCall(ID))
    assert play(session, CloseCall(ID)) == []


def test_a_call_given_up_can_turn_out_to_be_a_conversation(session: Session) -> None:
    """The late end brings the prompt back."""
    play(session, rang(), CloseCall(ID))
    assert PromptDisposition(ID) in play(session, updated(300, reason=EndReason.HUNG_UP))


def test_my_phone_rings_again_within_the_call(session: Session) -> None:
    """The hunt group came round: a new leg, a new ring, the same card and draft."""
    play(session, rang(leg="2"), EditDraft(ID, Draft(notes="x")), ended(EndReason.MISSED, 20, leg="2"))
    assert play(session, rang(40, leg="4")) == [ShowPop(ID)]
    assert (LegState.RINGING, "x") == (session.calls[ID].state, session.calls[ID].draft.notes)
    assert play(session, updated(41, leg="2", reason=EndReason.MISSED)) == []
    assert LegState.RINGING is session.calls[ID].state


def test_closed_calls_are_forgotten_in_time(session: Session) -> None:
    """Open and owed ones never are."""
    play(session, rang(), ended(EndReason.MISSED), ended(call_id="call-2"))
    assert session.forget_before(NOON + timedelta(days=30)) == [ID]
    assert ["call-2"] == list(session.calls)


EVENTS = [
    rang(0),
    answered(5),
    ended(EndReason.HUNG_UP, 60),
    ended(EndReason.MISSED, 60),
    updated(70),
    disposed(),
]


@given(st.lists(st.sampled_from(EVENTS), max_size=10))
def test_a_prompt_is_open_exactly_while_it_is_owed(events: list[CallEvent]) -> None:
    """Whatever comes, in whatever order: commands and state tell the same story."""
    session, prompted = Session(CATALOGUE), False
    for event in events:
        for command in session.handle(event, after(90)):
            prompted = prompted or isinstance(command, PromptDisposition)
            prompted = prompted and not isinstance(command, WithdrawPrompt)
        assert prompted == bool(session.owed)


# --- the prompt's time ------------------------------------------------------------------------------------

TIMED = WrapUp(Demand.TIMED, 60, "interested")


def test_a_snoozed_prompt_comes_back(session: Session) -> None:
    """At its time, by itself."""
    play(session, ended(), SnoozePrompt(ID, after(600)))
    assert after(600) == session.next_due(NOON)
    assert [] == session.ask_again(after(599))
    assert PromptDisposition(ID) in session.ask_again(after(600))
    assert session.prompts


def test_a_required_prompt_comes_back_soon(session: Session) -> None:
    """Whether the agent wishes or not."""
    session.wrap_up = WrapUp(Demand.REQUIRED)
    play(session, ended(), SnoozePrompt(ID))
    assert NOON + REQUIRED_SNOOZE == session.next_due(NOON)


def test_a_timed_wrap_up_counts_down_while_it_is_seen(session: Session) -> None:
    """From when its prompt is at the front, not from the end of the call."""
    session.wrap_up = TIMED
    play(session, ended())
    session.ask_again(after(70))
    assert session.next_due(after(70), ID) is None
    assert session.begins_to_count(ID)
    session.ask_again(after(80), ID)
    assert after(140) == session.next_due(after(80), ID)
    assert session.next_due(after(80), "another") is None
    assert [] == session.ask_again(after(139), ID)
    assert [SubmitForAgent(ID, Draft("interested"))] == session.ask_again(after(140), ID)


def test_the_countdown_rests_while_the_agent_talks(session: Session) -> None:
    """A second call costs nobody the time for the first one's notes."""
    session.wrap_up = TIMED
    play(session, ended())
    session.ask_again(after(60), ID)
    play(session, answered(70, call_id="call-2"))
    session.ask_again(after(75), ID)
    assert session.calls[ID].wrap_up_until is None
    play(session, ended(call_id="call-2", at=300))
    session.ask_again(after(300), ID)
    assert after(360) == session.calls[ID].wrap_up_until


def test_more_time(session: Session) -> None:
    """By the button, and by typing."""
    session.wrap_up = TIMED
    play(session, ended())
    session.ask_again(NOON, ID)
    play(session, ExtendWrapUp(ID))
    assert after(120) == session.calls[ID].wrap_up_until
    play(session, EditDraft(ID, Draft(notes="x")), now=after(119))
    assert NOON + timedelta(seconds=119) + TYPING_GRACE == session.calls[ID].wrap_up_until


def test_time_over_without_a_code_puts_it_aside(session: Session) -> None:
    """It stays owed."""
    session.wrap_up = WrapUp(Demand.TIMED, 60, None)
    play(session, ended())
    session.ask_again(NOON, ID)
    assert WithdrawPrompt(ID) in session.ask_again(after(60), ID)
    assert session.owed


def test_what_the_timer_saved_is_marked(session: Session) -> None:
    """The agent can tell it from an outcome of their own."""
    play(session, ended(), SubmitDraft(ID, Draft("interested"), "d1", automatic=True))
    assert "auto" == session.calls[ID].disposed_via


# --- corrections ------------------------------------------------------------------------------------------


def saved_call(session: Session) -> None:
    """A call that was saved at a minute past noon."""
    play(session, ended(), SubmitDraft(ID, Draft("interested", notes="first"), "d1"), now=after(60))


def test_a_correction_is_a_new_version(session: Session) -> None:
    """It begins with what was saved, and names what it replaces."""
    saved_call(session)
    assert [PromptDisposition(ID)] == play(session, CorrectDisposition(ID), now=after(120))
    assert Draft("interested", notes="first") == session.calls[ID].draft
    commands = play(session, SubmitDraft(ID, Draft("interested", notes="second"), "d2"), now=after(130))
    (save,) = [c for c in commands if isinstance(c, SaveDisposition)]
    assert ("d2", "d1", "second") == (save.disposition.id, save.disposition.replaces, save.disposition.notes)
    assert WithdrawPrompt(ID) in commands
    assert not session.prompts


def test_a_correction_can_be_dropped(session: Session) -> None:
    """What was saved stays; nothing is owed."""
    saved_call(session)
    play(session, CorrectDisposition(ID), EditDraft(ID, Draft("escalated")), now=after(120))
    assert [WithdrawPrompt(ID)] == play(session, SnoozePrompt(ID))
    assert ("Interested", Draft(), []) == (
        session.calls[ID].disposed_as,
        session.calls[ID].draft,
        session.owed,
    )


def test_after_a_quarter_of_an_hour_it_is_too_late(session: Session) -> None:
    """To begin; what was begun may be finished for a while."""
    saved_call(session)
    assert [] == play(session, CorrectDisposition(ID), now=after(60) + EDIT_WINDOW + timedelta(seconds=1))
    play(session, CorrectDisposition(ID), now=after(60) + EDIT_WINDOW)
    late = after(61) + EDIT_WINDOW + EDIT_GRACE
    commands = play(session, SubmitDraft(ID, Draft("interested"), "d2"), now=late)
    assert [ExplainDraft(ID, (Problem("code", Fault.TOO_LATE),))] == commands


def test_the_first_version_coming_back_does_not_undo_the_second(session: Session) -> None:
    """The relay tells each desktop of each version, some time later."""
    saved_call(session)
    play(session, CorrectDisposition(ID), now=after(70))
    echo = CallDisposed(
        session.calls[ID].info, after(60), after(71), label="Interested", via="desktop", disposition_id="d1"
    )
    play(session, echo)
    assert session.calls[ID].correcting
    play(session, SubmitDraft(ID, Draft("escalated", notes="x"), "d2"), now=after(80))
    play(session, echo)
    assert "Escalated" == session.calls[ID].disposed_as


# --- follow-ups -------------------------------------------------------------------------------------------


def test_a_promise_is_kept_in_mind(session: Session) -> None:
    """It is due at its time, put off for a while, and finished once."""
    play(session, ended(), SubmitDraft(ID, Draft("follow_up", follow_up_at=after(3600)), "d1"))
    assert after(3600) == session.next_due(NOON)
    assert [ID] == [call.id for call in session.reminders]
    assert session.calls[ID].is_due(after(3600))
    play(session, PutOffFollowUp(ID), now=after(3700))
    assert after(3700) + REMIND_AGAIN == session.next_due(after(3700))
    play(session, FinishFollowUp(ID))
    assert ([], None) == (session.reminders, session.next_due(NOON))
    assert [] == play(session, FinishFollowUp(ID))


def test_a_promise_outlives_its_call(session: Session) -> None:
    """A call with an open follow-up is not forgotten."""
    play(session, ended(), SubmitDraft(ID, Draft("follow_up", follow_up_at=after(3600)), "d1"))
    assert [] == session.forget_before(NOON + timedelta(days=90))


def test_a_promise_made_on_another_desktop_counts_here(session: Session) -> None:
    """The stream tells it."""
    play(session, ended())
    told = CallDisposed(
        session.calls[ID].info,
        after(60),
        after(61),
        label="Follow-up",
        via="desktop",
        follow_up_at=after(900),
    )
    play(session, told)
    assert session.calls[ID].is_due(after(900))
