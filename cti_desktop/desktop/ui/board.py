"""The cards that are up, and the pills of small ones. Owns these windows, and how long they stay."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from cti_desktop.core.intents import DismissCard
from cti_desktop.desktop.intents import AnyIntent, CardPainted, EndTestPop
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.ui.card import CallCard
from cti_desktop.desktop.ui.compositor import fades_windows
from cti_desktop.desktop.ui.fade import Fade
from cti_desktop.desktop.ui.motion import Motion
from cti_desktop.desktop.ui.naming import Typed
from cti_desktop.desktop.ui.pill import Pill
from cti_desktop.desktop.ui.popup import Popup
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.viewmodels.board import TEST_ID
from cti_desktop.desktop.viewmodels.card import CardModel

_SPARE: Final = 1


class Board(QObject):
    """`resized`: something must be placed anew. `chose`: the agent pinned, shrank or enlarged a card."""

    intended = Signal(object)
    resized = Signal()
    chose = Signal()

    def __init__(self, theme: Theme, shield_ms: int, motion: Motion, parent: QObject) -> None:
        """Nothing is up; the first pop must be as quick as the others."""
        super().__init__(parent)
        self.pinned: set[str] = set()
        # What the agent opened by hand; it has a card whatever the settings say.
        self.asked: set[str] = set()
        self._theme = theme
        self._shield_ms = shield_ms
        self._motion = motion
        self._settings = Settings()
        self._cards: dict[str, CallCard] = {}
        self._pills: dict[str, Pill] = {}
        self._small: set[str] = set()
        self._timers: dict[tuple[str, str], QTimer] = {}
        self._fades: dict[str, Fade] = {}
        self._unsaved: dict[str, Typed] = {}  # what was half typed as a board closed
        self._spare = [self._new_card()]

    # --- what is up ---------------------------------------------------------------------------------------

    @property
    def kept(self) -> frozenset[str]:
        """Ids of calls whose card stays, or is up whatever the settings say."""
        in_use = {call_id for call_id, card in self._cards.items() if card.in_use}
        return frozenset(self.pinned | self.asked | in_use | self._unsaved.keys())

    def card(self, call_id: str) -> CallCard | None:
        """The card of a call, if it is up, even if it is small just now."""
        return self._cards.get(call_id)

    def pill(self, call_id: str) -> Pill | None:
        """The pill of a call, if it is small."""
        return self._pills.get(call_id)

    def popups(self) -> list[Popup]:
        """The windows to be placed, newest first."""
        return [self._popup(call_id) for call_id in reversed(self._cards)]

    def is_counting(self) -> bool:
        """Whether a timer runs on any of them."""
        return any(card.model and card.model.since for card in self._cards.values())

    def is_popping(self) -> bool:
        """Whether a card is on its way to the screen."""
        return any(card.isVisible() and not card.is_painted for card in self._cards.values())

    def newest(self) -> CallCard | None:
        """The newest card, made large."""
        call_id = next(reversed(self._cards), None)
        if call_id is None:
            return None
        self.expand(call_id)
        return self._cards[call_id]

    # --- what happens -------------------------------------------------------------------------------------

    def render(self, models: tuple[CardModel, ...], settings: Settings, now: datetime) -> list[CardModel]:
        """Show `models`; those that were not up before."""
        self._settings = settings
        wanted = {model.call_id for model in models}
        for call_id in [c for c in self._cards if c not in wanted]:
            self._retire(call_id)
        new = [model for model in models if self._render(model, now)]
        for call_id, typed in self._unsaved.items():
            if (card := self._cards.get(call_id)) is not None:
                card.go_on(typed)
        self._unsaved = {}
        for fade in list(self._fades.values()) if new else ():
            fade.hurry()
        return new

    def inherit(self, other: Board) -> None:
        """Take over what the agent did on the cards of `other`, which is closed."""
        self.asked, self.pinned, self._unsaved = other.asked, other.pinned, other._unsaved

    def tick(self, now: datetime) -> None:
        """Count on."""
        for card in self._cards.values():
            card.tick(now)
        for pill in self._pills.values():
            pill.tick(now)

    def expand(self, call_id: str) -> None:
        """Make it large."""
        self._calm(call_id)
        if call_id in self._small:
            self._small.discard(call_id)
            self._drop_pill(call_id)
            self.chose.emit()

    def close(self) -> None:
        """Take everything away, for good, without asking for anything to be shown instead."""
        self.blockSignals(True)
        self._unsaved = {call_id: card.typed for call_id, card in self._cards.items() if card.typed}
        for widget in (*self._cards.values(), *self._pills.values(), *self._spare):
            widget.hide()
            widget.deleteLater()
        for call_id in self._cards:
            self._calm(call_id)
        self._cards, self._pills, self._spare = {}, {}, []

    # --- inside -------------------------------------------------------------------------------------------

    def _popup(self, call_id: str) -> Popup:
        return self._pills.get(call_id) or self._cards[call_id]

    def _render(self, model: CardModel, now: datetime) -> bool:
        call_id = model.call_id
        card = self._cards.get(call_id)
        is_new = card is None
        if card is None:
            card = self._spare.pop() if self._spare else self._new_card()
            self._cards[call_id] = card
            self._begin_small(model)
        quiet = call_id in self._small
        card.render_card(model, now, quiet=quiet)
        card.show_pinned(pinned=call_id in self.pinned)
        if quiet:
            self._render_pill(model, now)
        self._let_go(model)
        return is_new

    def _begin_small(self, model: CardModel) -> None:
        if model.call_id == TEST_ID or model.call_id in self.asked:
            return
        if self._settings.do_not_disturb:
            self._small.add(model.call_id)
        elif self._settings.card_seconds:
            seconds = self._settings.card_seconds
            self._start((model.call_id, "shrink"), seconds * 1000, lambda: self._shrink(model.call_id))

    def _shrink(self, call_id: str) -> None:
        card = self._cards.get(call_id)
        if card is not None and call_id not in self.pinned and not card.in_use:
            self._small.add(call_id)
            card.hide()
            self.chose.emit()

    def _render_pill(self, model: CardModel, now: datetime) -> None:
        pill = self._pills.get(model.call_id)
        if pill is None:
            pill = Pill(self._theme, shield_ms=self._shield_ms)
            pill.expanded.connect(self.expand)
            self._pills[model.call_id] = pill
        pill.render_pill(model, now, quiet=self._settings.do_not_disturb)

    def _let_go(self, model: CardModel) -> None:
        key = (model.call_id, "linger")
        if model.lingers is None or model.call_id in self.pinned:
            self._stop(key)
            self._stop_fading(model.call_id)
        elif key not in self._timers:
            self._motion.ask()
            milliseconds = round(model.lingers.total_seconds() * 1000)
            self._start(key, milliseconds, lambda: self._dismiss(model))

    def _dismiss(self, model: CardModel) -> None:
        """Not under the agent's hands: then after as long once more."""
        if self._is_held(model.call_id):
            self._timers[model.call_id, "linger"].start()
        elif self._settings.motion == "system" and self._motion.is_welcome and fades_windows():
            self._fade(model)
        else:
            self._emit(DismissCard(model.call_id))

    def _is_held(self, call_id: str) -> bool:
        return self._cards[call_id].in_use or self._popup(call_id).is_held

    def _fade(self, model: CardModel) -> None:
        call_id = model.call_id

        def on_step(opacity: float) -> None:
            if self._is_held(call_id):
                self._calm(call_id)
                self._let_go(model)
            elif not opacity:
                self._emit(DismissCard(call_id))

        self._stop((call_id, "shrink"))
        fade = self._fades[call_id] = Fade(self._popup(call_id), self)
        fade.valueChanged.connect(on_step)
        fade.start()

    def _stop_fading(self, call_id: str) -> None:
        fade = self._fades.pop(call_id, None)
        if fade is not None:
            fade.call_off()

    def _calm(self, call_id: str) -> None:
        """Nothing happens to it by itself, until the next render."""
        self._stop_fading(call_id)
        for key in [key for key in self._timers if key[0] == call_id]:
            self._stop(key)

    def _retire(self, call_id: str) -> None:
        self._small.discard(call_id)
        self.pinned.discard(call_id)
        self.asked.discard(call_id)
        self._drop_pill(call_id)
        card = self._cards.pop(call_id)
        card.retire()
        self._calm(call_id)  # once it is hidden: a fade that ends earlier would be seen again
        if len(self._spare) < _SPARE:
            self._spare.append(card)
        else:
            card.deleteLater()

    def _drop_pill(self, call_id: str) -> None:
        pill = self._pills.pop(call_id, None)
        if pill is not None:
            pill.hide()
            pill.deleteLater()

    def _new_card(self) -> CallCard:
        card = CallCard(self._theme, shield_ms=self._shield_ms)
        card.intended.connect(self._emit)
        card.resized.connect(self.resized)
        card.collapsed.connect(self._shrink_by_hand)
        card.pin_toggled.connect(self._toggle_pin)
        card.painted.connect(self._on_painted)
        # Later: it may be in the middle of losing the keyboard, and go because of it.
        card.freed.connect(self.chose, Qt.ConnectionType.QueuedConnection)
        card.ensurePolished()
        return card

    def _shrink_by_hand(self, call_id: str) -> None:
        self.pinned.discard(call_id)
        self._cards[call_id].leave_keyboard()
        self._calm(call_id)
        self._small.add(call_id)
        self._cards[call_id].hide()
        self.chose.emit()

    def _toggle_pin(self, call_id: str) -> None:
        self.pinned.symmetric_difference_update({call_id})
        self._calm(call_id)
        self.chose.emit()

    def _on_painted(self, call_id: str) -> None:
        if call_id != TEST_ID:
            self._emit(CardPainted(call_id, time.perf_counter()))

    def _emit(self, intent: AnyIntent) -> None:
        is_test = isinstance(intent, DismissCard) and intent.call_id == TEST_ID
        self.intended.emit(EndTestPop() if is_test else intent)

    def _start(self, key: tuple[str, str], milliseconds: int, act: Callable[[], None]) -> None:
        timer = QTimer(self, singleShot=True)
        timer.timeout.connect(act)
        timer.start(milliseconds)
        self._timers[key] = timer

    def _stop(self, key: tuple[str, str]) -> None:
        timer = self._timers.pop(key, None)
        if timer is not None:
            timer.stop()
            timer.deleteLater()
