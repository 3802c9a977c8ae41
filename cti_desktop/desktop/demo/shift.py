"""A scripted shift: calls come in, the agent answers and disposes, the relay goes off and comes back.

Every step waits until it can be seen on the screen or read in the relay's file, or ends the shift.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final

from cti_desktop.core.numbers import to_display
from cti_desktop.desktop.demo.agent import Agent, StepFailed
from cti_desktop.desktop.demo.camera import Camera
from cti_desktop.desktop.demo.office import CONTACTS, ME, RAVI, Office
from cti_desktop.desktop.viewmodels.words import calls as words
from cti_desktop.simulator.calls import Generation, SimulatedCall
from cti_desktop.simulator.facts import Posted
from cti_desktop.simulator.poster import Poster

ASHA: Final = "+919999900001"
ANANYA: Final = "+919999900005"
MERIDIAN: Final = "+919999900009"
STRANGER: Final = "+919999900042"

_SETTLE_SECONDS: Final = 0.03

Say = Callable[[str], None]


def now() -> datetime:
    """The provider's clock."""
    return datetime.now(UTC)


class Shift:
    """One run of the script. `say` gets a line for each thing that happened."""

    def __init__(self, office: Office, agent: Agent, camera: Camera, poster: Poster, say: Say) -> None:
        self._office = office
        self._agent = agent
        self._camera = camera
        self._poster = poster
        self._say = say

    async def work(self) -> None:
        """All scenes. Raises `StepFailed` for the first that doesn't happen."""
        await self._begin()
        first = await self._answer_a_known_caller()
        second = await self._lose_a_second_call_to_a_colleague()
        await self._dispose_of(first)
        await self._agent.sees_no_card(second.id)
        await self._dispose_offline()
        await self._miss_a_call()
        await self._call_out()
        await self._have_the_panel_dispose()

    # --- scenes -------------------------------------------------------------------------------------------

    async def _begin(self) -> None:
        await self._agent.is_online()
        self._say(f"signed in as {ME.name}, connected")
        await self._photograph("idle")

    async def _answer_a_known_caller(self) -> SimulatedCall:
        call = await self._ring_me("v2", ASHA)
        await self._photograph("ringing")
        await self._post(call.answer(ME, now()))
        await self._agent.sees_card(call.id, words.ON_THE_CALL)
        self._say("answered by me")
        await self._photograph("answered-by-me")
        return call

    async def _lose_a_second_call_to_a_colleague(self) -> SimulatedCall:
        call = SimulatedCall("v1", caller=STRANGER)
        await self._post(call.ring([ME, RAVI], now()))
        await self._agent.sees_card(call.id, words.INCOMING, words.UNKNOWN_CALLER)
        self._say(f"popped {to_display(STRANGER)} beside the call that goes on")
        await self._photograph("second-call-rings")
        await self._post(call.answer(RAVI, now()))
        await self._agent.sees_card(call.id, words.answered_by(RAVI.name))
        self._say(f"answered by {RAVI.name}; nothing is asked of me")
        await self._photograph("answered-elsewhere")
        return call

    async def _dispose_of(self, call: SimulatedCall) -> None:
        await self._end(call)
        await self._photograph("prompt")
        await self._agent.presses("3")
        await self._agent.saves()
        await self._agent.sees_prompt("reason")
        self._say("not saved yet: the code asks for a reason")
        await self._photograph("invalid-draft")
        await self._agent.clicks(self._agent.screen.prompt, "Price")
        await self._agent.saves()
        await self._agent.sees_no_prompt()
        await self._is_stored("not_interested")

    async def _dispose_offline(self) -> None:
        call = await self._ring_me("v2", ANANYA)
        await self._post(call.answer(ME, now()))
        await self._end(call)
        await asyncio.to_thread(self._office.close)
        await self._agent.is_online(online=False)
        self._say("the relay is off")
        await self._agent.presses("1")
        await self._agent.saves()
        await self._agent.sees_no_prompt()
        await self._agent.has_waiting(1)
        self._say("saved on this computer, 1 waiting to be sent")
        await self._photograph("offline-one-waiting")
        await asyncio.to_thread(self._office.open)
        self._agent.retries()
        await self._agent.is_online()
        await self._is_stored("interested")
        await self._agent.has_waiting(0)
        self._say("the relay is back, nothing waits")
        await self._photograph("back-online-and-sent")

    async def _miss_a_call(self) -> None:
        call = await self._ring_me("v1", None)
        call.stop_ringing(ME, now())
        await self._post(call.hang_up(now()))
        await self._agent.sees_card(call.id, words.MISSED)
        self._say("missed; the card stays until it is seen")
        await self._photograph("missed")
        await self._agent.dismisses(call.id)

    async def _call_out(self) -> None:
        call = SimulatedCall("v2", caller=MERIDIAN, client_ref_id="crm-lead-4711")
        await self._post(call.ring(ME, now()))
        await self._agent.sees_card(call.id, words.OUTGOING, CONTACTS[MERIDIAN])
        self._say(f"popped outgoing {to_display(MERIDIAN)} {CONTACTS[MERIDIAN]}")
        await self._photograph("outgoing")
        await self._post(call.answer(ME, now()))
        await self._post(call.customer_answers(now()))
        await self._end(call)
        await self._agent.presses("6")
        await self._agent.saves()
        await self._agent.sees_no_prompt()
        await self._is_stored("resolved")

    async def _have_the_panel_dispose(self) -> None:
        call = await self._ring_me("v2", ASHA)
        await self._post(call.answer(ME, now()))
        await self._end(call)
        await self._post(call.disposition("Interested", "wants a demo on Friday", ME, now()))
        await self._agent.sees_no_prompt()
        self._say("disposed in MyOperator's own panel: the prompt closed by itself")
        await self._post(call.message("Thanks!", now()))
        await self._photograph("end-of-shift")

    # --- steps --------------------------------------------------------------------------------------------

    async def _ring_me(self, generation: Generation, caller: str | None) -> SimulatedCall:
        call = SimulatedCall(generation, caller=caller)
        who = words.WITHHELD if caller is None else CONTACTS[caller]
        await self._post(call.ring(ME, now()))
        await self._agent.sees_card(call.id, words.INCOMING, who)
        self._say("popped " + (f"{to_display(caller)} {who}" if caller else who))
        return call

    async def _end(self, call: SimulatedCall) -> None:
        await self._post(call.hang_up(now()))
        await self._post(call.summary(now()))
        await self._agent.sees_prompt("How did it go?")
        self._say("ended; the card asks how it went")

    async def _photograph(self, name: str) -> None:
        """Once everything is laid out."""
        await asyncio.sleep(_SETTLE_SECONDS)
        self._camera.take(name)

    async def _post(self, steps: Sequence[Posted]) -> None:
        for posted in steps:
            receipt = await self._poster.post(posted)
            if not receipt.accepted:
                raise StepFailed(f"the relay to take {posted.kind}: it said {receipt.status} {receipt.said}")

    async def _is_stored(self, code: str) -> None:
        await self._agent.sees(f"{code} in the relay's store", lambda: code in self._office.dispositions())
        self._say(f"the relay has stored the disposition {code}")
