"""Buttons for what relay and provider can do about a call, and a line on how far it came. Owns no call."""

from __future__ import annotations

from functools import partial
from typing import Final
from uuid import uuid4

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cti_desktop.core.errands import DIAL, RECORDING, REVEAL, Errand
from cti_desktop.desktop.intents import TakeBack, Wish
from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.flow import FlowLayout
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.theme import Space
from cti_desktop.desktop.viewmodels.services import Offer, ServicesModel

_KEYS: Final = {DIAL: "Ctrl+B", RECORDING: "Ctrl+R", REVEAL: "Ctrl+U"}


class Services(QWidget):
    """Lives on a card or below a list; `intended` is emitted with what the agent wants of them."""

    def __init__(self, host: QWidget, intended: SignalInstance) -> None:
        """Empty, hidden. The shortcuts count while `host` has the keyboard."""
        super().__init__()
        self._intended = intended
        self._model: ServicesModel | None = None
        self._buttons: dict[str, Button] = {}
        self._bar = QWidget()
        self._flow = FlowLayout(self._bar, gap=Space.S)
        self._said = Label("muted", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self._bar)
        column.addWidget(self._said)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for what, keys in _KEYS.items():
            shortcut = QShortcut(QKeySequence(keys), host, context=context)
            shortcut.activated.connect(partial(self._press, what))
        self.hide()

    def show_services(self, model: ServicesModel | None) -> None:
        """Show `model`."""
        if model == self._model:
            return
        was, self._model = self._model, model
        self.setVisible(model is not None)
        offers = {offer.what: offer for offer in model.offers} if model is not None else {}
        for what in [what for what in self._buttons if what not in offers]:
            gone = self._buttons.pop(what)
            gone.hide()
            gone.setParent(None)
            gone.deleteLater()
        for offer in offers.values():
            self._show_offer(offer)
        self._bar.setVisible(bool(offers))
        self._said.show_text(model.said if model is not None else "")
        self._said.set_tone("alert" if model is not None and model.is_trouble else "")
        if model is not None and model.said and (was is None or was.said != model.said):
            self._announce(model.said)

    def _announce(self, text: str) -> None:
        """Whoever doesn't see the line hears it."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _show_offer(self, offer: Offer) -> None:
        button = self._buttons.get(offer.what)
        if button is None:
            button = self._buttons[offer.what] = Button("soft" if offer.what == DIAL else "compact")
            on_click(button, partial(self._press, offer.what))
            self._flow.addWidget(button)
        # While it waits it stays enabled, and does nothing: else the keyboard would land on its neighbour.
        button.set_caption(offer.label, offer.help)

    def _press(self, what: str) -> None:
        model = self._model
        offer = next((o for o in model.offers if o.what == what), None) if model is not None else None
        if model is None or offer is None or offer.waits:
            return
        if offer.takes_back:
            self._intended.emit(TakeBack(model.call_id, what))
        else:
            self._intended.emit(Wish(Errand(str(uuid4()), what, model.call_id)))
