"""The whole desktop but its widgets: a real link over loopback, a real store, a screen that remembers."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from cti_desktop.core.disposition import Draft
from cti_desktop.core.errors import DispositionRejected
from cti_desktop.core.intents import EditDraft, OpenPrompt, SubmitDraft
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.people import Person
from cti_desktop.desktop import places
from cti_desktop.desktop.clock import RelayClock
from cti_desktop.desktop.intents import (
    DiscardParked,
    DismissNotice,
    EditParked,
    RetryNow,
    ShowWindow,
    SignOut,
    UseThisOne,
)
from cti_desktop.desktop.reasons import SignInProblem, Trouble
from cti_desktop.desktop.screen import (
    Notice,
    NoticeCode,
    Online,
    OutboxState,
    SignedOut,
    SigningIn,
    Situation,
    StoodBy,
    Waiting,
)
from cti_desktop.desktop.store import Store
from cti_desktop.wire.close_codes import CloseCode
from cti_desktop.wire.desktop_link import Cursor
from cti_desktop.wire.events import body_of
from cti_desktop.wire.messages import ErrorMessage, Event, encode
from tests.helpers.calls import CATALOGUE, NOON, answered, ended, rang
from tests.helpers.desktop import FailingStore, call_of, running
from tests.helpers.fake_relay import FakeRelay

GOOD = Draft("interested", notes="wants a quote")
TALKED = (rang(), answered(), ended())


def is_prompted(situation: Situation) -> bool:
    """Whether the prompt of the usual call is open."""
    return situation.prompt_order == ("call-1",)


def is_waiting(trouble: Trouble) -> Callable[[Situation], bool]:
    """A condition: no link, for this reason."""
    return lambda s: isinstance(s.link, Waiting) and s.link.trouble is trouble


async def test_a_call_pops_is_answered_and_is_disposed_of(tmp_path: Path) -> None:
    """The main job: ring, answer, end, prompt, saved, sent."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        relay.push(rang())
        shown = await desktop.screen.shows(lambda s: s.calls)
        assert (LegState.RINGING, True) == (call_of(shown).state, call_of(shown).shown)

        relay.push(answered(), ended())
        await desktop.screen.shows(is_prompted)
        desktop.emit(SubmitDraft("call-1", GOOD, "d-1"))
        closed = await desktop.screen.shows(lambda s: not s.prompt_order and not s.outbox)

        assert (LegState.CLOSED, "Interested") == (call_of(closed).state, call_of(closed).disposed_as)
        assert [("d-1", "interested", "wants a quote")] == [(d.id, d.code, d.notes) for d in relay.stored]
        await relay.until(lambda: relay.acked == 3)


async def test_the_relay_tells_who_is_signed_in_and_what_to_offer(tmp_path: Path) -> None:
    """Agent, catalogue and clock come with the welcome."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        online = await desktop.screen.online()

    assert ("Asha", CATALOGUE) == (online.agent and online.agent.name, online.catalogue)
    assert 0 <= (online.now - NOON).total_seconds() < 5


async def test_everything_works_offline(tmp_path: Path) -> None:
    """A prompt can be answered without a link; the outbox drains when the link is back."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        relay.push(*TALKED)
        await desktop.screen.shows(is_prompted)
        await relay.stop()
        await desktop.screen.shows(lambda s: isinstance(s.link, Waiting))

        desktop.emit(SubmitDraft("call-1", GOOD, "d-1"))
        saved = await desktop.screen.shows(lambda s: s.outbox)
        assert ((), [OutboxState.WAITING]) == (saved.prompt_order, [item.state for item in saved.outbox])
        await relay.start()
        desktop.emit(RetryNow())
        await desktop.screen.shows(lambda s: s.link == Online() and not s.outbox)

        assert ["d-1"] == [d.id for d in relay.stored]


async def test_a_saved_disposition_survives_a_restart(tmp_path: Path) -> None:
    """What the relay has not answered is sent by the next run, once."""
    async with FakeRelay() as relay:
        relay.answers = False
        async with running(tmp_path, relay.url) as desktop:
            relay.push(*TALKED)
            await desktop.screen.shows(is_prompted)
            desktop.emit(SubmitDraft("call-1", GOOD, "d-1"))
            await relay.until(lambda: relay.submissions)
        relay.answers = True
        async with running(tmp_path, relay.url) as desktop:
            await desktop.screen.shows(lambda s: s.link == Online() and not s.outbox)

        assert (["d-1", "d-1"], ["d-1"]) == (relay.submissions, [d.id for d in relay.stored])


async def test_drafts_and_prompts_survive_a_restart(tmp_path: Path) -> None:
    """A half-written draft is there again, its prompt open, even when the relay is not."""
    draft = Draft("follow_up", notes="call back on Mon")
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        relay.push(*TALKED)
        await desktop.screen.shows(is_prompted)
        desktop.emit(EditDraft("call-1", draft))

    async with running(tmp_path, relay.url, clock=RelayClock(start=lambda: NOON)) as desktop:
        again = await desktop.screen.shows(is_prompted)
        await desktop.screen.shows(is_waiting(Trouble.REFUSED))
        desktop.emit(SubmitDraft("call-1", draft, "d-1"))
        explained = await desktop.screen.shows(lambda s: s.problems)

    assert (draft, CATALOGUE, "Asha") == (
        call_of(again).draft,
        again.catalogue,
        again.agent and again.agent.name,
    )
    assert ["follow_up_at"] == [problem.field for problem in explained.problems["call-1"]]


async def test_explanations_go_with_the_next_edit(tmp_path: Path) -> None:
    """Beside each field stands what is wrong with it, until it is touched."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        relay.push(*TALKED)
        await desktop.screen.shows(is_prompted)
        desktop.emit(SubmitDraft("call-1", Draft("escalated"), "d-1"))
        await desktop.screen.shows(lambda s: s.problems)
        desktop.emit(EditDraft("call-1", Draft("escalated", notes="a")))
        edited = await desktop.screen.shows(lambda s: not s.problems)

    assert Draft("escalated", notes="a") == call_of(edited).draft


async def test_what_was_not_acknowledged_is_replayed_without_harm(tmp_path: Path) -> None:
    """A crash between commit and acknowledgement costs nothing: the relay sends again, the desktop knows."""
    async with FakeRelay() as relay:
        async with running(tmp_path, relay.url) as desktop:
            await desktop.screen.online()
            relay.push(rang(), answered())
            await relay.until(lambda: relay.acked == 2)
        relay.acked = 0
        async with running(tmp_path, relay.url) as desktop:
            again = await desktop.screen.online()
            relay.push(ended())
            await relay.until(lambda: relay.acked == 3)

    assert [0, 2] == [hello.seq for hello in relay.hellos]
    assert [LegState.CONNECTED] == [call.state for call in again.calls]


async def test_an_event_sent_twice_counts_once(tmp_path: Path) -> None:
    """A duplicate on the wire changes nothing, and is acknowledged once more."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        relay.push(rang(), answered())
        await relay.until(lambda: relay.acked == 2)
        relay.acked = 0
        await relay.say(encode(Event(1, body_of(rang()))))
        await relay.until(lambda: relay.acked == 2)

        assert LegState.CONNECTED == call_of(desktop.screen.now).state


@pytest.mark.warning_logs("the relay broke the protocol: event 7 after 0")
async def test_a_gap_leads_to_a_new_link(tmp_path: Path) -> None:
    """A missing event is never skipped: the desktop complains, and resumes from what it has."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        await relay.say(encode(Event(7, body_of(rang()))))
        await relay.until(lambda: len(relay.hellos) == 2)
        relay.push(rang())
        await desktop.screen.shows(lambda s: s.calls)

    assert ["gap"] == relay.complaints


async def test_a_revoked_token_ends_the_retrying(tmp_path: Path) -> None:
    """After 4001 the desktop asks to sign in, and keeps what it has."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        relay.push(*TALKED)
        await desktop.screen.shows(is_prompted)
        await relay.drop(CloseCode.AUTH)
        out = await desktop.screen.shows(lambda s: isinstance(s.link, SignedOut))
        desktop.emit(SubmitDraft("call-1", GOOD, "d-1"))
        saved = await desktop.screen.shows(lambda s: s.outbox)

    assert SignedOut(SignInProblem.REVOKED) == out.link
    assert (1, ()) == (len(relay.hellos), saved.prompt_order)


async def test_another_session_of_this_device_may_be_replaced_again(tmp_path: Path) -> None:
    """After 4003 the desktop stands by until the agent wants this one."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        await relay.drop(CloseCode.TAKEN_OVER)
        await desktop.screen.shows(lambda s: s.link == StoodBy())
        desktop.emit(UseThisOne())
        await desktop.screen.online()

    assert 2 == len(relay.hellos)


async def test_replay_restores_without_popping(tmp_path: Path) -> None:
    """Calls that ended while we were away are known, but never pop; a ring of long ago counts as missed."""
    async with FakeRelay() as relay:
        relay.push(rang(call_id="over"), ended(call_id="over"), rang(call_id="old", at=-300))
        relay.push(rang(call_id="fresh", at=-5), answered(call_id="talk", at=-400))
        async with running(tmp_path, relay.url) as desktop:
            online = await desktop.screen.online()

    assert {"over": False, "old": True, "fresh": True, "talk": True} == {c.id: c.shown for c in online.calls}
    assert {"old"} == {c.id for c in online.calls if c.late}
    assert not desktop.screen.ever_shown("over")


async def test_a_reset_replaces_the_history(tmp_path: Path) -> None:
    """When the relay can't replay, what it says is open is open, and nothing else; the new epoch is kept."""
    async with FakeRelay() as relay:
        async with running(tmp_path, relay.url) as desktop:
            await desktop.screen.online()
            relay.push(rang(call_id="lost"), rang(call_id="kept"))
            await relay.until(lambda: relay.acked == 2)
        relay.epoch, relay.journal = "e2", []
        relay.open_calls = (body_of(answered(call_id="kept")),)
        async with running(tmp_path, relay.url) as desktop:
            online = await desktop.screen.online()
        memory = Store.open(places.under(tmp_path).store)

    assert [("lost", LegState.CLOSED), ("kept", LegState.CONNECTED)] == [
        (c.id, c.state) for c in online.calls
    ]
    assert Cursor("e2", 0) == memory.load().cursor
    memory.close()


@pytest.mark.warning_logs("the store refuses: .* full")
async def test_a_full_disk_saves_nothing_and_loses_nothing(tmp_path: Path) -> None:
    """The prompt stays open with what was typed, nothing is acknowledged; with room again, it goes on."""
    async with FakeRelay() as relay, running(tmp_path, relay.url, store=FailingStore) as desktop:
        await desktop.screen.online()
        relay.push(*TALKED)
        await desktop.screen.shows(is_prompted)
        await relay.until(lambda: relay.acked == 3)
        assert isinstance(desktop.store, FailingStore)
        desktop.store.refuses = True
        desktop.emit(SubmitDraft("call-1", GOOD, "d-1"))
        refused = await desktop.screen.shows(lambda s: s.notices)
        assert [(NoticeCode.NOT_WRITTEN, "disk_full")] == [(n.code, n.detail) for n in refused.notices]
        assert (GOOD, LegState.WRAP_UP, ()) == (
            call_of(refused).draft,
            call_of(refused).state,
            refused.outbox,
        )
        assert is_prompted(refused)
        relay.push(rang(call_id="call-2"))
        await desktop.screen.shows(lambda s: len(s.calls) == 2 and s.calls[1].shown)
        assert (3, []) == (relay.acked, relay.submissions)

        desktop.store.refuses = False
        desktop.emit(SubmitDraft("call-1", GOOD, "d-2"))
        await desktop.screen.shows(lambda s: not s.prompt_order and not s.outbox and not s.notices)
        await relay.until(lambda: relay.acked == 4)

    assert ["d-2"] == relay.submissions


async def test_a_damaged_store_is_set_aside_and_said(tmp_path: Path) -> None:
    """Never silently empty: the agent learns where the damaged file lies."""
    where = places.under(tmp_path)
    where.make()
    where.store.write_bytes(b"this is no database" * 100)
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        online = await desktop.screen.online()

    (notice,) = online.notices
    asides = {str(path) for path in where.data.glob("*.corrupt-*")}
    assert (NoticeCode.SET_ASIDE, {notice.detail}) == (notice.code, asides)


async def test_a_refused_disposition_is_parked_and_can_be_mended(tmp_path: Path) -> None:
    """It blocks no later one; opened again, it begins with what was refused."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        relay.rejects["interested"] = DispositionRejected("retired", field="code", code="retired")
        relay.push(*TALKED)
        await desktop.screen.shows(is_prompted)
        desktop.emit(SubmitDraft("call-1", GOOD, "d-1"))
        parked = await desktop.screen.shows(lambda s: [i.state for i in s.outbox] == [OutboxState.PARKED])
        assert ("retired", "code") == (parked.outbox[0].code, parked.outbox[0].field)
        desktop.emit(EditParked("d-1"))
        reopened = await desktop.screen.shows(is_prompted)
        assert (GOOD, ()) == (call_of(reopened).draft, reopened.outbox)
        desktop.emit(SubmitDraft("call-1", Draft("escalated", notes="as agreed"), "d-2"))
        await relay.until(lambda: relay.stored)

    assert ["d-2"] == [d.id for d in relay.stored]


async def test_a_refused_disposition_can_be_thrown_away(tmp_path: Path) -> None:
    """The call then counts as not disposed of."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        relay.rejects["interested"] = DispositionRejected("retired", field="code", code="retired")
        relay.push(*TALKED)
        await desktop.screen.shows(is_prompted)
        desktop.emit(SubmitDraft("call-1", GOOD, "d-1"))
        await desktop.screen.shows(lambda s: [i.state for i in s.outbox] == [OutboxState.PARKED])
        desktop.emit(DiscardParked("d-1"))
        after = await desktop.screen.shows(lambda s: not s.outbox)

    assert (LegState.CLOSED, "") == (call_of(after).state, call_of(after).disposed_as)


async def test_another_agent_gets_a_clean_desk(tmp_path: Path) -> None:
    """Nothing of the former agent's is shown or sent, and the new stream is read from its start."""
    async with FakeRelay() as relay:
        relay.answers = False
        async with running(tmp_path, relay.url) as desktop:
            relay.push(*TALKED)
            await desktop.screen.shows(is_prompted)
            desktop.emit(SubmitDraft("call-1", GOOD, "d-1"))
            await relay.until(lambda: relay.submissions)
        relay.agent = Person("a2", "Ravi")
        relay.journal = []
        relay.push(rang(call_id="ravis"))
        relay.hellos.clear()
        async with running(tmp_path, relay.url) as desktop:
            online = await desktop.screen.online()
            await relay.until(lambda: relay.acked == 1)

    assert ([3, 0], ["ravis"]) == ([h.seq for h in relay.hellos], [c.id for c in online.calls])
    assert ((), (Notice(NoticeCode.OTHER_AGENT, "Asha", 1),)) == (online.outbox, online.notices)
    assert ["d-1"] == relay.submissions


async def test_signing_out_ends_the_link(tmp_path: Path) -> None:
    """The token is forgotten, nothing is retried."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        desktop.emit(SignOut())
        out = await desktop.screen.shows(lambda s: isinstance(s.link, SignedOut))
        assert SigningIn(leaves=True) in [s.link for s in desktop.screen.situations]
        await relay.until(lambda: not relay.peers)
        desktop.emit(RetryNow())
        await desktop.screen.shows(lambda s: isinstance(s.link, SignedOut))

    assert (SignedOut(), 1) == (out.link, len(relay.hellos))


async def test_the_first_start_asks_to_sign_in(tmp_path: Path) -> None:
    """No relay is known: nothing is tried."""
    async with running(tmp_path, "", token=None) as desktop:
        first = await desktop.screen.shows(lambda s: isinstance(s.link, SignedOut))

    assert (SignedOut(), "", desktop.screen.is_closed) == (first.link, "", True)


async def test_what_the_relay_says_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """In one line; what it means for the agent comes with the close."""
    caplog.set_level(logging.INFO)
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        await relay.say(encode(ErrorMessage("busy", "come back\nlater")))
        relay.push(rang())
        await desktop.screen.shows(lambda s: s.calls)

    assert "the relay says: busy come back later" in caplog.messages


async def test_a_notice_goes_when_it_was_read(tmp_path: Path) -> None:
    """Only that one."""
    where = places.under(tmp_path)
    where.make()
    where.store.write_bytes(b"this is no database" * 100)
    async with running(tmp_path, "", token=None) as desktop:
        await desktop.screen.shows(lambda s: s.notices)
        desktop.emit(DismissNotice("other_agent"))
        desktop.emit(DismissNotice("set_aside"))
        await desktop.screen.shows(lambda s: not s.notices)


async def test_the_window_is_brought_to_the_front_on_request(tmp_path: Path) -> None:
    """`ShowWindow` reaches the screen."""
    async with running(tmp_path, "", token=None) as desktop:
        desktop.emit(ShowWindow())
        await desktop.screen.until(lambda: desktop.screen.activated)


async def test_prompts_queue_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    """A second call's prompt waits behind the first's; opening one that is open changes nothing."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        relay.push(*TALKED)
        relay.push(*(make(call_id="call-2") for make in (rang, answered, ended)))
        await desktop.screen.shows(lambda s: s.prompt_order == ("call-1", "call-2"))
        desktop.emit(OpenPrompt("call-1"))
        desktop.emit(SubmitDraft("call-1", GOOD, "d-1"))
        await desktop.screen.shows(lambda s: s.prompt_order == ("call-2",))
