"""Wishes on their way to the relay, and what is shown of them meanwhile."""

from dataclasses import replace
from pathlib import Path

from cti_desktop.core.errands import DIAL, Errand
from cti_desktop.core.events import Caller, Contact
from cti_desktop.desktop.changes import Changes
from cti_desktop.desktop.intents import Wish
from cti_desktop.desktop.wishes import Wishes, chosen_contact, foreseen, new_contact
from tests.helpers import situations as s
from tests.helpers.calls import rang
from tests.helpers.desktop import call_of, running
from tests.helpers.fake_relay import FakeRelay

STRANGER = Caller("+919811234567", "Delhi")


def test_a_wish_is_kept_until_it_is_answered() -> None:
    """Whatever is dialled is not."""
    wishes, changes = Wishes(()), Changes()
    wish = new_contact("e-1", "c", "+919811234567", "Asha", "")
    wishes.add(wish, changes)
    wishes.add(Errand("e-2", DIAL, "c"), changes)
    assert [wish] == wishes.waiting == Wishes([wish]).waiting
    assert changes.errands == {"e-1": wish}

    wishes.answered("e-1", changes)
    wishes.answered("e-1", changes)
    assert ([], {"e-1": None}) == (wishes.waiting, changes.errands)


def test_the_name_is_shown_at_once() -> None:
    """On every call of the number, and on no other's."""
    calls = {c.id: c for c in (s.ringing("a", STRANGER), s.disposed("b", caller=STRANGER), s.ringing("x"))}
    seen = {c.id: c.info.caller.contact for c in foreseen(new_contact("e", "a", "", "Asha", "ATL"), calls)}

    assert seen == dict.fromkeys(("a", "b"), Contact("new:e", "Asha", "ATL"))
    assert list(foreseen(new_contact("e", "a", "", " ", ""), calls)) == []


def test_a_choice_is_shown_at_once() -> None:
    """One of those that the card offers."""
    two = (Contact("a", "Anil"), Contact("b", "Bina"))
    call = s.ringing("c", replace(STRANGER, contacts=two))

    (seen,) = foreseen(chosen_contact("e", "c", "b"), {"c": call})
    assert seen.info.caller.contact == two[1]
    assert list(foreseen(chosen_contact("e", "c", "z"), {"c": call})) == []
    assert list(foreseen(Errand("e", DIAL, "c"), {"c": call})) == []
    assert list(foreseen(chosen_contact("e", "gone", "b"), {"c": call})) == []


async def test_made_offline_and_delivered_later(tmp_path: Path) -> None:
    """Through a restart: the program was closed before there was a network again."""
    async with FakeRelay() as relay:
        async with running(tmp_path, relay.url) as desktop:
            await desktop.screen.online()
            relay.push(rang(caller=STRANGER))
            await desktop.screen.shows(lambda now: now.calls)
            await relay.stop()
            call = call_of(desktop.screen.now)
            number = call.info.caller.number or ""
            desktop.emit(Wish(new_contact("e-1", call.id, number, "Asha Traders", "")))
            shown = await desktop.screen.shows(lambda now: call_of(now).info.caller.contact)
            assert call_of(shown).info.caller.contact == Contact("new:e-1", "Asha Traders")
        await relay.start()
        async with running(tmp_path, relay.url) as desktop:
            await relay.until(lambda: relay.errands)

        assert [("e-1", "Asha Traders", "+919811234567")] == [
            (e.id, e.args["name"], e.args["number"]) for e in relay.errands
        ]
