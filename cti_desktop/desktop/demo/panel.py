"""The demo's own small window: starts calls and plays the people at the other phones."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cti_desktop.desktop.demo.office import ME, RAVI, Office
from cti_desktop.desktop.demo.shift import ANANYA, ASHA, MERIDIAN, STRANGER, now
from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.theme import Space
from cti_desktop.simulator.calls import Generation, SimulatedCall
from cti_desktop.simulator.facts import Posted
from cti_desktop.simulator.poster import Poster

Act = Callable[[], list[Posted]]
Wish = Callable[[], Awaitable[None]]

NOTHING_YET: Final = "No call yet. Each button does what the people at the phones would do."
CALLERS: Final = (
    ("Asha Traders calls me", ASHA),
    ("अनन्या देशमुख calls me", ANANYA),
    ("A stranger calls me", STRANGER),
)


class Panel(QWidget):
    """Buttons. What is pressed is handed to `enqueue`, to be run in order; None when the panel is closed."""

    def __init__(self, office: Office, poster: Poster, enqueue: Callable[[Wish | None], None]) -> None:
        super().__init__()
        self.setWindowTitle("CTI Desktop demo")
        self._office = office
        self._poster = poster
        self._enqueue = enqueue
        self._calls: list[SimulatedCall] = []
        self.setProperty("role", "window")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        self._column.setSpacing(Space.M)
        self._said = Label("muted", wraps=True)
        self._said.setText(NOTHING_YET)
        self._build()
        self._column.addWidget(self._said)
        self._column.addStretch(1)

    def _build(self) -> None:
        ringing = self._section("A phone rings")
        for title, number in CALLERS:
            self._button(ringing, title, partial(self._ring, "v2", number))
        self._button(ringing, "A hidden number calls me and Ravi", lambda: self._ring("v1", None, both=True))
        self._button(
            ringing, "I click to call Meridian Logistics", lambda: self._ring("v2", MERIDIAN, ref="crm-1")
        )
        talking = self._section("Then")
        self._button(talking, "I pick up", self._i_pick_up, "primary")
        self._button(talking, "Ravi picks up", lambda: self._latest().answer(RAVI, now()))
        self._button(talking, "They hang up", self._hang_up)
        relay = Button("secondary", "Switch it off or on")
        on_click(relay, lambda: self._enqueue(self._toggle_relay))
        self._section("The relay").addWidget(relay)

    def _section(self, title: str) -> QVBoxLayout:
        frame, heading = QFrame(), Label("field")
        frame.setProperty("role", "card")
        heading.setText(title)
        column = QVBoxLayout(frame)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(heading)
        self._column.addWidget(frame)
        return column

    def _button(self, section: QVBoxLayout, title: str, act: Act, kind: str = "secondary") -> None:
        button = Button(kind, title)
        on_click(button, lambda: self._enqueue(lambda: self._post(title, act)))
        section.addWidget(button)

    async def _post(self, title: str, act: Act) -> None:
        """Act, and say how it went: pressing things in an impossible order is no error."""
        try:
            steps = act()
        except (IndexError, StopIteration):
            self._said.setText(f"{title}: there is no call for that just now.")
            return
        receipts = [await self._poster.post(step) for step in steps]
        refused = [r for r in receipts if not r.accepted]
        self._said.setText(f"{title}: the relay says {refused[0].said}" if refused else f"{title}.")

    async def _toggle_relay(self) -> None:
        if self._office.is_open:
            await asyncio.to_thread(self._office.close)
            self._said.setText("The relay is off. What you save now waits on this computer.")
        else:
            await asyncio.to_thread(self._office.open)
            self._said.setText("The relay is on again.")

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's
        """Without the panel there is nothing left to try: the demo ends."""
        super().closeEvent(event)
        self._enqueue(None)

    def _latest(self) -> SimulatedCall:
        return self._calls[-1]

    def _ring(
        self, generation: Generation, number: str | None, *, both: bool = False, ref: str = ""
    ) -> list[Posted]:
        call = SimulatedCall(generation, caller=number, client_ref_id=ref)
        posted = call.ring([ME, RAVI] if both else ME, now())
        self._calls.append(call)
        return posted

    def _i_pick_up(self) -> list[Posted]:
        call = self._latest()
        posted = call.answer(ME, now())
        return posted + (call.customer_answers(now()) if call.facts.outgoing else [])

    def _hang_up(self) -> list[Posted]:
        call = self._calls.pop()
        return call.hang_up(now()) + call.summary(now())
