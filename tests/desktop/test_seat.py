"""Several agents at one computer: what belongs to each stays with them. Real store, real link."""

import shutil
import sys
from pathlib import Path

import pytest

from cti_desktop.core.disposition import Draft
from cti_desktop.core.intents import EditDraft, SubmitDraft
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.people import Person
from cti_desktop.desktop.intents import FindCalls, UseThisOne
from cti_desktop.desktop.screen import Notice, NoticeCode, Online, Situation, StoodBy
from cti_desktop.wire.close_codes import CloseCode
from tests.helpers.calls import answered, ended, rang
from tests.helpers.desktop import Desktop, call_of, running
from tests.helpers.fake_relay import FakeRelay

RAVI, ZOE = Person("a1", "Ravi Nair"), Person("a2", "Zoë D’Souza")
GOOD, BEGUN = Draft("interested", notes="wants a quote"), Draft(None, notes="call back after Diwa")


def talk(relay: FakeRelay, call_id: str) -> None:
    """A call that rings, is answered and ends."""
    relay.push(rang(call_id=call_id), answered(call_id=call_id), ended(call_id=call_id))


def now_serves(relay: FakeRelay, agent: Person, journals: dict[str | None, list[bytes]]) -> None:
    """From the next sign-in on, the relay knows `agent`."""
    journals[relay.agent.id] = relay.journal
    relay.agent, relay.journal = agent, journals.get(agent.id, [])


async def leave_work_behind(relay: FakeRelay, desktop: Desktop) -> None:
    """Ravi's: an outcome that is saved but not sent, and a call that is owed, with a draft."""
    talk(relay, "saved")
    talk(relay, "owed")
    await desktop.screen.shows(lambda s: len(s.prompt_order) == 2)
    await relay.until(lambda: relay.acked == 6)
    await relay.stop(CloseCode.GOING_AWAY)
    desktop.emit(EditDraft("owed", BEGUN))
    desktop.emit(SubmitDraft("saved", GOOD, "d-1"))
    await desktop.screen.shows(lambda s: s.outbox and not s.saving and call_of(s, "owed").draft == BEGUN)


def is_zoes(situation: Situation) -> bool:
    """Zoë is signed in, and everything of hers has come."""
    return situation.link == Online() and situation.agent == ZOE and len(situation.calls) == 1


async def story(root: Path, relay: FakeRelay, between: Path | None = None) -> None:
    """Ravi leaves work behind, Zoë works, Ravi comes back. `between`: where a copy is killed to."""
    journals: dict[str | None, list[bytes]] = {}
    relay.agent = RAVI
    async with running(root, relay.url) as desktop:
        await leave_work_behind(relay, desktop)
        if between is not None:
            root = killed(root, between / "ravi")

    now_serves(relay, ZOE, journals)
    talk(relay, "owed")  # it rang at her desk, too
    await relay.start()
    async with running(root, relay.url) as desktop:
        zoes = await desktop.screen.shows(is_zoes)
        assert (Notice(NoticeCode.OTHER_AGENT, "Ravi Nair", 1),) == zoes.notices
        assert ((), Draft()) == (zoes.outbox, call_of(zoes, "owed").draft)
        desktop.emit(FindCalls())
        found = (await desktop.screen.shows(lambda s: s.found.pages and s.found.pages.get(0))).found
        assert (1, ["owed"]) == (found.total, [call.id for call in found.pages[0]])
        desktop.emit(SubmitDraft("owed", GOOD, "d-zoe"))
        await relay.until(lambda: relay.stored)
        await desktop.screen.shows(lambda s: not s.outbox)
        assert ["d-zoe"] == relay.submissions
        await relay.until(lambda: relay.acked == 3)
        if between is not None:
            root = killed(root, between / "zoe")

    now_serves(relay, RAVI, journals)
    async with running(root, relay.url) as desktop:
        await relay.until(lambda: len(relay.stored) == 2)
        ravis = await desktop.screen.shows(lambda s: s.link == Online() and s.agent == RAVI and not s.outbox)
    assert ["d-zoe", "d-1"] == [d.id for d in relay.stored]
    assert (BEGUN, ("owed",)) == (call_of(ravis, "owed").draft, ravis.prompt_order)
    if between is None:  # else the answer to Zoë's outcome may not have reached the disk
        assert () == ravis.notices
    assert LegState.CLOSED is call_of(ravis, "saved").state
    assert 6 == relay.hellos[-1].seq


def killed(root: Path, to: Path) -> Path:
    """What a `kill -9` at this moment leaves on the disk, as another profile."""
    shutil.copytree(root, to)
    return to


async def test_what_belongs_to_an_agent_stays_with_that_agent(tmp_path: Path) -> None:
    """Neither shown nor sent nor deleted for another; as it was, and sent, when they are back."""
    async with FakeRelay() as relay:
        await story(tmp_path, relay)


@pytest.mark.skipif(sys.platform == "win32", reason="an open store can't be copied there")
async def test_also_when_each_is_killed(tmp_path: Path) -> None:
    """With what was on the disk at that moment."""
    async with FakeRelay() as relay:
        await story(tmp_path / "first", relay, tmp_path)


async def take_over(relay: FakeRelay, desktop: Desktop) -> None:
    """A new link in the same run, as after a sign-in."""
    await relay.drop(CloseCode.TAKEN_OVER)
    await desktop.screen.shows(lambda s: s.link == StoodBy())
    desktop.emit(UseThisOne())


async def test_in_one_run(tmp_path: Path) -> None:
    """The token is revoked, another signs in, and the first one again, while the program goes on."""
    journals: dict[str | None, list[bytes]] = {}
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        relay.agent = RAVI
        relay.answers = False
        talk(relay, "mine")
        await desktop.screen.shows(lambda s: s.prompt_order)
        desktop.emit(SubmitDraft("mine", GOOD, "d-1"))
        await relay.until(lambda: relay.submissions)
        relay.answers = True
        now_serves(relay, ZOE, journals)
        await take_over(relay, desktop)
        zoes = await desktop.screen.shows(lambda s: s.agent == ZOE and s.link == Online())
        assert ((), ["d-1"]) == (zoes.calls, relay.submissions)
        now_serves(relay, RAVI, journals)
        await take_over(relay, desktop)
        await relay.until(lambda: relay.stored)
        ravis = await desktop.screen.shows(lambda s: s.agent == RAVI and s.link == Online() and not s.outbox)
        assert (["mine"], ()) == ([call.id for call in ravis.calls], ravis.notices)
