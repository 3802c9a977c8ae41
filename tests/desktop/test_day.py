"""The agent's day through the whole desktop but its widgets: policy, corrections, reminders, search."""

import asyncio
import contextlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cti_desktop.core.disposition import Draft
from cti_desktop.core.errands import FOLLOW_UP_DONE
from cti_desktop.core.intents import CorrectDisposition, FinishFollowUp, SubmitDraft
from cti_desktop.desktop import places
from cti_desktop.desktop.clock import RelayClock, steady
from cti_desktop.desktop.intents import AskToQuit, DismissNotice, FindCalls
from cti_desktop.desktop.screen import NoticeCode, Situation
from cti_desktop.desktop.store import Store
from cti_desktop.wire.policy import Policy
from tests.helpers.calls import NOON, after, answered, disposed, ended, rang
from tests.helpers.desktop import call_of, running
from tests.helpers.fake_relay import FakeRelay

TALKED = (rang(), answered(), ended())


class SleepyClock(RelayClock):
    """A clock of a machine that can be put to sleep."""

    def __init__(self) -> None:
        self.slept = 0.0
        super().__init__(lambda: steady() + self.slept)


def is_prompted(situation: Situation) -> bool:
    """Whether the prompt of the usual call is open."""
    return situation.prompt_order == ("call-1",)


async def test_a_timed_wrap_up_saves_the_teams_code(tmp_path: Path) -> None:
    """By itself, once its time is over; the relay has it, and the call says how it came."""
    async with FakeRelay() as relay, running(tmp_path, relay.url, clock=(clock := SleepyClock())) as desktop:
        relay.policy = Policy("timed", 60, "interested")
        await desktop.screen.online()
        relay.push(*TALKED)
        await desktop.screen.shows(lambda s: is_prompted(s) and call_of(s).wrap_up_until)
        clock.slept = 61
        desktop.emit(FindCalls())  # anything wakes it; else the next look at the clock
        closed = await desktop.screen.shows(lambda s: not s.prompt_order and not s.outbox)

        assert ["interested"] == [d.code for d in relay.stored]
        assert "auto" == call_of(closed).disposed_via


async def test_a_correction_reaches_the_relay_as_a_new_version(tmp_path: Path) -> None:
    """With the id of the one that it replaces; after a restart, too."""
    async with FakeRelay() as relay:
        async with running(tmp_path, relay.url) as desktop:
            await desktop.screen.online()
            relay.push(*TALKED)
            await desktop.screen.shows(is_prompted)
            desktop.emit(SubmitDraft("call-1", Draft("interested"), "d-1"))
            await desktop.screen.shows(lambda s: not s.prompt_order and not s.outbox)
        async with running(tmp_path, relay.url) as desktop:
            await desktop.screen.online()
            desktop.emit(CorrectDisposition("call-1"))
            await desktop.screen.shows(is_prompted)
            desktop.emit(SubmitDraft("call-1", Draft("escalated", notes="angry"), "d-2"))
            closed = await desktop.screen.shows(lambda s: not s.prompt_order and not s.outbox)

        assert [("d-1", None), ("d-2", "d-1")] == [(d.id, d.replaces) for d in relay.stored]
        assert "Escalated" == call_of(closed).disposed_as


async def test_a_promise_is_remembered_after_a_sleep(tmp_path: Path) -> None:
    """The machine slept over it: it is due at the next look at the clock, and done once."""
    async with FakeRelay() as relay, running(tmp_path, relay.url, clock=(clock := SleepyClock())) as desktop:
        await desktop.screen.online()
        relay.push(*TALKED)
        await desktop.screen.shows(is_prompted)
        desktop.emit(SubmitDraft("call-1", Draft("follow_up", follow_up_at=after(3600)), "d-1"))
        await desktop.screen.shows(lambda s: s.calls and call_of(s).remind_at)
        assert not any(call.is_due(desktop.screen.now.now) for call in desktop.screen.now.calls)
        clock.slept = 4000
        desktop.emit(FindCalls())
        due = await desktop.screen.shows(lambda s: call_of(s).is_due(s.now))
        assert NOON + timedelta(seconds=3600) == call_of(due).follow_up_at
        desktop.emit(FinishFollowUp("call-1"))
        await desktop.screen.shows(lambda s: call_of(s).remind_at is None)


async def test_a_promise_that_falls_due_while_the_screen_draws_is_not_late(tmp_path: Path) -> None:
    """Timers fire a little early, too: what was not due in the picture just drawn is looked for again."""
    async with FakeRelay() as relay, running(tmp_path, relay.url, clock=(clock := SleepyClock())) as desktop:
        await desktop.screen.online()
        relay.push(*TALKED)
        await desktop.screen.shows(is_prompted)
        desktop.emit(SubmitDraft("call-1", Draft("follow_up", follow_up_at=after(3600)), "d-1"))
        await desktop.screen.shows(lambda s: s.calls and call_of(s).remind_at and not s.outbox)
        with contextlib.suppress(TimeoutError):  # what is still on its way would wake it
            async with asyncio.timeout(0.3):
                await desktop.screen.shows(lambda _: False)
        clock.slept = (after(3600) - clock.now()).total_seconds() - 0.5
        desktop.screen.while_it_draws = lambda: setattr(clock, "slept", 3601)
        desktop.emit(DismissNotice(""))  # nothing else wakes it after this
        await desktop.screen.shows(lambda s: call_of(s).is_due(s.now))


async def test_a_promise_is_kept_on_all_desktops_of_the_agent(tmp_path: Path) -> None:
    """Done here, the relay hears of it; done elsewhere, it is due here no more."""
    async with FakeRelay() as relay:
        relay.policy = Policy(errands=(FOLLOW_UP_DONE,))
        async with running(tmp_path, relay.url) as desktop:
            await desktop.screen.online()
            for call_id in ("here", "there"):
                relay.push(rang(call_id=call_id), answered(call_id=call_id), ended(call_id=call_id))
                await desktop.screen.shows(lambda s: s.prompt_order)
                draft = Draft("follow_up", follow_up_at=after(3600))
                desktop.emit(SubmitDraft(call_id, draft, f"d-{call_id}"))
                await desktop.screen.shows(lambda s: not s.prompt_order and not s.outbox)
            desktop.emit(FinishFollowUp("here"))
            await relay.until(lambda: relay.errands)
            assert call_of(desktop.screen.now, "there").owes_follow_up
            elsewhere = disposed("Follow-up", call_id="there")
            relay.push(replace(elsewhere, via="desktop", disposition_id="d-there"))
            done = await desktop.screen.shows(lambda s: not call_of(s, "there").owes_follow_up)

    assert [(FOLLOW_UP_DONE, "here")] == [(errand.what, errand.call_id) for errand in relay.errands]
    assert not call_of(done, "here").owes_follow_up


async def test_the_panels_outcome_resolves_the_prompt_and_says_so(tmp_path: Path) -> None:
    """The card comes up with what was recorded, even if it had been taken down."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        relay.push(*TALKED)
        await desktop.screen.shows(is_prompted)
        relay.push(disposed("Sold"))
        resolved = await desktop.screen.shows(lambda s: not s.prompt_order)

        call = call_of(resolved)
        assert ("Sold", "provider", True) == (call.disposed_as, call.disposed_via, call.shown)


async def test_every_call_can_be_found(tmp_path: Path) -> None:
    """At once, and after a restart."""
    async with FakeRelay() as relay:
        for _ in range(2):
            async with running(tmp_path, relay.url) as desktop:
                await desktop.screen.online()
                if not relay.stored:
                    relay.push(*TALKED)
                    await desktop.screen.shows(is_prompted)
                desktop.emit(FindCalls("asha tra"))
                found = await desktop.screen.shows(lambda s: s.found.total)
                assert ["call-1"] == [call.id for call in found.found.pages[0]]
                desktop.emit(FindCalls("no such caller"))
                await desktop.screen.shows(lambda s: s.found.text.startswith("no") and not s.found.is_looking)
                assert 0 == desktop.screen.now.found.total


async def test_quitting_may_have_to_wait_for_open_outcomes(tmp_path: Path) -> None:
    """The agent is told what is left; a log-off ends it all the same, and loses nothing."""
    async with FakeRelay() as relay:
        relay.policy = Policy(finish_before_quit=True)
        async with running(tmp_path, relay.url) as desktop:
            await desktop.screen.online()
            relay.push(*TALKED)
            await desktop.screen.shows(is_prompted)
            desktop.emit(AskToQuit())
            told = await desktop.screen.shows(lambda s: s.notices)
            assert [(NoticeCode.FINISH_FIRST, "1")] == [(n.code, n.detail) for n in told.notices]
            assert 1 == desktop.screen.activated
    store = Store.open(places.under(tmp_path).store)
    assert ["call-1"] == [call.id for call in store.load().calls if call.owes_disposition]
    store.close()


async def test_with_nothing_open_quitting_is_quitting(tmp_path: Path) -> None:
    """The policy asks for outcomes, not for patience."""
    async with FakeRelay() as relay:
        relay.policy = Policy(finish_before_quit=True)
        async with running(tmp_path, relay.url) as desktop:
            await desktop.screen.online()
            desktop.emit(AskToQuit())
            async with asyncio.timeout(5):
                await desktop.screen.until(lambda: desktop.screen.is_closed)
