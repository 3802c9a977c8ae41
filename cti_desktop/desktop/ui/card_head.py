"""The uppermost rows of a card: state, queue and timer with the small buttons, and who is calling."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from cti_desktop.core.links import host_of
from cti_desktop.desktop.ui.buttons import CloseButton
from cti_desktop.desktop.ui.glyphs import Glyph, IconButton
from cti_desktop.desktop.ui.labels import ElidedLabel, Label, plain_tip, tabular
from cti_desktop.desktop.ui.paint import Avatar, Dot
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.card import CardModel
from cti_desktop.desktop.viewmodels.words import calls as words
from cti_desktop.desktop.viewmodels.words import pops, times

AVATAR: Final = 48
"""Of cards and reminders, which stand in one stack."""
_HEADLINE: Final = 210
_ROOMY: Final = 130
"""Behind a longer headline, the queue would be no more than dots."""


class Headline(ElidedLabel):
    """What the call does. The queue beside it gives way first."""

    def minimumSizeHint(self) -> QSize:
        """All of it, unless it is very long."""
        hint = self.sizeHint()
        return QSize(min(_HEADLINE, hint.width()), hint.height())


class StateRow(QHBoxLayout):
    """What the call does, for how long, and the tools `pin`, `collapse` and `close`."""

    def __init__(self, theme: Theme) -> None:
        """Of no call."""
        super().__init__()
        self._dot = Dot(theme)
        self.headline = Headline("headline")
        self.queue = ElidedLabel("muted")
        self._separator = Label("muted")
        self._separator.setText("·")
        self.timer = Label("timer")
        self.timer.setFont(tabular(self.timer.font()))
        self.pin = IconButton(theme, Glyph.PIN, pops.PIN)
        self.collapse = IconButton(theme, Glyph.COLLAPSE, pops.COLLAPSE)
        self.close = CloseButton(theme, words.DISMISS_HELP)
        self.setSpacing(Space.S)
        for widget in (self._dot, self.headline, self._separator, self.queue):
            self.addWidget(widget)
        self.addStretch(1)
        self.addWidget(self.timer)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        self.addLayout(tools)
        for tool in (self.pin, self.collapse, self.close):
            tools.addWidget(tool)

    def show_state(self, model: CardModel) -> None:
        """Show `model`'s."""
        self.headline.setText(model.headline)
        self.headline.set_tone(model.tone.value)
        self._dot.set_tone(model.tone)
        queue = model.queue if self.headline.minimumSizeHint().width() <= _ROOMY else ""
        self.queue.show_text(queue)
        self._separator.setVisible(bool(queue))
        self.timer.setVisible(bool(model.since or model.length))
        for tool in (self.pin, self.collapse):
            tool.setVisible(model.has_tools)

    def show_pinned(self, *, pinned: bool) -> None:
        """Say whether the card is kept on the screen."""
        self.pin.set_on(on=pinned)
        self.pin.name(pops.UNPIN if pinned else pops.PIN)

    def tick(self, model: CardModel, now: datetime) -> None:
        """Count on."""
        self.timer.setText(times.duration(now - model.since) if model.since else model.length)


class CallerRow(QHBoxLayout):
    """The caller's disc, name and number; `crm` opens them in the CRM."""

    def __init__(self, theme: Theme) -> None:
        """Of nobody."""
        super().__init__()
        self._avatar = Avatar(theme, AVATAR)
        self._name = ElidedLabel("title")
        self._details = ElidedLabel("muted-body")
        self.crm = IconButton(theme, Glyph.OPEN, pops.OPEN_IN_CRM)
        self.setSpacing(Space.L - 2)
        self.addWidget(self._avatar)
        texts = QVBoxLayout()
        texts.setSpacing(Space.XS)
        self.addLayout(texts, 1)
        texts.addWidget(self._name)
        texts.addWidget(self._details)
        self.addWidget(self.crm)

    def show_caller(self, model: CardModel) -> None:
        """Show `model`'s."""
        self._avatar.show_caller(model.caller, faded=model.faded)
        self._name.setText(model.caller.name)
        self._name.set_tone("quiet" if model.faded else "")
        self._details.show_text(model.caller.details)
        self.crm.setVisible(bool(model.crm_url))
        self.crm.setToolTip(plain_tip(f"{pops.OPEN_IN_CRM}: {host_of(model.crm_url)}"))
