"""What becomes of wishes, and how long it is shown."""

from datetime import timedelta
from pathlib import Path

from cti_desktop.core.errands import DIAL, RECORDING, REVEAL, Errand
from cti_desktop.core.events import Caller, Contact, Duplicate
from cti_desktop.desktop.intents import TakeBack, Wish
from cti_desktop.desktop.replies import LATE, LOST, OFFLINE, PATIENCE, REVEALED, TOLD, Replies
from cti_desktop.desktop.screen import ReplyState, Situation
from cti_desktop.desktop.wishes import merged_contacts, new_contact, unmerged_contacts
from cti_desktop.wire.desktop_link import ErrandDone, ErrandRefused
from tests.helpers import situations as s
from tests.helpers.calls import ended, rang
from tests.helpers.desktop import call_of, running
from tests.helpers.fake_relay import FakeRelay

REVEALING, DIALLING = Errand("e-1", REVEAL, "c"), Errand("e-2", DIAL, "c")
TWO = (Contact("a", "Anil"), Contact("b", "Anil Rao", "ATL"))
SHARED = Caller("+919811234567", contacts=TWO, duplicate=Duplicate("b", "a"))


def state(replies: Replies, what: str) -> tuple[ReplyState, str] | None:
    """How far it came, and why not further."""
    reply = replies.shown.get(("c", what))
    return (reply.state, reply.code) if reply else None


def test_a_number_is_shown_for_a_moment() -> None:
    """Asked for once however often the button is pressed; then masked again by itself."""
    replies = Replies()
    assert replies.asked(REVEALING, s.NOW, linked=True)
    assert not replies.asked(REVEALING, s.NOW, linked=True)
    replies.answered(ErrandDone("e-1", {"number": "+919811234567"}), None, s.NOW)
    shown = replies.shown["c", REVEAL]
    assert (shown.text, shown.at, replies.next_due) == ("+919811234567", s.NOW, s.NOW + REVEALED)

    replies.look(s.NOW + REVEALED - timedelta(seconds=1), linked=False)
    assert state(replies, REVEAL) == (ReplyState.DONE, "")
    replies.look(s.NOW + REVEALED, linked=True)
    assert (state(replies, REVEAL), replies.next_due) == (None, None)


def test_without_an_answer() -> None:
    """Offline nothing is sent; a link that breaks, and a relay that is silent, are told apart."""
    replies = Replies()
    assert not replies.asked(DIALLING, s.NOW, linked=False)
    assert state(replies, DIAL) == (ReplyState.FAILED, OFFLINE)
    assert replies.asked(DIALLING, s.NOW, linked=True)
    replies.look(s.NOW, linked=False)
    assert state(replies, DIAL) == (ReplyState.FAILED, LOST)
    replies.asked(DIALLING, s.NOW, linked=True)
    replies.look(s.NOW + PATIENCE, linked=True)
    assert state(replies, DIAL) == (ReplyState.FAILED, LATE)
    replies.look(s.NOW + PATIENCE + TOLD, linked=True)
    assert state(replies, DIAL) is None


def test_a_refusal_of_what_was_kept() -> None:
    """Found again after a restart by what the outbox had; an answer to nothing means nothing."""
    replies, errand = Replies(), new_contact("e-3", "c", "", "Asha", "")
    replies.answered(ErrandRefused("e-3", "unknown", "gone"), None, s.NOW)
    assert replies.shown == {}
    replies.answered(ErrandRefused("e-3", "unknown", "gone"), errand, s.NOW)
    assert state(replies, "contact.add") == (ReplyState.FAILED, "unknown")
    replies.take_back("c", "contact.add")
    assert replies.shown == {}


def reply_of(situation: Situation, what: str) -> ReplyState | None:
    """How far the wish for the first call came."""
    reply = situation.replies.get(("call-1", what))
    return reply.state if reply else None


async def test_from_the_agent_to_the_relay_and_back(tmp_path: Path) -> None:
    """Through the real queue and link: done, refused, taken back; offline at once."""
    async with FakeRelay() as relay:
        relay.results[RECORDING] = {"link": "https://s3.example.com/1"}
        relay.refusals[DIAL] = "vendor"
        async with running(tmp_path, relay.url) as desktop:
            await desktop.screen.online()
            relay.push(rang(), ended())
            await desktop.screen.shows(lambda now: now.calls)
            for what in (RECORDING, DIAL):
                desktop.emit(Wish(Errand(what, what, "call-1")))
            now = await desktop.screen.shows(lambda now: reply_of(now, DIAL) is ReplyState.FAILED)
            assert now.replies["call-1", RECORDING].text == "https://s3.example.com/1"
            assert now.replies["call-1", DIAL].code == "vendor"
            desktop.emit(TakeBack("call-1", DIAL))
            await desktop.screen.shows(lambda now: reply_of(now, DIAL) is None)
            await relay.stop()
            await desktop.screen.shows(lambda now: type(now.link).__name__ == "Waiting")
            desktop.emit(Wish(REVEALING))
            now = await desktop.screen.shows(lambda now: ("c", REVEAL) in now.replies)
            assert now.replies["c", REVEAL].code == OFFLINE


async def test_a_merge_offline_and_its_undo(tmp_path: Path) -> None:
    """Both are seen at once and delivered in order, once there is a network again."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        relay.push(rang(caller=SHARED))
        await desktop.screen.shows(lambda now: now.calls)
        await relay.stop()
        desktop.emit(Wish(merged_contacts("m", "call-1", "b", "a")))
        now = await desktop.screen.shows(lambda now: call_of(now).info.caller.contact)
        merged = call_of(now).info.caller
        assert (merged.contact, merged.contacts, merged.duplicate) == (TWO[1], (), None)
        desktop.emit(Wish(unmerged_contacts("u", "call-1", "m")))
        await desktop.screen.shows(lambda now: call_of(now).info.caller == SHARED)
        await relay.start()
        await relay.until(lambda: len(relay.errands) == 2)

        assert [("m", "contact.merge"), ("u", "contact.unmerge")] == [(e.id, e.what) for e in relay.errands]
