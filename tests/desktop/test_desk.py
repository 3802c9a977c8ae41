"""The agent's desk: what the disk, a late event or another agent may do to what was typed."""

from dataclasses import replace

import pytest

from cti_desktop.core.disposition import Disposition, Draft
from cti_desktop.core.errors import StorageError
from cti_desktop.core.events import CallEvent
from cti_desktop.core.intents import CloseCall, DismissCard, EditDraft, SnoozePrompt, SubmitDraft
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.people import Person
from cti_desktop.desktop.changes import Memory, Team, Urgency
from cti_desktop.desktop.desk import Desk
from cti_desktop.desktop.screen import Notice, NoticeCode, OutboxItem, OutboxState
from cti_desktop.desktop.writer import Refused, Written
from cti_desktop.wire.desktop_link import Cursor, DispositionRefused, Received, WasReset, Welcomed
from cti_desktop.wire.events import EventBody, body_of
from cti_desktop.wire.policy import Policy
from tests.helpers.calls import CATALOGUE, NOON, after, answered, ended, info, rang, updated

ASHA, RAVI = Person("a1", "Asha"), Person("a2", "Ravi")
GOOD = Draft("interested", notes="wants a quote")
FULL = StorageError("full", code="disk_full")


def desk_of(*calls: MyCall, outbox: tuple[OutboxItem, ...] = ()) -> Desk:
    """Asha's desk, at noon."""
    return Desk(Memory("desk", Cursor("e1", 5), Team(ASHA, CATALOGUE), calls, outbox), lambda: after(90))


def hear(desk: Desk, *events: CallEvent | EventBody) -> None:
    """The relay tells, live."""
    for seq, event in enumerate(events, 6):
        body = event if isinstance(event, EventBody) else body_of(event)
        desk.on_received(Received(body, Cursor("e1", seq), replayed=False, caught_up=False))


@pytest.fixture
def desk() -> Desk:
    """A prompt is open, everything is on the disk."""
    prompted = desk_of()
    hear(prompted, rang(), answered(), ended())
    prompted.take_changes()
    return prompted


def the_call(desk: Desk) -> MyCall:
    """The only call, as the screen shows it."""
    (call,) = desk.situation().calls
    return call


def test_saving_disables_the_prompt_until_the_disk_has_it(desk: Desk) -> None:
    """It stays on the screen as submitted; only then it goes, and the disposition is to be sent."""
    desk.on_intent(SubmitDraft("call-1", GOOD, "d-1"))
    meanwhile, changes = desk.situation(), desk.take_changes()
    assert (("call-1",), frozenset({"call-1"}), ()) == (
        meanwhile.prompt_order,
        meanwhile.saving,
        meanwhile.outbox,
    )
    assert (GOOD, LegState.WRAP_UP) == (the_call(desk).draft, the_call(desk).state)
    assert (Urgency.NOW, {"d-1": "call-1"}) == (changes.urgency, changes.saved)

    saved = desk.on_written(Written(changes))
    done = desk.situation()
    assert (["d-1"], (), frozenset()) == ([d.id for d in saved], done.prompt_order, done.saving)
    assert (LegState.CLOSED, ["d-1"]) == (the_call(desk).state, [i.disposition.id for i in done.outbox])


def test_a_second_click_saves_nothing_twice(desk: Desk) -> None:
    """While it is being saved, and afterwards."""
    desk.on_intent(SubmitDraft("call-1", GOOD, "d-1"))
    changes = desk.take_changes()
    desk.on_intent(SubmitDraft("call-1", GOOD, "d-2"))
    desk.on_written(Written(changes))
    desk.on_intent(SubmitDraft("call-1", GOOD, "d-3"))
    assert {} == desk.take_changes().saved


def test_a_refusing_disk_gives_the_prompt_back(desk: Desk) -> None:
    """With what was typed meanwhile; the next commit that works takes the notice away."""
    desk.on_intent(SubmitDraft("call-1", GOOD, "d-1"))
    changes = desk.take_changes()
    typed = replace(GOOD, notes="wants two quotes")
    desk.on_intent(EditDraft("call-1", typed))
    desk.on_write_refused(Refused(changes, FULL))
    given_back = desk.situation()
    assert (("call-1",), frozenset()) == (given_back.prompt_order, given_back.saving)
    assert (typed, LegState.WRAP_UP, "") == (
        the_call(desk).draft,
        the_call(desk).state,
        the_call(desk).disposed_as,
    )
    assert [(NoticeCode.NOT_WRITTEN, "disk_full")] == [(n.code, n.detail) for n in given_back.notices]
    again = desk.take_changes()
    assert ({"call-1": the_call(desk)}, {}) == (again.calls, again.saved)

    desk.on_written(Written(again))
    assert () == desk.situation().notices


def test_news_of_a_call_that_is_being_saved_is_kept(desk: Desk) -> None:
    """It is written afterwards, never before: the disk must not see it disposed of without a disposition."""
    desk.on_intent(SubmitDraft("call-1", GOOD, "d-1"))
    changes = desk.take_changes()
    hear(desk, updated(recording="r.mp3"))
    assert {} == desk.take_changes().calls
    desk.on_written(Written(changes))
    (written,) = desk.take_changes().calls.values()
    assert ("r.mp3", LegState.CLOSED) == (written and written.info.recording, written and written.state)


def test_a_draft_can_wait_but_an_event_cannot(desk: Desk) -> None:
    """Each says how urgent it is."""
    desk.on_intent(EditDraft("call-1", GOOD))
    assert Urgency.SOON is desk.take_changes().urgency
    hear(desk, updated())
    assert Urgency.NOW is desk.take_changes().urgency
    assert Urgency.NONE is desk.take_changes().urgency


def test_an_event_of_a_newer_relay_moves_the_cursor_only() -> None:
    """It must not be asked for again and again."""
    desk = desk_of()
    hear(desk, EventBody("call.praised", "call-1", NOON))
    changes = desk.take_changes()
    assert ({}, Cursor("e1", 6)) == (changes.calls, changes.cursor)


def test_an_overdue_call_is_given_up() -> None:
    """Its end was lost; there may be a disposition owed."""
    talking = MyCall(info(), LegState.CONNECTED, heard_at=after(-7 * 3600))
    desk = desk_of(talking)
    assert desk.has_open_calls
    desk.tick()
    assert (LegState.WRAP_UP, False) == (the_call(desk).state, desk.has_open_calls)


def test_old_calls_are_forgotten_but_owed_ones_are_not() -> None:
    """After thirty days."""
    old, owed = (
        MyCall(info(call_id=name), state, heard_at=after(-31 * 86400))
        for name, state in (("old", LegState.CLOSED), ("owed", LegState.WRAP_UP))
    )
    desk = desk_of(old, owed)
    desk.forget_old_calls()
    assert ({"old": None}, ["owed"]) == (desk.take_changes().calls, [c.id for c in desk.situation().calls])


def test_snoozing_and_dismissing(desk: Desk) -> None:
    """The prompt goes, the disposition stays owed; the card goes."""
    desk.on_intent(SnoozePrompt("call-1"))
    desk.on_intent(DismissCard("call-1"))
    desk.on_intent(CloseCall("unknown"))
    assert ((), LegState.WRAP_UP, False) == (
        desk.situation().prompt_order,
        the_call(desk).state,
        the_call(desk).shown,
    )


def parked() -> OutboxItem:
    """What the relay refused."""
    disposition = Disposition("d-0", "call-0", "old", None, "", None, NOON)
    return OutboxItem(disposition, OutboxState.PARKED, "retired", "code", "no longer used")


def test_a_parked_disposition_of_a_forgotten_call() -> None:
    """Can't be mended any more, only discarded; nothing happens to what is not parked."""
    desk = desk_of(outbox=(parked(),))
    desk.edit_parked("d-0")
    desk.edit_parked("unknown")
    assert [NoticeCode.CALL_FORGOTTEN] == [notice.code for notice in desk.situation().notices]
    desk.discard_parked("d-0")
    desk.discard_parked("unknown")
    assert ((), {"d-0": None}) == (desk.situation().outbox, desk.take_changes().outbox)


def welcome(agent: Person) -> Welcomed:
    """The relay knows `agent`."""
    return Welcomed(agent, NOON, CATALOGUE, Policy("required"), caught_up=True)


def test_the_team_is_remembered_when_it_changes(desk: Desk) -> None:
    """For the time that the relay can't be reached."""
    assert desk.on_welcome(welcome(ASHA))
    assert Team(ASHA, CATALOGUE, Policy("required")) == desk.take_changes().team
    assert desk.on_welcome(welcome(ASHA))
    assert desk.take_changes().team is None


def test_another_agent_while_something_is_being_saved(desk: Desk) -> None:
    """What reaches the disk too late is the former agent's: neither shown nor sent in another's name."""
    desk.on_intent(SubmitDraft("call-1", GOOD, "d-1"))
    changes = desk.take_changes()
    assert not desk.on_welcome(welcome(RAVI))
    new = desk.take_changes()
    assert ("a1", "a2", {}, 1) == (changes.owner, new.owner, new.calls, new.history)

    assert [] == desk.on_written(Written(changes)) == desk.waiting
    meanwhile = desk.situation()
    assert ((), (), ()) == (meanwhile.outbox, meanwhile.calls, meanwhile.prompt_order)
    assert (Notice(NoticeCode.OTHER_AGENT, "Asha", 1),) == meanwhile.notices

    assert not desk.on_welcome(welcome(ASHA))
    back = desk.situation()
    assert (["d-1"], LegState.CLOSED, ()) == (
        [d.id for d in desk.waiting],
        the_call(desk).state,
        back.notices,
    )


def test_nothing_of_the_former_agent_is_shown_before_the_welcome(desk: Desk) -> None:
    """The code was another's: their desk from then on, also after a restart; the welcome changes nothing."""
    assert not desk.on_signed_in(ASHA)
    assert desk.on_signed_in(RAVI)
    between = desk.situation()
    assert (RAVI, (), ()) == (between.agent, between.calls, between.prompt_order)
    (changes,) = [changes for changes in desk.take_all_changes() if changes.team]
    assert changes.team is not None
    assert ("a2", RAVI) == (changes.owner, changes.team.agent)
    assert desk.on_welcome(welcome(RAVI))
    assert 1 == desk.history


def test_another_agent_while_saving_fails(desk: Desk) -> None:
    """The words are given back to who typed them, when they sit here again."""
    desk.on_intent(SubmitDraft("call-1", GOOD, "d-1"))
    changes = desk.take_changes()
    desk.on_welcome(welcome(RAVI))
    desk.on_write_refused(Refused(changes, FULL))
    assert () == desk.situation().calls
    assert NoticeCode.OTHER_AGENT not in [notice.code for notice in desk.situation().notices]
    theirs, _ = desk.take_all_changes()
    assert ("a1", ["call-1"]) == (theirs.owner, list(theirs.calls))

    desk.on_welcome(welcome(ASHA))
    assert (GOOD, ("call-1",)) == (the_call(desk).draft, desk.situation().prompt_order)


def test_what_a_former_agent_typed_last_is_written(desk: Desk) -> None:
    """A keystroke just before the other one's sign-in is theirs."""
    desk.on_intent(EditDraft("call-1", GOOD))
    desk.on_welcome(welcome(RAVI))
    theirs, _ = desk.take_all_changes()
    call = theirs.calls["call-1"]
    assert ("a1", GOOD, 1) == (theirs.owner, call and call.draft, len(desk.take_all_changes()))


def test_a_refusal_of_the_relay_parks(desk: Desk) -> None:
    """One that is not in the outbox is ignored."""
    desk.on_intent(SubmitDraft("call-1", GOOD, "d-1"))
    desk.on_written(Written(desk.take_changes()))
    for id_ in ("d-1", "unknown"):
        desk.on_refused(DispositionRefused(id_, "retired", "code", "no longer used"))
    assert ([OutboxState.PARKED], []) == ([i.state for i in desk.situation().outbox], desk.waiting)


@pytest.mark.parametrize(("epoch", "sent_again"), [("e2", ["d-1"]), ("e1", [])])
def test_a_restored_relay_gets_last_weeks_dispositions_again(
    desk: Desk, epoch: str, sent_again: list[str]
) -> None:
    """A new epoch says that it came back from a backup; a mere reset doesn't. What it has does no harm."""
    desk.on_intent(SubmitDraft("call-1", GOOD, "d-1"))
    desk.on_written(Written(desk.take_changes()))
    desk.on_stored("d-1")
    assert [] == desk.waiting

    desk.on_reset(WasReset((), Cursor(epoch, 3)))
    assert sent_again == [d.id for d in desk.waiting]


def test_what_was_stored_for_one_agent_is_never_sent_for_another(desk: Desk) -> None:
    """It goes with the agent."""
    desk.on_intent(SubmitDraft("call-1", GOOD, "d-1"))
    desk.on_written(Written(desk.take_changes()))
    desk.on_stored("d-1")
    desk.on_welcome(welcome(RAVI))
    desk.on_reset(WasReset((), Cursor("e2", 3)))
    assert [] == desk.waiting
